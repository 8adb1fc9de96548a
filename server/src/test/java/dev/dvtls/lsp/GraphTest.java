package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt/graph} and {@code dvt/graphChanged}, over the protocol. */
class GraphTest {
    private static final String ORDERS =
            "# 😀\ndef model(dbt, session):\n    return dbt.ref(\"stg\")\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/stg.sql", "select * from {{ source('ops', 'o') }}")
                .file("models/orders.py", ORDERS)
                .file(
                        "models/props.yml",
                        """
                        sources:
                          - name: ops
                            tables: [{name: o}]
                        exposures:
                          - name: board
                            depends_on: [ref('orders')]
                        """)
                .file(
                        ".dvt/logs/run-20260505-120000-1.jsonl",
                        """
                        {"event":"runStarted","target":"dev"}
                        {"event":"modelSucceeded","at":"2026-05-05T12:00:00Z","model":"model.p.stg","rows":7,"seconds":1.0}
                        {"event":"modelFailed","at":"2026-05-05T12:00:01Z","model":"model.p.orders","seconds":1.0,"failure":{"code":"DVT126","message":"no"}}
                        """);
    }

    private static String ask(TestServer lsp, String params) {
        return TestServer.get(lsp.server.graph(JsonParser.parseString(params).getAsJsonObject()))
                .toString();
    }

    @Test
    void theWholeProjectInOneAnswer() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(ask(lsp, "{}"))
                    .isEqualTo(
                            """
                            {"project":"p","projectDir":"%s","nodes":[\
                            {"id":"model.p.orders","name":"orders","kind":"model","language":"python",\
                            "materialization":"table","uri":"%s",\
                            "status":"failed","at":"2026-05-05T12:00:01Z"},\
                            {"id":"model.p.stg","name":"stg","kind":"model","language":"sql",\
                            "materialization":"view","uri":"%s",\
                            "status":"passed","at":"2026-05-05T12:00:00Z","rows":7},\
                            {"id":"source.p.ops.o","name":"ops.o","kind":"source","uri":"%s"},\
                            {"id":"exposure.p.board","name":"board","kind":"exposure","uri":"%s"}],\
                            "edges":[[1,0],[2,1],[0,3]]}\
                            """
                                    .formatted(
                                            folder,
                                            lsp.uri("models/orders.py"),
                                            lsp.uri("models/stg.sql"),
                                            lsp.uri("models/props.yml"),
                                            lsp.uri("models/props.yml")));
        }
    }

    @Test
    void theNeighboursOfANodeWithItsPlace() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            String uri = lsp.uri("models/stg.sql");
            assertThat(
                            ask(
                                    lsp,
                                    "{\"uri\":\"%s\",\"node\":\"model.p.orders\",\"down\":0}"
                                            .formatted(uri)))
                    .contains("\"position\":{\"line\":1,\"character\":4}")
                    .contains("\"nodes\":[{\"id\":\"model.p.orders\"", "{\"id\":\"model.p.stg\"")
                    .doesNotContain("board", "ops.o")
                    .contains("\"edges\":[[1,0]]");
            for (String id : List.of("source.p.ops.o", "exposure.p.board")) {
                JsonObject one =
                        JsonParser.parseString(
                                        ask(
                                                lsp,
                                                "{\"node\":\"%s\",\"up\":0,\"down\":0}"
                                                        .formatted(id)))
                                .getAsJsonObject()
                                .getAsJsonArray("nodes")
                                .get(0)
                                .getAsJsonObject();
                assertThat(one.getAsJsonObject("position").get("line").getAsInt())
                        .as(id)
                        .isEqualTo(id.startsWith("source") ? 2 : 4);
            }
            assertThat(ask(lsp, "{\"node\":\"model.p.gone\"}"))
                    .endsWith("\"nodes\":[],\"edges\":[]}");
        }
    }

    @Test
    void withoutAProjectThereIsNone() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(ask(lsp, "{\"projectDir\":\"/nowhere\"}")).isEqualTo("{}");
            assertThat(ask(lsp, "{\"uri\":\"untitled:one\",\"up\":\"x\"}"))
                    .startsWith("{\"project\"");
        }
    }

    @Test
    void changesAreToldToAClientThatAskedOnceUntilItAsksAgain() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/orders.py", ORDERS);
            lsp.change("models/orders.py", ORDERS.replace("stg", "other"));
            ask(lsp, "{}");
            assertThat(lsp.client.takeAll(TestClient.GraphChanged.class, Duration.ZERO)).isEmpty();

            // A body that declares the same is no change.
            lsp.change("models/orders.py", ORDERS.replace("stg", "other") + "# more\n");
            lsp.change("models/orders.py", ORDERS);
            lsp.client.take(TestClient.GraphChanged.class, any -> true);
            assertThat(ask(lsp, "{}")).contains("[[1,0],[2,1],[0,3]]");

            lsp.change("models/orders.py", ORDERS + "# more\n");
            lsp.change("models/orders.py", ORDERS.replace("stg", "gone"));
            lsp.client.take(TestClient.GraphChanged.class, any -> true);
            assertThat(ask(lsp, "{}")).contains("[[2,1],[0,3]]");
            assertThat(lsp.client.takeAll(TestClient.GraphChanged.class, Duration.ZERO)).isEmpty();
        }
    }
}
