package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at once: one is active a model, and one waits. */
class RunsAtOnceTest {
    private static final String MODEL = "def model(dbt, session):\n    return 1\n";

    @TempDir Path folder;

    private final HeldEngine engine = new HeldEngine();

    private TestServer start() throws Exception {
        return TestServer.in(folder)
                .project()
                .file("models/m.py", MODEL)
                .file("models/n.py", MODEL)
                .engine(engine)
                .progress()
                .start();
    }

    private static CompletableFuture<Object> command(
            TestServer lsp, String command, JsonObject arguments) {
        return lsp.server
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams(command, List.of(arguments)));
    }

    private static CompletableFuture<Object> run(TestServer lsp, String name) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("uri", lsp.uri("models/m.py"));
        JsonArray select = new JsonArray();
        select.add(name);
        arguments.add("select", select);
        return command(lsp, "dvt.run", arguments);
    }

    private static JsonObject event(TestServer lsp) throws Exception {
        return lsp.client.take(JsonObject.class, e -> true);
    }

    @Test
    void oneRunIsActiveAModelAndOneWaits() throws Exception {
        try (TestServer lsp = start()) {
            List<CompletableFuture<Object>> answers = new ArrayList<>();
            answers.add(run(lsp, "m"));
            engine.first.await();
            answers.add(run(lsp, "m"));
            answers.add(run(lsp, "m"));
            answers.add(run(lsp, "m"));
            // Another model does not wait: it begins while the first is held.
            answers.add(run(lsp, "n"));
            lsp.client.awaitProgress(
                    all ->
                            all.stream()
                                    .anyMatch(
                                            p ->
                                                    p.getValue().getLeft()
                                                                    instanceof
                                                                    WorkDoneProgressBegin b
                                                            && b.getTitle().equals("Running n")));
            assertThat(event(lsp).get("event").getAsString()).isEqualTo("runWaiting");
            engine.release.countDown();
            for (CompletableFuture<Object> answer : answers) {
                assertThat(TestServer.json(answer)).contains("\"succeeded\":1");
            }
            assertThat(engine.begun.get()).as("m, m again, n").isEqualTo(3);
        }
    }

    @Test
    void oneThatWaitsIsToldAndCanBeCancelled() throws Exception {
        try (TestServer lsp = start()) {
            CompletableFuture<Object> first = run(lsp, "m");
            engine.first.await();
            CompletableFuture<Object> second = run(lsp, "m");
            assertThat(event(lsp).toString())
                    .isEqualTo(
                            """
                            {"run":"run-2","event":"runWaiting","projectDir":"%s","select":["m"],\
                            "exclude":[],"fullRefresh":false,"models":["model.p.m"]}\
                            """
                                    .formatted(lsp.root));
            JsonObject wanted = new JsonObject();
            wanted.addProperty("run", "run-2");
            assertThat(TestServer.json(command(lsp, "dvt.cancel", wanted)))
                    .contains("\"cancelled\":1");
            assertThat(TestServer.json(second)).contains("\"cancelled\":true");
            assertThat(event(lsp).toString())
                    .startsWith("{\"run\":\"run-2\",\"event\":\"runFinished\"")
                    .contains("\"cancelled\":true");
            engine.release.countDown();
            assertThat(TestServer.json(first)).contains("\"succeeded\":1");
        }
    }
}
