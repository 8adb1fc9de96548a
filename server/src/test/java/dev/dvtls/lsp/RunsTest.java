package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over {@code workspace/executeCommand}, with an engine that does what the test says. */
class RunsTest {
    private static final String MODEL =
            "def model(dbt, session):\n    x = 1\n    return boom()  # fails\n";

    private static final Path LOG = Path.of("/p/.dvt/logs/1.jsonl");

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/m.py", MODEL)
                .file("models/n.py", MODEL);
    }

    private static RunEvent.RunFinished finished(int succeeded, int failed, boolean cancelled) {
        return new RunEvent.RunFinished(succeeded, failed, 0, cancelled, Duration.ofMillis(5));
    }

    /** An engine whose run succeeds after a few events. */
    private static RunEvent.RunFinished succeed(Consumer<RunEvent> events) {
        events.accept(new RunEvent.RunStarted("dev", "duckdb", List.of("model.p.m"), LOG));
        events.accept(new RunEvent.ModelStarted("model.p.m"));
        events.accept(new RunEvent.StageStarted("model.p.m", RunEvent.Stage.LOAD, "main.m"));
        events.accept(new RunEvent.Output("model.p.m", false, "hello"));
        events.accept(new RunEvent.ModelSucceeded("model.p.m", "main.m", 3, Duration.ofMillis(1)));
        RunEvent.RunFinished end = finished(1, 0, false);
        events.accept(end);
        return end;
    }

    private static CompletableFuture<Object> command(
            TestServer lsp, String command, JsonObject arguments) {
        return lsp.server
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams(command, List.of(arguments)));
    }

    private static JsonObject select(TestServer lsp, String... names) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("uri", lsp.uri("models/m.py"));
        JsonArray select = new JsonArray();
        for (String name : names) {
            select.add(name);
        }
        arguments.add("select", select);
        return arguments;
    }

    private static CompletableFuture<Object> run(TestServer lsp, String... names) {
        return command(lsp, "dvt.run", select(lsp, names));
    }

    @Test
    void tellsEveryEventAndAnswersAtTheEnd() throws Exception {
        List<RunRequest> requests = Collections.synchronizedList(new ArrayList<>());
        Engine engine =
                (request, events, cancellation) -> {
                    requests.add(request);
                    return succeed(events);
                };
        try (TestServer lsp = project().engine(engine).progress().start()) {
            JsonObject arguments = select(lsp, "+m");
            arguments.addProperty("fullRefresh", true);
            arguments.addProperty("target", "prod");
            assertThat(TestServer.json(command(lsp, "dvt.run", arguments)))
                    .contains("\"succeeded\":1", "\"failed\":0", "\"cancelled\":false");
            assertThat(requests)
                    .singleElement()
                    .satisfies(
                            r -> {
                                assertThat(r.projectDir()).isEqualTo(lsp.root);
                                assertThat(r.select()).containsExactly("+m");
                                assertThat(r.fullRefresh()).isTrue();
                                assertThat(r.target()).contains("prod");
                            });
            assertThat(lsp.client.take(JsonObject.class, e -> true).toString())
                    .isEqualTo(
                            """
                            {"run":"run-1","event":"runStarted","target":"dev",\
                            "targetType":"duckdb","models":["model.p.m"],\
                            "log":"/p/.dvt/logs/1.jsonl","projectDir":"%s","select":["+m"],\
                            "exclude":[],"fullRefresh":true,"files":{"model.p.m":"%s"}}\
                            """
                                    .formatted(lsp.root, lsp.uri("models/m.py")));
            assertThat(eventNames(lsp, 5))
                    .containsExactly(
                            "modelStarted",
                            "stageStarted",
                            "output",
                            "modelSucceeded",
                            "runFinished");
            lsp.client.awaitLog("m | hello");
            lsp.client.awaitLog("m: 3 rows in main.m");
            List<ProgressParams> progress =
                    lsp.client.awaitProgress(
                            all ->
                                    of(all, WorkDoneProgressBegin.class).stream()
                                                    .anyMatch(
                                                            b -> b.getTitle().startsWith("Running"))
                                            && of(all, WorkDoneProgressEnd.class).size() == 2);
            assertThat(of(progress, WorkDoneProgressBegin.class))
                    .extracting(WorkDoneProgressBegin::getTitle)
                    .containsExactly("Reading project " + folder.getFileName(), "Running +m");
        }
    }

    /** So many events, in their order. */
    private static List<String> eventNames(TestServer lsp, int count) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(lsp.client.take(JsonObject.class, e -> true).get("event").getAsString());
        }
        return names;
    }

    private static <T> List<T> of(List<ProgressParams> progress, Class<T> type) {
        return progress.stream()
                .map(p -> p.getValue().getLeft())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Engine failingOnLine3(Path folder) {
        return (request, events, cancellation) -> {
            events.accept(
                    new RunEvent.ModelFailed(
                            "model.p.m",
                            new RunEvent.Failure(
                                    "DVT126",
                                    "NameError: boom",
                                    Optional.of(folder.resolve("models/m.py")),
                                    3,
                                    12,
                                    3,
                                    18,
                                    "File m.py, line 3"),
                            Duration.ofMillis(1)));
            return finished(0, 1, false);
        };
    }

    @Test
    void aFailingLineIsMarkedUntilTheFileChanges() throws Exception {
        try (TestServer lsp = project().engine(failingOnLine3(folder)).progress().start()) {
            lsp.openFromDisk("models/m.py");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            assertThat(TestServer.json(run(lsp, "m"))).contains("\"failed\":1");
            JsonObject event = lsp.client.take(JsonObject.class, e -> true);
            assertThat(event.getAsJsonObject("failure").get("uri").getAsString())
                    .isEqualTo(lsp.uri("models/m.py"));
            assertThat(lsp.diagnostics("models/m.py"))
                    .containsExactly("2:11-17 DVT126 NameError: boom");
            lsp.change("models/m.py", MODEL + "\n");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void aFailingLineOfAFileThatIsNotOpenIsMarkedToo() throws Exception {
        try (TestServer lsp = project().engine(failingOnLine3(folder)).progress().start()) {
            TestServer.get(run(lsp, "m"));
            lsp.client.take(JsonObject.class, e -> true);
            assertThat(lsp.diagnostics("models/m.py"))
                    .containsExactly("2:11-17 DVT126 NameError: boom");
            lsp.onDisk("models/m.py", "def model(dbt, session):\n    return 1\n");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void aNewRunClearsTheMark() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Engine engine =
                (request, events, cancellation) ->
                        runs.incrementAndGet() == 1
                                ? failingOnLine3(folder).run(request, events, cancellation)
                                : finished(1, 0, false);
        try (TestServer lsp = project().engine(engine).progress().start()) {
            TestServer.get(run(lsp, "m"));
            lsp.client.take(JsonObject.class, e -> true);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            TestServer.get(run(lsp, "m"));
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void isCancelledFromTheProgress() throws Exception {
        HeldEngine engine = new HeldEngine();
        try (TestServer lsp = project().engine(engine).progress().start()) {
            CompletableFuture<Object> answer = run(lsp, "m");
            List<ProgressParams> progress =
                    lsp.client.awaitProgress(
                            all ->
                                    of(all, WorkDoneProgressBegin.class).stream()
                                            .anyMatch(b -> b.getTitle().equals("Running m")));
            ProgressParams begin =
                    progress.stream()
                            .filter(
                                    p ->
                                            p.getValue().getLeft()
                                                            instanceof WorkDoneProgressBegin b
                                                    && b.getTitle().equals("Running m"))
                            .findFirst()
                            .orElseThrow();
            engine.first.await();
            lsp.server.cancelProgress(new WorkDoneProgressCancelParams(begin.getToken()));
            assertThat(TestServer.json(answer)).contains("\"cancelled\":true");
        }
    }

    @Test
    void isCancelledByCommandAndByCancellingTheRequest() throws Exception {
        HeldEngine first = new HeldEngine();
        try (TestServer lsp = project().engine(first).progress().start()) {
            CompletableFuture<Object> answer = run(lsp, "m");
            first.first.await();
            assertThat(TestServer.json(command(lsp, "dvt.cancel", new JsonObject())))
                    .contains("\"cancelled\":1");
            assertThat(TestServer.json(answer)).contains("\"cancelled\":true");
        }
        HeldEngine second = new HeldEngine();
        try (TestServer lsp = project().engine(second).progress().start()) {
            CompletableFuture<Object> answer = run(lsp, "m");
            second.first.await();
            answer.cancel(true);
            second.release.await();
        }
    }

    @Test
    void shutdownEndsARun() throws Exception {
        HeldEngine engine = new HeldEngine();
        try (TestServer lsp = project().engine(engine).progress().start().lenient()) {
            var unused = run(lsp, "m");
            engine.first.await();
            TestServer.get(lsp.server.shutdown());
            assertThat(engine.release.getCount()).isZero();
        }
    }

    @Test
    void nothingRunsInAnUntrustedFolder() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        AtomicInteger runs = new AtomicInteger();
        Engine engine =
                (request, events, cancellation) -> {
                    runs.incrementAndGet();
                    return finished(1, 0, false);
                };
        try (TestServer lsp = project().engine(engine).options(options).progress().start()) {
            assertThatThrownBy(() -> run(lsp, "m").get()).hasMessageContaining("not trusted");
            assertThat(runs.get()).isZero();
        }
    }

    @Test
    void settingsChooseInterpreterAndTarget() throws Exception {
        List<RunRequest> requests = Collections.synchronizedList(new ArrayList<>());
        Engine engine =
                (request, events, cancellation) -> {
                    requests.add(request);
                    return finished(1, 0, false);
                };
        JsonObject options = new JsonObject();
        options.addProperty("target", "dev");
        options.addProperty("python.interpreter", "/opt/python");
        try (TestServer lsp = project().engine(engine).options(options).progress().start()) {
            TestServer.get(run(lsp, "m"));
            JsonObject dvt = new JsonObject();
            dvt.addProperty("target", "prod");
            JsonObject settings = new JsonObject();
            settings.add("dvt", dvt);
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(new DidChangeConfigurationParams(settings));
            TestServer.get(run(lsp, "m"));
        }
        assertThat(requests).extracting(r -> r.target().orElse("")).containsExactly("dev", "prod");
        assertThat(requests).allMatch(r -> r.python().equals(Optional.of(Path.of("/opt/python"))));
    }

    @Test
    void aRunThatCannotStartSaysWhy() throws Exception {
        Engine engine =
                (request, events, cancellation) -> {
                    throw new Engine.RunRefused("There is no profile. Write one.");
                };
        try (TestServer lsp = project().engine(engine).progress().start()) {
            assertThatThrownBy(() -> run(lsp, "m").get())
                    .hasMessageContaining("There is no profile. Write one.");
            lsp.client.awaitLog("There is no profile.");
            assertThat(eventNames(lsp, 1)).containsExactly("runBroken");
            JsonObject elsewhere = new JsonObject();
            elsewhere.addProperty("uri", "file:///nowhere/m.py");
            assertThatThrownBy(() -> command(lsp, "dvt.run", elsewhere).get())
                    .hasMessageContaining("is in no project");
        }
    }

    @Test
    void aClientWithoutProgressGetsAMessage() throws Exception {
        Engine engine = (request, events, cancellation) -> succeed(events);
        try (TestServer lsp = project().engine(engine).start()) {
            TestServer.get(run(lsp, "m"));
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo("Run finished: 1 succeeded, 0 failed, 0 skipped");
            lsp.client.drain();
            assertThat(lsp.client.awaitProgress(all -> true)).isEmpty();
        }
    }

    @Test
    void openingRunsNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Engine engine =
                (request, events, cancellation) -> {
                    runs.incrementAndGet();
                    return finished(0, 0, false);
                };
        try (TestServer lsp = project().engine(engine).start()) {
            lsp.openFromDisk("models/m.py");
            lsp.client.take(PublishDiagnosticsParams.class, p -> true);
        }
        assertThat(runs.get()).isZero();
    }
}
