package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.Previewed;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyIncomingCallsParams;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.CallHierarchyOutgoingCallsParams;
import org.eclipse.lsp4j.CallHierarchyPrepareParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CodeLensWorkspaceCapabilities;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowDocumentCapabilities;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells of nodes, over the protocol. */
class NodeFeaturesTest {
    private static final String MODEL =
            "def model(dbt, session):\n    return dbt.ref(\"stg_orders\")\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/stg_orders.py", "def model(dbt, session):\n    return 1\n")
                .file("models/orders.py", MODEL);
    }

    /** An engine that previews. */
    private interface Previewing extends Engine {
        @Override
        default RunEvent.RunFinished run(
                RunRequest request, Consumer<RunEvent> events, Cancellation cancellation) {
            return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
        }

        @Override
        List<Previewed> preview(
                RunRequest request,
                int limit,
                boolean refresh,
                Consumer<RunEvent> events,
                Cancellation cancellation);
    }

    private static List<Previewed> rows() {
        return List.of(
                new Previewed(
                        "model.p.orders",
                        "orders",
                        new Preview(
                                List.of(new Column("id", "BIGINT"), new Column("note", "VARCHAR")),
                                List.of(
                                        List.of(Optional.of("1"), Optional.empty()),
                                        List.of(Optional.of("22"), Optional.of("x")))),
                        OptionalLong.of(9),
                        true));
    }

    private static JsonObject execute(TestServer lsp, String command, String arguments) {
        return JsonParser.parseString(TestServer.json(ask(lsp, command, arguments)))
                .getAsJsonObject();
    }

    private static CompletableFuture<Object> ask(TestServer lsp, String command, String arguments) {
        return lsp.server
                .getWorkspaceService()
                .executeCommand(
                        new ExecuteCommandParams(
                                command, List.of(JsonParser.parseString(arguments))));
    }

    private static List<CodeLens> lenses(TestServer lsp, String file) {
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .codeLens(new CodeLensParams(lsp.id(file))))
                .stream()
                .map(lens -> (CodeLens) lens)
                .toList();
    }

    private static List<String> titles(TestServer lsp, String file) {
        return lenses(lsp, file).stream()
                .map(l -> l.getRange().getStart().getLine() + " " + l.getCommand().getTitle())
                .toList();
    }

    @Test
    void hoverIsPlainForAClientWithoutMarkdown() throws Exception {
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open("models/orders.py", MODEL.replace("return", "x = \"😀\"; return"));
            var hover =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .hover(
                                            new HoverParams(
                                                    lsp.id("models/orders.py"),
                                                    new Position(1, 34))));
            assertThat(hover.getContents().getRight().getKind()).isEqualTo("plaintext");
            assertThat(hover.getContents().getRight().getValue())
                    .startsWith("stg_orders\nPython model (table) in models/stg_orders.py\n")
                    .contains("Downstream: 1 (orders)");
            assertThat(hover.getRange())
                    .isEqualTo(new Range(new Position(1, 32), new Position(1, 42)));
        }
    }

    @Test
    void lineageIsACallHierarchy() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(lsp.initialized.getCapabilities().getCallHierarchyProvider().getLeft())
                    .isTrue();
            lsp.open("models/orders.py", MODEL);
            List<CallHierarchyItem> items =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .prepareCallHierarchy(
                                            new CallHierarchyPrepareParams(
                                                    lsp.id("models/orders.py"),
                                                    new Position(0, 6))));
            assertThat(items).extracting(CallHierarchyItem::getName).containsExactly("orders");
            assertThat(items.get(0).getSelectionRange())
                    .isEqualTo(new Range(new Position(0, 4), new Position(0, 9)));
            List<CallHierarchyOutgoingCall> upstream =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .callHierarchyOutgoingCalls(
                                            new CallHierarchyOutgoingCallsParams(items.get(0))));
            assertThat(upstream)
                    .extracting(c -> c.getTo().getName(), c -> c.getTo().getUri())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "stg_orders", lsp.uri("models/stg_orders.py")));
            assertThat(upstream.get(0).getFromRanges())
                    .containsExactly(new Range(new Position(1, 11), new Position(1, 32)));
            // From a file that is not open.
            List<CallHierarchyIncomingCall> downstream =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .callHierarchyIncomingCalls(
                                            new CallHierarchyIncomingCallsParams(
                                                    upstream.get(0).getTo())));
            assertThat(downstream).extracting(c -> c.getFrom().getName()).containsExactly("orders");
            assertThat(downstream.get(0).getFromRanges())
                    .containsExactly(new Range(new Position(1, 11), new Position(1, 32)));
        }
    }

    @Test
    void lensesStayWhileOneTypes() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/orders.py", "import os\n" + MODEL);
            List<String> before = titles(lsp, "models/orders.py");
            assertThat(before)
                    .containsExactly(
                            "1 Run",
                            "1 Run with upstream",
                            "1 Preview",
                            "1 1 upstream, 0 downstream");
            lsp.change("models/orders.py", 1, 4, 9, "");
            assertThat(titles(lsp, "models/orders.py")).isEqualTo(before);
            lsp.change("models/orders.py", 0, 0, 0, "\n");
            assertThat(titles(lsp, "models/orders.py")).hasSize(4).allMatch(t -> t.startsWith("2"));
            lsp.change("models/orders.py", 2, 4, 4, "model");
            assertThat(titles(lsp, "models/orders.py")).hasSize(4).allMatch(t -> t.startsWith("2"));
            lsp.change("models/orders.py", "x = 1\n");
            assertThat(titles(lsp, "models/orders.py")).isEmpty();
        }
    }

    @Test
    void lensesAreSwitchedOffBySettings() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c ->
                                        c.getWorkspace()
                                                .setCodeLens(
                                                        new CodeLensWorkspaceCapabilities(true)))
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(titles(lsp, "models/orders.py")).hasSize(4);
            lsp.client.take(TestClient.LensRefresh.class, r -> true);
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(
                            new DidChangeConfigurationParams(
                                    JsonParser.parseString(
                                            "{\"dvt\":{\"lenses\":{\"run\":false,\"preview\":false,"
                                                    + "\"lineage\":false}}}")));
            lsp.client.take(TestClient.LensRefresh.class, r -> true);
            assertThat(titles(lsp, "models/orders.py")).containsExactly("0 Run with upstream");
        }
    }

    @Test
    void theLastRunIsToldOutOfTheLogs() throws Exception {
        project()
                .file(
                        ".dvt/logs/20260101T000000.000-1.jsonl",
                        "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"runStarted\",\"target\":\"dev\"}\n"
                            + "{\"at\":\"2026-01-01T00:00:02Z\",\"event\":\"modelFailed\",\"model\":"
                            + "\"model.p.orders\",\"seconds\":2.0,\"failure\":{\"code\":\"DVT126\",\"message\":\"ValueError:"
                            + " no\"}}\n");
        try (TestServer lsp = project().start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(titles(lsp, "models/orders.py").get(4))
                    .startsWith("0 Failed ")
                    .endsWith(": DVT126 ValueError: no");
            String arguments = "{\"uri\":\"" + lsp.uri("models/orders.py") + "\",\"show\":true}";
            JsonObject run = execute(lsp, "dvt.lastRun", arguments);
            assertThat(run.get("seconds").getAsDouble()).isEqualTo(2.0);
            assertThat(run.getAsJsonObject("failure").get("code").getAsString())
                    .isEqualTo("DVT126");
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .startsWith("orders: Last run failed ");
            JsonObject lineage = execute(lsp, "dvt.lineage", arguments);
            assertThat(lineage.getAsJsonArray("upstream").get(0).getAsJsonObject().get("id"))
                    .hasToString("\"model.p.stg_orders\"");
            assertThat(lineage.getAsJsonArray("downstream")).isEmpty();
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo("orders reads stg_orders. It is read by nothing.");
        }
    }

    @Test
    void previewAnswersWithRows() throws Exception {
        Previewing engine =
                (request, limit, refresh, events, cancellation) -> {
                    assertThat(request.select()).containsExactly("orders");
                    assertThat(limit).isEqualTo(2);
                    assertThat(refresh).isTrue();
                    return rows();
                };
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(
                            execute(
                                            lsp,
                                            "dvt.preview",
                                            "{\"uri\":\""
                                                    + lsp.uri("models/orders.py")
                                                    + "\",\"limit\":2,\"refresh\":true}")
                                    .toString())
                    .isEqualTo(
                            "{\"previews\":[{\"model\":\"model.p.orders\",\"name\":\"orders\","
                                    + "\"columns\":[{\"name\":\"id\",\"type\":\"BIGINT\"},"
                                    + "{\"name\":\"note\",\"type\":\"VARCHAR\"}],"
                                    + "\"rows\":[[\"1\",null],[\"22\",\"x\"]],\"rowCount\":9,"
                                    + "\"more\":true}],\"failures\":[],\"cancelled\":false}");
        }
    }

    @Test
    void aLensShowsTheRowsInTheEditor() throws Exception {
        Previewing engine = (request, limit, refresh, events, cancellation) -> rows();
        try (TestServer lsp =
                project()
                        .engine(engine)
                        .client(
                                c -> {
                                    WindowClientCapabilities window =
                                            new WindowClientCapabilities();
                                    window.setShowDocument(new ShowDocumentCapabilities(true));
                                    c.setWindow(window);
                                })
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/orders.py");
            var command =
                    lenses(lsp, "models/orders.py").stream()
                            .map(CodeLens::getCommand)
                            .filter(c -> c.getTitle().equals("Preview"))
                            .findFirst()
                            .orElseThrow();
            TestServer.get(
                    lsp.server
                            .getWorkspaceService()
                            .executeCommand(
                                    new ExecuteCommandParams(
                                            command.getCommand(), command.getArguments())));
            Path shown =
                    Uris.path(lsp.client.take(ShowDocumentParams.class, d -> true).getUri())
                            .orElseThrow();
            assertThat(Files.readString(shown))
                    .isEqualTo(
                            """
                            orders: the first 2 rows of 9

                              id      note
                              BIGINT  VARCHAR
                              1       NULL
                              22      x
                            """);
        }
    }

    @Test
    void aPreviewThatFailsSaysWhy() throws Exception {
        Previewing engine =
                (request, limit, refresh, events, cancellation) -> {
                    events.accept(
                            new RunEvent.ModelFailed(
                                    "model.p.orders",
                                    RunEvent.Failure.of("DVT126", "ValueError: no"),
                                    Duration.ZERO));
                    return List.of();
                };
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            JsonObject answer =
                    execute(
                            lsp,
                            "dvt.preview",
                            "{\"uri\":\"" + lsp.uri("models/orders.py") + "\",\"show\":true}");
            assertThat(answer.getAsJsonArray("failures").toString()).contains("DVT126");
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo("orders: DVT126 ValueError: no");
        }
    }

    @Test
    void aPreviewIsCancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Previewing engine =
                (request, limit, refresh, events, cancellation) -> {
                    cancellation.onCancel(cancelled::countDown);
                    begun.countDown();
                    try {
                        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return List.of();
                };
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            var asked =
                    ask(lsp, "dvt.preview", "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"}");
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            asked.cancel(true);
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nothingIsComputedInAFolderThatIsNotTrusted() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        try (TestServer lsp = project().options(options).start().lenient()) {
            assertThatThrownBy(() -> execute(lsp, "dvt.preview", "{}"))
                    .hasMessageContaining("not trusted");
        }
    }
}
