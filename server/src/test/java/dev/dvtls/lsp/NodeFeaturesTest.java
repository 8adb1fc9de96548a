package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells of nodes, over the protocol. */
class NodeFeaturesTest {
    private static final String MODEL =
            "def model(dbt, session):\n    return dbt.ref(\"stg_orders\")\n";

    private static final String FAILED_RUN =
            "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"runStarted\",\"target\":\"dev\"}\n"
                    + "{\"at\":\"2026-01-01T00:00:02Z\",\"event\":\"modelFailed\","
                    + "\"model\":\"model.p.orders\",\"seconds\":2.0,"
                    + "\"failure\":{\"code\":\"DVT126\",\"message\":\"ValueError: no\"}}\n";

    private static final String PROFILES =
            """
            p:
              target: prod
              outputs:
                prod: {type: postgres, schema: analytics, password: hunter2}
                shop: {type: duckdb, path: shop.duckdb}
            """;

    private static final String SOURCE =
            "sources: [{name: ops, connection: shop, schema: raw, tables: [{name: orders}]}]\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/stg_orders.py", "def model(dbt, session):\n    return 1\n")
                .file("models/orders.py", MODEL);
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

    /** By the profile on disk: the target's schema, and the output that a source names. */
    @Test
    void hoverSaysWhereNodesLandAndLive() throws Exception {
        TestServer.Builder builder =
                project()
                        .file("dbt_project.yml", "name: p\nprofile: p\nmodels: {+schema: marts}\n")
                        .file("profiles.yml", PROFILES)
                        .file("models/s.yml", SOURCE);
        try (TestServer lsp = builder.start().lenient()) {
            lsp.open(
                    "models/m.sql",
                    "select * from {{ ref('stg_orders') }}, {{ source('ops', 'orders') }}\n");
            assertThat(hover(lsp, "models/m.sql", 0, 24))
                    .contains("Lands at analytics_marts.stg_orders on prod (postgres)\n");
            assertThat(hover(lsp, "models/m.sql", 0, 60))
                    .contains("Lives at raw.orders on shop (duckdb)\n")
                    .doesNotContain("hunter2");
        }
    }

    private static String hover(TestServer lsp, String file, int line, int column) {
        HoverParams params = new HoverParams(lsp.id(file), new Position(line, column));
        return TestServer.get(lsp.server.getTextDocumentService().hover(params))
                .getContents()
                .getRight()
                .getValue();
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
                    .containsExactly(tuple("stg_orders", lsp.uri("models/stg_orders.py")));
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

    /** From a name in a properties file, where no model is open. */
    @Test
    void lineageBeginsInYamlToo() throws Exception {
        String yaml = "models:\n  - {description: 😀, name: stg_orders}\n";
        try (TestServer lsp =
                project().file("models/p.yml", yaml).encodings("utf-8").start().lenient()) {
            lsp.openFromDisk("models/p.yml");
            List<CallHierarchyItem> items =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .prepareCallHierarchy(
                                            new CallHierarchyPrepareParams(
                                                    lsp.id("models/p.yml"), new Position(1, 34))));
            assertThat(items)
                    .extracting(CallHierarchyItem::getName, CallHierarchyItem::getUri)
                    .containsExactly(tuple("stg_orders", lsp.uri("models/stg_orders.py")));
            assertThat(
                            TestServer.get(
                                    lsp.server
                                            .getTextDocumentService()
                                            .callHierarchyIncomingCalls(
                                                    new CallHierarchyIncomingCallsParams(
                                                            items.get(0)))))
                    .extracting(c -> c.getFrom().getName())
                    .containsExactly("orders");
        }
    }

    @Test
    void anItemThatIsNotOursOrNoMoreHasNoNeighbours() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            CallHierarchyItem item = new CallHierarchyItem();
            item.setName("orders");
            for (String data :
                    List.of("null", "{}", "{\"root\":\"/nowhere\",\"node\":\"model.p.orders\"}")) {
                item.setData(JsonParser.parseString(data));
                assertThat(
                                TestServer.get(
                                        lsp.server
                                                .getTextDocumentService()
                                                .callHierarchyIncomingCalls(
                                                        new CallHierarchyIncomingCallsParams(
                                                                item))))
                        .as(data)
                        .isEmpty();
            }
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

    /** Each key takes away its own lens, and no other. */
    @ParameterizedTest
    @CsvSource({
        "run, Run",
        "runWithUpstream, Run with upstream",
        "preview, Preview",
        "lineage, '1 upstream, 0 downstream'",
        "lastRun, Failed",
    })
    void oneLensIsSwitchedOff(String key, String title) throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("lenses." + key, false);
        project().file(".dvt/logs/20260101T000000.000-1.jsonl", FAILED_RUN);
        List<String> all;
        try (TestServer lsp = project().start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            all = new ArrayList<>(titles(lsp, "models/orders.py"));
        }
        assertThat(all).hasSize(5);
        List<String> gone = all.stream().filter(t -> isOf(t, title)).toList();
        assertThat(gone).hasSize(1);
        all.removeAll(gone);
        try (TestServer lsp = project().options(options).start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(titles(lsp, "models/orders.py")).isEqualTo(all);
        }
    }

    /** What a last run says goes on after the word. */
    private static boolean isOf(String lens, String title) {
        String shown = lens.substring(lens.indexOf(' ') + 1);
        return title.equals("Failed") ? shown.startsWith(title) : shown.equals(title);
    }

    @Test
    void theLastRunIsToldOutOfTheLogs() throws Exception {
        project().file(".dvt/logs/20260101T000000.000-1.jsonl", FAILED_RUN);
        try (TestServer lsp = project().start().lenient()) {
            lsp.openFromDisk("models/orders.py");
            assertThat(titles(lsp, "models/orders.py").get(4))
                    .startsWith("0 Failed ")
                    .endsWith(": DVT126 ValueError: no");
            String arguments = "{\"uri\":\"" + lsp.uri("models/orders.py") + "\",\"show\":true}";
            JsonObject run = lsp.execute("dvt.lastRun", arguments);
            assertThat(run.get("seconds").getAsDouble()).isEqualTo(2.0);
            assertThat(run.getAsJsonObject("failure").get("code").getAsString())
                    .isEqualTo("DVT126");
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .startsWith("orders: Last run failed ");
            JsonObject lineage = lsp.execute("dvt.lineage", arguments);
            assertThat(lineage.getAsJsonArray("upstream").get(0).getAsJsonObject().get("id"))
                    .hasToString("\"model.p.stg_orders\"");
            assertThat(lineage.getAsJsonArray("downstream")).isEmpty();
            assertThat(lineage.get("position"))
                    .as("of the model's name, for the client's own view")
                    .hasToString("{\"line\":0,\"character\":4}");
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo("orders reads stg_orders. It is read by nothing.");
        }
    }
}
