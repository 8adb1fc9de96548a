package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.testing.TestTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt-ls run} as a user calls it. */
class RunCommandTest {
    @TempDir Path root;

    private record Called(int exitCode, String out, String err) {}

    @BeforeEach
    void project() throws Exception {
        Files.writeString(root.resolve("dbt_project.yml"), "name: shop\nprofile: shop\n");
        Files.writeString(
                root.resolve("profiles.yml"),
                "shop: {target: dev, outputs: {dev: {type: duckdb, path: dev.duckdb}}}\n");
        Files.createDirectory(root.resolve("models"));
        model("good", "return session.sql(\"select 1 as id\")");
        model("bad", "return 1 / 0");
        model("after", "return dbt.ref(\"bad\")");
    }

    @Test
    void successIsZeroAndALineAModel() {
        Called called = call("--select", "good");
        assertThat(called.exitCode).isZero();
        assertThat(called.out)
                .contains("1 model into 'dev' (duckdb)")
                .containsPattern("ok    good  1 row in main.good  \\d+\\.\\d s")
                .contains("1 succeeded in ");
    }

    @Test
    void aFailedModelIsOneWithItsLineAndWhatWasSkipped() {
        Called called = call();
        assertThat(called.exitCode).isEqualTo(1);
        assertThat(called.out)
                .contains("DVT126: ")
                .contains("ZeroDivisionError")
                .contains("--> models/bad.py:2:12")
                .contains("2 |     return 1 / 0")
                .contains("skip  after  because bad failed")
                .contains("1 succeeded, 1 failed, 1 skipped");
    }

    @Test
    void jsonIsAnEventALine() {
        Called called = call("--select", "good", "--output-format", "json");
        List<JsonObject> events =
                called.out
                        .lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .toList();
        assertThat(events.get(0).get("event").getAsString()).isEqualTo("runStarted");
        assertThat(events.get(events.size() - 1).get("succeeded").getAsInt()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(call("--select", "goood").exitCode).isEqualTo(2);
        assertThat(call("--select", "goood").err).contains("goood").contains("good");
        assertThat(call("--select", "").err).contains("The selection is empty");
        assertThat(call("--timeout", "0").exitCode).isEqualTo(2);
        assertThat(call("--threads", "0").err).contains("--threads is 0; it takes 1 or more");
        assertThat(call("--vars", "[1").exitCode).isEqualTo(2);
        assertThat(call("--vars", "text").err).contains("--vars takes a YAML mapping");
        assertThat(call("--target", "nowhere").err).contains("nowhere").contains("dev");
    }

    @Test
    void aDryRunPrintsThePlanAndStartsNothing() {
        Called called = call("--dry-run");
        assertThat(called.exitCode).isZero();
        assertThat(called.out)
                .contains("1. bad (table)")
                .contains("2. after (table)\n   reads bad, from this run\n   Python process;");
        assertThat(root.resolve(".dvt")).doesNotExist();
    }

    @Test
    void aDryRunRendersTheTarget() throws Exception {
        Files.writeString(
                root.resolve("profiles.yml"),
                "shop: {target: \"{{ env_var('DVT_TEST_NO_SUCH', 'd' ~ 'ev') }}\","
                        + " outputs: {dev: {type: duckdb, path: dev.duckdb}}}\n");
        Called called = call("--dry-run", "--select", "good");
        assertThat(called.err).isEmpty();
        assertThat(called.out).contains("loaded into 'dev'");
        assertThat(root.resolve("dev.duckdb")).doesNotExist();
        assertThat(call("--dry-run", "--target", "nowhere").err).contains("nowhere", "dev");
    }

    @Test
    void aWrongCallIsASentence() {
        assertThat(call("--threds", "4").err)
                .startsWith("error: Unknown option")
                .contains("'--threds'", "--threads", "`dvt-ls run --help`")
                .hasLineCount(1);
        assertThat(call("--threads", "many").err).contains("--threads", "'many'").hasLineCount(1);
        assertThat(call("--vars", "[1").err).hasLineCount(1);
    }

    @Test
    void failFastStops() {
        Called called = call("--fail-fast", "--threads", "1");
        assertThat(called.exitCode).isEqualTo(1);
        assertThat(called.out)
                .doesNotContain("ok    good")
                .contains("skip  good  because bad failed")
                .contains("0 succeeded, 1 failed, 2 skipped in");
    }

    @Test
    void whatIsExcludedDoesNotRun() {
        Called called = call("--exclude", "bad+");
        assertThat(called.exitCode).isZero();
        assertThat(called.out).contains("ok    good", "1 succeeded in").doesNotContain("after");
        assertThat(call("--select", "good", "bad", "--exclude", "b*").out)
                .contains("1 succeeded in");
    }

    @Test
    void aFullRefreshBuildsAnIncrementalModelAnew() throws Exception {
        model(
                "inc",
                """
                dbt.config(materialized="incremental")
                return session.sql(f"select {2 if dbt.is_incremental else 1} as id")
                """);
        String ids = "select string_agg(id::varchar, ',' order by id) from inc";
        assertThat(call("--select", "inc").exitCode).isZero();
        assertThat(call("--select", "inc").exitCode).isZero();
        assertThat(value(ids)).isEqualTo("1,2");
        assertThat(call("--select", "inc", "--full-refresh").exitCode).isZero();
        assertThat(value(ids)).isEqualTo("1");
    }

    /** Each waits for the other: one after the other they would fail. */
    @Test
    void threadsAreModelsAtATime() throws Exception {
        String meets =
                """
                import os, time
                open("%s.here", "w").close()
                end = time.monotonic() + 60
                while not os.path.exists("%s.here"):
                    assert time.monotonic() < end, "alone"
                    time.sleep(0.01)
                return session.sql("select 1 as id")
                """;
        model("one", meets.formatted("one", "two"));
        model("two", meets.formatted("two", "one"));
        Called called = call("--select", "one", "two", "--threads", "2");
        assertThat(called.out).contains("2 succeeded in");
    }

    private String value(String sql) throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:duckdb:" + root.resolve("dev.duckdb"));
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    @Test
    void controlCEndsTheRunWithItsWorker() throws Exception {
        model(
                "slow",
                "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)\nreturn"
                        + " session.sql('select 1 as id')");
        List<String> command = new ArrayList<>();
        // Tests that run in the background of a shell inherit that Ctrl-C is ignored.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "run", "--select", "slow"));
        command.addAll(List.of("--project-dir", root.toString()));
        command.addAll(List.of("--python", python()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader(java.nio.charset.StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null && !line.contains("| ")) {
                line = reader.readLine();
            }
            assertThat(line).isNotNull();
            long worker = Long.parseLong(String.valueOf(line).replace("|", "").strip());
            ProcessHandle model = ProcessHandle.of(worker).orElseThrow();
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            model.onExit().get(10, TimeUnit.SECONDS); // init takes a moment to bury it
        } finally {
            process.destroyForcibly();
        }
    }

    private void model(String name, String body) throws Exception {
        Files.writeString(
                root.resolve("models/" + name + ".py"),
                "def model(dbt, session):\n" + body.indent(4));
    }

    private static String python() {
        TestTools.tools();
        return TestTools.venv().resolve("bin/python").toString();
    }

    private Called call(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("run", "--project-dir", root.toString()));
        all.addAll(List.of("--python", python()));
        all.addAll(List.of(arguments));
        int exitCode =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all.toArray(String[]::new));
        return new Called(exitCode, out.toString(), err.toString());
    }
}
