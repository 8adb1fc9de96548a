package dev.dvtls.run;

import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times a later run with few new rows over a long history, stage by stage: bench/incremental. */
public final class IncrementalBench {
    private static final int NEW_ROWS = 1000;

    /** Half of the new rows are of known keys; the model looks at its history as models do. */
    private static final String MODEL =
            """
            import os
            dbt.config(materialized="incremental"%s)
            rows = int(os.environ["ROWS"])
            first = 0
            if dbt.is_incremental:
                top = session.execute("select max(id) from __model__events").fetchone()[0]
                first = top + 1 - %d
            return session.sql(
                f"select i as id, 'name ' || i as name, i * 0.5 as amount,"
                f" '2026-01-01'::timestamp + to_seconds(i) as at"
                f" from range({first}, {first + rows}) t(i)")
            """;

    private IncrementalBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        System.out.printf(
                "%n%-10s %-10s %12s %8s %8s %8s %8s %8s   seconds, median of %d later runs%n",
                "target", "key", "history", "look", "execute", "load", "commit", "total", rounds);
        for (String target : List.of("duckdb", "postgres")) {
            for (boolean key : List.of(true, false)) {
                for (int i = 1; i < arguments.length; i++) {
                    measure(target, key, Long.parseLong(arguments[i]), rounds);
                }
            }
        }
    }

    private static void measure(String target, boolean key, long history, int rounds)
            throws Exception {
        Path folder = Files.createTempDirectory("dvt-bench");
        try (LocalEngine engine = LocalEngine.create(true)) {
            RunProject project = RunProject.in(folder).outputs(output(target, folder));
            project.model(
                    "events",
                    MODEL.formatted(key ? ", unique_key='id'" : "", key ? NEW_ROWS / 2 : 0));
            project.environment("ROWS", "" + history).run(engine).succeeded();
            project.environment("ROWS", "" + NEW_ROWS);
            project.run(engine).succeeded(); // a spare worker waits from now on
            List<Map<Stage, Double>> all = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                all.add(timed(project, engine));
            }
            List<Double> stages = new ArrayList<>();
            for (Stage stage : Stage.values()) {
                stages.add(median(all.stream().map(times -> times.get(stage)).toList()));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %-10s %,12d %8.2f %8.2f %8.2f %8.2f %8.2f%n",
                    target,
                    key ? "id" : "none",
                    history,
                    stages.get(0),
                    stages.get(1),
                    stages.get(2),
                    stages.get(3),
                    stages.stream().mapToDouble(d -> d).sum());
        } finally {
            AtomicFiles.deleteTree(folder);
        }
    }

    private static Connection output(String target, Path folder) {
        return target.equals("postgres")
                ? Postgres.server().database()
                : new Connection(
                        "dev",
                        "duckdb",
                        Map.of("type", "duckdb", "path", folder.resolve("dev.duckdb").toString()));
    }

    /** Seconds from the start of each stage to that of the next. */
    private static Map<Stage, Double> timed(RunProject project, LocalEngine engine)
            throws Exception {
        Map<Stage, Double> times = new EnumMap<>(Stage.class);
        List<Stage> now = new ArrayList<>();
        long[] since = {System.nanoTime()};
        project.watching(
                event -> {
                    long at = System.nanoTime();
                    boolean ends = event instanceof RunEvent.ModelSucceeded;
                    if (event instanceof RunEvent.StageStarted || ends) {
                        if (!now.isEmpty()) {
                            times.merge(now.get(0), (at - since[0]) / 1e9, Double::sum);
                        }
                        since[0] = at;
                        now.clear();
                    }
                    if (event instanceof RunEvent.StageStarted started) {
                        now.add(started.stage());
                    }
                });
        project.run(engine).succeeded();
        return times;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
