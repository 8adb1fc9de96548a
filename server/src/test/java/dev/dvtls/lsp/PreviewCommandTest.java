package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.KeptPreview;
import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.Previewed;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ShowDocumentCapabilities;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt.preview} over the protocol, with an engine that does what the test says. */
class PreviewCommandTest {
    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/orders.py", "def model(dbt, session):\n    return 1\n");
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
                            lsp.execute(
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
    void aPreviewThatIsKeptAnswersWithItsName() throws Exception {
        KeptPreview kept =
                new KeptPreview(
                        "orders-1",
                        "model.p.orders",
                        "orders",
                        List.of(new Column("id", "BIGINT")),
                        7,
                        OptionalLong.of(9),
                        true,
                        Instant.EPOCH,
                        List.of());
        Engine engine =
                new Engine() {
                    @Override
                    public RunEvent.RunFinished run(
                            RunRequest request,
                            Consumer<RunEvent> events,
                            Cancellation cancellation) {
                        return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
                    }

                    @Override
                    public List<Previewed> keep(
                            RunRequest request,
                            KeptPreviews previews,
                            int limit,
                            boolean refresh,
                            Consumer<RunEvent> events,
                            Cancellation cancellation) {
                        assertThat(limit).isEqualTo(100_000);
                        return List.of(
                                new Previewed(
                                        kept.model(),
                                        kept.name(),
                                        new Preview(kept.columns(), List.of()),
                                        kept.total(),
                                        kept.more(),
                                        Optional.of(kept)));
                    }
                };
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(
                            lsp.execute(
                                            "dvt.preview",
                                            "{\"uri\":\""
                                                    + lsp.uri("models/orders.py")
                                                    + "\",\"keep\":true}")
                                    .toString())
                    .isEqualTo(
                            "{\"previews\":[{\"preview\":\"orders-1\",\"model\":\"model.p.orders\","
                                    + "\"name\":\"orders\",\"columns\":[{\"name\":\"id\","
                                    + "\"type\":\"BIGINT\"}],\"kept\":7,\"rowCount\":9,"
                                    + "\"more\":true,\"at\":\"1970-01-01T00:00:00Z\","
                                    + "\"upstream\":[]}],\"failures\":[],\"cancelled\":false}");
        }
    }

    @Test
    void onFixturesIfThatIsAsked() throws Exception {
        Previewing engine =
                (request, limit, refresh, events, cancellation) ->
                        request.onFixtures() ? rows() : List.of();
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            String uri = "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"";
            assertThat(lsp.execute("dvt.preview", uri + ",\"fixture\":true}").toString())
                    .contains("\"rowCount\":9");
            assertThat(lsp.execute("dvt.preview", uri + "}").toString())
                    .doesNotContain("\"rowCount\":9");
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
                    TestServer.get(
                                    lsp.server
                                            .getTextDocumentService()
                                            .codeLens(
                                                    new CodeLensParams(lsp.id("models/orders.py"))))
                            .stream()
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
                    lsp.execute(
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
                    lsp.command("dvt.preview", "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"}");
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            asked.cancel(true);
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shutdownWaitsForAPreview() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Previewing engine =
                (request, limit, refresh, events, cancellation) -> {
                    CountDownLatch cancelled = new CountDownLatch(1);
                    cancellation.onCancel(cancelled::countDown);
                    begun.countDown();
                    try {
                        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
                        // Ending its processes takes a moment.
                        assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS))
                                .isFalse();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    ended.set(true);
                    return List.of();
                };
        try (TestServer lsp = project().engine(engine).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            var unused =
                    lsp.command("dvt.preview", "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"}");
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            TestServer.get(lsp.server.shutdown());
            assertThat(ended).isTrue();
        }
    }

    @Test
    void aFileWithoutAModelComputesNothing() throws Exception {
        AtomicInteger computed = new AtomicInteger();
        Previewing engine =
                (request, limit, refresh, events, cancellation) -> {
                    computed.incrementAndGet();
                    return rows();
                };
        try (TestServer lsp =
                project().file("models/s.yml", "sources: []\n").engine(engine).start().lenient()) {
            String uri = lsp.uri("models/s.yml");
            assertThatThrownBy(() -> lsp.execute("dvt.preview", "{\"uri\":\"" + uri + "\"}"))
                    .hasMessageContaining(
                            lsp.path("models/s.yml")
                                    + " defines no model. Open a model, or name one in select.");
            assertThatThrownBy(() -> lsp.execute("dvt.preview", "{}"))
                    .hasMessageContaining("Which model? Name one in select");
            assertThat(computed).hasValue(0);
            lsp.execute("dvt.preview", "{\"uri\":\"" + uri + "\",\"select\":[\"orders\"]}");
            assertThat(computed).hasValue(1);
        }
    }

    @Test
    void nothingIsComputedInAFolderThatIsNotTrusted() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        try (TestServer lsp = project().options(options).start().lenient()) {
            assertThatThrownBy(() -> lsp.execute("dvt.preview", "{}"))
                    .hasMessageContaining("not trusted");
        }
    }

    @Test
    void hintsAreAskedForAgainWhenThePreviewHasFilledTheCache() throws Exception {
        Previewing engine = (request, limit, refresh, events, cancellation) -> rows();
        try (TestServer lsp =
                project()
                        .engine(engine)
                        .client(
                                c ->
                                        c.getWorkspace()
                                                .setInlayHint(
                                                        new InlayHintWorkspaceCapabilities(true)))
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/orders.py");
            lsp.client.take(TestClient.HintRefresh.class, r -> true); // the project is read
            lsp.client.drain();
            lsp.execute("dvt.preview", "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"}");
            lsp.client.take(TestClient.HintRefresh.class, r -> true);
        }
    }
}
