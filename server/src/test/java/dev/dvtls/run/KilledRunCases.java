package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.cli.Main;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL at each stage of a run, to each process at work there: the target holds the old rows or
 * the new, whole, and the next run ends with the rows of one that was never interrupted.
 */
@Tag("heavy")
abstract class KilledRunCases {
    private static final int BATCH = 2000;
    private static final int OVERLAP = 500;

    private static final String MODEL =
            """
            import os, time
            dbt.config(materialized="incremental"%s)
            top = 0
            if dbt.is_incremental:
                top = session.execute("select max(id) from __model__events").fetchone()[0]
            if os.environ.get("KILL_AT") == "the model":
                gate = os.environ["KILL_GATE"]
                open(gate + "/held", "w").close()
                while not os.path.exists(gate + "/go"):
                    time.sleep(0.01)
            first = top + 1 - (%d if top else 0)
            return session.sql(
                f"select i as id, {top} as batch from range({first}, {top + %d + 1}) t(i)")
            """;

    /** Where a run is held. */
    enum Stage {
        EXTRACT,
        MODEL,
        BEFORE_LOAD,
        DURING_LOAD,
        AFTER_LOAD
    }

    /** What is killed there. */
    enum Victim {
        ORCHESTRATOR,
        WORKER,
        PROGRAM
    }

    private record Kill(Stage stage, Victim victim) {
        @Override
        public String toString() {
            return stage + "-" + victim;
        }

        static List<Kill> all() {
            List<Kill> kills = new ArrayList<>();
            for (Stage stage : Stage.values()) {
                for (Victim victim : Victim.values()) {
                    boolean worker = victim == Victim.WORKER; // it ends with its result
                    boolean program = victim == Victim.PROGRAM; // none is at work then
                    if (!(worker && stage.compareTo(Stage.MODEL) > 0)
                            && !(program && stage == Stage.MODEL)) {
                        kills.add(new Kill(stage, victim));
                    }
                }
            }
            return kills;
        }
    }

    @TempDir Path folder;
    RunProject project;

    @BeforeEach
    void open() throws Exception {
        project = RunProject.in(Files.createDirectory(folder.resolve("p"))).outputs(output());
    }

    abstract Connection output();

    /** Matches what the program is given that extracts the table. */
    abstract String extracting();

    /** Matches what the program is given that loads it. */
    abstract String loading();

    abstract List<String> rows(String sql) throws Exception;

    /** Stops a load halfway; what it gives lets it go on. */
    abstract AutoCloseable holdLoad() throws Exception;

    /** Waits until the load is halfway. */
    abstract void awaitLoad() throws Exception;

    /** How the program is let through to there. */
    abstract KillGate.When duringLoad();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noRowIsLostOrDoubled(boolean key) throws Exception {
        int overlap = key ? OVERLAP : 0;
        project.model("events", MODEL.formatted(key ? ", unique_key='id'" : "", overlap, BATCH));
        project.run().succeeded();
        int applied = 1;
        for (Kill kill : Kill.all()) {
            if (kill.stage() == Stage.EXTRACT) {
                AtomicFiles.deleteTree(project.root.resolve(".dvt/cache"));
            }
            killed(kill);
            List<String> now = contents();
            assertThat(now)
                    .as(kill + ": whole")
                    .isIn(expected(applied, overlap), expected(applied + 1, overlap));
            applied += now.equals(expected(applied, overlap)) ? 1 : 2;
            project.run().succeeded();
            assertThat(contents()).as(kill + ": next run").isEqualTo(expected(applied, overlap));
            assertNothingIsLeft(kill);
        }
    }

    private void killed(Kill kill) throws Exception {
        KillGate gate = KillGate.in(folder.resolve("gate-" + kill), TestTools.tools());
        Map<String, String> environment =
                switch (kill.stage()) {
                    case EXTRACT -> gate.environment(extracting(), KillGate.When.BEFORE);
                    case MODEL -> gate.environment("the model", KillGate.When.BEFORE);
                    case BEFORE_LOAD -> gate.environment(loading(), KillGate.When.BEFORE);
                    case DURING_LOAD -> gate.environment(loading(), duringLoad());
                    case AFTER_LOAD -> gate.environment(loading(), KillGate.When.AFTER);
                };
        boolean during = kill.stage() == Stage.DURING_LOAD;
        Path output = folder.resolve("output-" + kill);
        AutoCloseable hold = during ? holdLoad() : () -> {};
        Process run = start(environment, output);
        try (hold) {
            gate.awaitHeld(run, output);
            if (during) {
                awaitLoad();
            }
            ProcessHandle victim =
                    switch (kill.victim()) {
                        case ORCHESTRATOR -> run.toHandle();
                        case WORKER -> worker(run);
                        case PROGRAM -> gate.program();
                    };
            assertThat(victim.destroyForcibly()).as("kill").isTrue();
            victim.onExit().get();
            gate.open();
        }
        gate.awaitNoProcess();
        if (kill.victim() != Victim.ORCHESTRATOR) {
            assertThat(run.waitFor()).as(Files.readString(output)).isEqualTo(1);
        }
    }

    private static ProcessHandle worker(Process run) {
        return run.toHandle()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("dvt_worker"))
                .findFirst()
                .orElseThrow();
    }

    private Process start(Map<String, String> environment, Path output) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "run",
                                "--project-dir",
                                project.root.toString(),
                                "--python",
                                TestTools.venv().resolve("bin/python").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> contents() throws Exception {
        return rows(
                "select count(*), count(distinct id), min(id), max(id), sum(batch) from events");
    }

    /** As {@link #contents}, of runs that nothing interrupted. */
    private static List<String> expected(int batches, int overlap) {
        Map<Long, Long> table = new TreeMap<>();
        for (int i = 0; i < batches; i++) {
            long top = (long) i * BATCH;
            long first = top + 1 - (i == 0 ? 0 : overlap);
            LongStream.rangeClosed(first, top + BATCH).forEach(id -> table.put(id, top));
        }
        long sum = table.values().stream().mapToLong(l -> l).sum();
        long count = table.size();
        return List.of(count + "|" + count + "|1|" + (long) batches * BATCH + "|" + sum);
    }

    private void assertNothingIsLeft(Kill kill) throws Exception {
        assertThat(
                        rows(
                                "select table_name from information_schema.tables where table_name"
                                        + " like '%dvt%stage%'"))
                .as(kill + ": staging tables")
                .isEmpty();
        try (Stream<Path> left = Files.list(project.root.resolve(".dvt/work"))) {
            assertThat(left.filter(Files::isDirectory)).as(kill + ": work").isEmpty();
        }
    }
}
