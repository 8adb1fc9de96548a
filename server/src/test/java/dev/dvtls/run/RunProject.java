package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.dvtls.testing.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A small project in a temporary folder whose models are run for real into a DuckDB file. */
final class RunProject {
    final Path root;
    private Optional<String> target = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private boolean fullRefresh;
    private boolean failFast;
    private Optional<Integer> threads = Optional.empty();
    private Map<String, Object> vars = Map.of();
    private Path python = TestTools.venv().resolve("bin/python");
    private final Map<String, String> environment = new HashMap<>();
    private Cancellation cancellation = new Cancellation();
    private Consumer<RunEvent> watcher = event -> {};

    private RunProject(Path root) {
        this.root = root;
    }

    static RunProject in(Path folder) throws IOException {
        TestTools.tools(); // says what is missing
        RunProject project = new RunProject(folder.toRealPath());
        project.file(
                "dbt_project.yml",
                """
                name: shop
                version: "1.0"
                profile: shop
                vars:
                  who: project
                """);
        project.file(
                "profiles.yml",
                """
                shop:
                  target: dev
                  outputs:
                    dev:
                      type: duckdb
                      path: dev.duckdb
                    other:
                      type: duckdb
                      path: other.duckdb
                """);
        return project;
    }

    RunProject file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        return this;
    }

    /** Writes the profile: these outputs, the first of them the default target. */
    RunProject outputs(Connection... outputs) throws IOException {
        JsonObject all = new JsonObject();
        for (Connection output : outputs) {
            all.add(output.name(), Json.of(output.fields()));
        }
        JsonObject profile = new JsonObject();
        profile.addProperty("target", outputs[0].name());
        profile.add("outputs", all);
        JsonObject file = new JsonObject();
        file.add("shop", profile);
        return file("profiles.yml", file.toString()); // JSON is YAML
    }

    /** A model whose function has this body. */
    RunProject model(String name, String body) throws IOException {
        return file("models/" + name + ".py", "def model(dbt, session):\n" + body.indent(4));
    }

    RunProject target(String name) {
        target = Optional.of(name);
        return this;
    }

    RunProject timeout(Duration limit) {
        timeout = Optional.of(limit);
        return this;
    }

    RunProject fullRefresh(boolean on) {
        fullRefresh = on;
        return this;
    }

    RunProject failFast(boolean on) {
        failFast = on;
        return this;
    }

    RunProject threads(int count) {
        threads = Optional.of(count);
        return this;
    }

    RunProject environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Instead of the tests' own environment. */
    RunProject python(Path interpreter) {
        python = interpreter;
        return this;
    }

    RunProject vars(Map<String, Object> values) {
        vars = Map.copyOf(values);
        return this;
    }

    RunProject cancellation(Cancellation with) {
        cancellation = with;
        return this;
    }

    /** Sees each event when it comes. */
    RunProject watching(Consumer<RunEvent> consumer) {
        watcher = consumer;
        return this;
    }

    RunRequest request(String... select) {
        return new RunRequest(
                root,
                List.of(select),
                List.of(),
                target,
                Optional.empty(),
                fullRefresh,
                failFast,
                threads,
                timeout,
                Optional.of(python),
                Optional.empty(),
                vars,
                environment);
    }

    Ran run(String... select) throws Engine.RunRefused, InterruptedException {
        try (LocalEngine engine = LocalEngine.create(false)) {
            return run(engine, select);
        }
    }

    Ran run(LocalEngine engine, String... select) throws Engine.RunRefused, InterruptedException {
        List<RunEvent> events = new ArrayList<>();
        RunEvent.RunFinished finished =
                engine.run(
                        request(select),
                        event -> {
                            events.add(event);
                            watcher.accept(event);
                        },
                        cancellation);
        return new Ran(events, finished);
    }

    /** Rows of a query on a DuckDB file of the project: values joined by {@code |}. */
    List<String> rows(String file, String sql) throws SQLException {
        try (java.sql.Connection connection =
                        DriverManager.getConnection("jdbc:duckdb:" + root.resolve(file));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    List<String> rows(String sql) throws SQLException {
        return rows("dev.duckdb", sql);
    }

    void sql(String file, String statements) throws SQLException {
        try (java.sql.Connection connection =
                        DriverManager.getConnection("jdbc:duckdb:" + root.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** A run that is over. */
    record Ran(List<RunEvent> events, RunEvent.RunFinished finished) {
        Ran succeeded() {
            assertThat(events)
                    .filteredOn(e -> e instanceof RunEvent.ModelFailed)
                    .as("failures")
                    .isEmpty();
            assertThat(finished.failed() + finished.skipped()).isZero();
            assertThat(finished.cancelled()).isFalse();
            return this;
        }

        RunEvent.Failure failure(String model) {
            return of(RunEvent.ModelFailed.class).stream()
                    .filter(e -> e.model().equals("model.shop." + model))
                    .map(RunEvent.ModelFailed::failure)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(model + " did not fail: " + events));
        }

        long rows(String model) {
            return of(RunEvent.ModelSucceeded.class).stream()
                    .filter(e -> e.model().equals("model.shop." + model))
                    .map(RunEvent.ModelSucceeded::rows)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(model + " did not succeed: " + events));
        }

        List<String> output() {
            return of(RunEvent.Output.class).stream().map(RunEvent.Output::line).toList();
        }

        List<String> warnings() {
            return of(RunEvent.Warning.class).stream().map(RunEvent.Warning::message).toList();
        }

        /** What was extracted for a model, in order: {@code name from connection}. */
        List<String> extracted(String model) {
            return of(RunEvent.StageStarted.class).stream()
                    .filter(e -> e.model().equals("model.shop." + model))
                    .filter(e -> e.stage() == RunEvent.Stage.EXTRACT)
                    .map(RunEvent.StageStarted::detail)
                    .filter(detail -> detail.contains(" from "))
                    .toList();
        }

        <T extends RunEvent> List<T> of(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
