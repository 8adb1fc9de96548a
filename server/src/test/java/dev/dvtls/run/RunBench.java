package dev.dvtls.run;

import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures whole runs against their bare parts by hand, in alternating rounds, so that a machine
 * that is busy for a while is busy for all of them.
 *
 * <p>usage: RunBench ROUNDS ROWS DVT_LS BY_HAND.PY DBT
 */
public final class RunBench {
    private static final String TRIVIAL =
            """
            import pandas as pd


            def model(dbt, session):
                return pd.DataFrame(
                    {"id": [1, 2, 3], "name": ["a", "b", None], "amount": [1.5, 2.5, 3.5]}
                )
            """;
    private static final int CHAIN = 10;

    private final int rounds;
    private final long rows;
    private final String dvtLs;
    private final String byHand;
    private final String dbt;
    private final Path folder;

    private RunBench(String[] args) throws Exception {
        rounds = Integer.parseInt(args[0]);
        rows = Long.parseLong(args[1]);
        dvtLs = args[2];
        byHand = args[3];
        dbt = args[4];
        folder = Files.createTempDirectory("dvt-bench");
    }

    public static void main(String[] args) throws Exception {
        new RunBench(args).all();
        System.exit(0); // the database's fixture stops in a hook
    }

    /** Something that takes time. */
    private interface Work {
        void run() throws Exception;
    }

    private record Case(String name, Work work) {}

    /** Where DuckDB finds its extensions without the network. */
    private static void makeHome(Path home) throws Exception {
        Path extensions = TestTools.tools().extensions();
        try (Stream<Path> files = Files.walk(extensions)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path there =
                        home.resolve(".duckdb/extensions").resolve(extensions.relativize(file));
                Files.createDirectories(there.resolveSibling("."));
                Files.copy(file, there);
            }
        }
    }

    private void all() throws Exception {
        makeHome(folder.resolve("home"));
        Postgres server = Postgres.server();
        Connection duckdb =
                new Connection("duckdb", "duckdb", Map.of("type", "duckdb", "path", "b.duckdb"));
        System.out.printf(
                "%-44s %9s %9s %7s%n",
                "seconds, median of " + rounds, "dvt-ls", "by hand", "ratio");
        for (Connection target : List.of(duckdb, server.database())) {
            trivial(target);
        }
        large(server);
    }

    private void trivial(Connection target) throws Exception {
        RunProject project =
                RunProject.in(Files.createDirectories(folder.resolve(target.type())))
                        .outputs(target)
                        .file("models/trivial.py", TRIVIAL);
        project.file("models/m0.py", TRIVIAL);
        for (int i = 1; i < CHAIN; i++) {
            project.model("m" + i, "return dbt.ref(\"m" + (i - 1) + "\").df()");
        }
        List<Case> cases = new ArrayList<>();
        Path parquet = project.root.resolve("hand.parquet");
        Work hand =
                () -> {
                    command(project.root, Map.of(), python(), byHand, parquet.toString());
                    sling(project.root, target, "file://" + parquet, "hand");
                };
        try (LocalEngine engine = LocalEngine.create(true)) {
            project.run(engine, "trivial").succeeded();
            cases.add(new Case("by hand", hand));
            cases.add(new Case("cold", () -> terminal(project, "trivial")));
            cases.add(new Case("warm", () -> project.run(engine, "trivial").succeeded()));
            cases.add(new Case("chain", () -> project.run(engine, "m9", "+m9").succeeded()));
            if (target.type().equals("duckdb") && !dbt.isEmpty()) {
                cases.add(new Case("dbt", dbt()));
            }
            double[] times = measure(cases);
            String into = " into " + target.type();
            line("a trivial model" + into + ", from a terminal", times[1], times[0]);
            line("a trivial model" + into + ", in a server", times[2], times[0]);
            line("a chain of ten" + into + ", against ten by hand", times[3], times[0] * CHAIN);
            if (times.length > 4) {
                line("a trivial model into duckdb, terminal against dbt", times[1], times[4]);
            }
        }
    }

    private void large(Postgres server) throws Exception {
        Connection target = server.database();
        server.psql(
                target,
                "create table public.big as select i as id, i % 7 as a, i / 3.0::float8 as f,"
                        + " md5(i::text) as t, date '2020-01-01' + (i % 1000)::int as d, now() as"
                        + " ts, i % 2 = 0 as b, case when i % 5 = 0 then null else i end as n from"
                        + " generate_series(1, "
                        + rows
                        + ") i");
        RunProject project =
                RunProject.in(Files.createDirectories(folder.resolve("large"))).outputs(target);
        project.file(
                "models/sources.yml",
                "sources: [{name: raw, schema: public, tables: [{name: big}]}]");
        project.model("copied", "return dbt.source(\"raw\", \"big\").df()");
        Path parquet = project.root.resolve("hand.parquet");
        try (LocalEngine engine = LocalEngine.create(true)) {
            project.run(engine, "copied").succeeded();
            double[] times =
                    measure(
                            List.of(
                                    new Case(
                                            "by hand",
                                            () -> {
                                                slingOut(project.root, target, parquet);
                                                sling(
                                                        project.root,
                                                        target,
                                                        "file://" + parquet,
                                                        "hand");
                                            }),
                                    new Case(
                                            "engine",
                                            () -> project.run(engine, "copied").succeeded())));
            line(
                    String.format(Locale.ROOT, "%,d x 8, postgres to pandas to postgres", rows),
                    times[1],
                    times[0]);
        }
    }

    private double[] measure(List<Case> cases) throws Exception {
        double[][] seconds = new double[cases.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < cases.size(); i++) {
                long start = System.nanoTime();
                cases.get(i).work().run();
                seconds[i][round] = (System.nanoTime() - start) / 1e9;
            }
        }
        return Arrays.stream(seconds)
                .mapToDouble(
                        all -> {
                            Arrays.sort(all);
                            return all[all.length / 2];
                        })
                .toArray();
    }

    private static void line(String what, double ours, double others) {
        System.out.printf(
                Locale.ROOT, "%-44s %9.2f %9.2f %7.2f%n", what, ours, others, ours / others);
    }

    private void terminal(RunProject project, String model) throws Exception {
        command(
                project.root,
                Map.of(),
                dvtLs,
                "run",
                "--project-dir",
                project.root.toString(),
                "--python",
                python(),
                "--select",
                model);
    }

    private Work dbt() throws Exception {
        Path project = Files.createDirectories(folder.resolve("dbt"));
        Files.createDirectories(project.resolve("models"));
        Files.writeString(
                project.resolve("dbt_project.yml"), "name: b\nversion: '1.0'\nprofile: b\n");
        Files.writeString(
                project.resolve("profiles.yml"),
                "b: {target: dev, outputs: {dev: {type: duckdb, path: d.duckdb}}}");
        Files.writeString(project.resolve("models/trivial.py"), TRIVIAL);
        return () ->
                command(project, Map.of("DO_NOT_TRACK", "1"), dbt, "run", "--profiles-dir", ".");
    }

    private static String python() {
        return TestTools.venv().resolve("bin/python").toString();
    }

    private static Map<String, String> slingEnvironment(Path project, Connection target) {
        String url =
                target.type().equals("duckdb")
                        ? "duckdb://" + project.resolve("hand.duckdb") + "?copy_method=csv_files"
                        : Json.of(
                                        Map.of(
                                                "type", "postgres",
                                                "host", field(target, "host"),
                                                "port", field(target, "port"),
                                                "user", field(target, "user"),
                                                "password", field(target, "password"),
                                                "database", field(target, "dbname"),
                                                "sslmode", "disable"))
                                .toString();
        return Map.of(
                "HAND",
                url,
                "HOME",
                project.resolveSibling("home").toString(),
                "DUCKDB_PATH",
                TestTools.tools().duckdb().toString(),
                "DUCKDB_USE_INSTALLED_EXTENSIONS",
                "true",
                "SLING_DISABLE_TELEMETRY",
                "true",
                "SLING_LOADED_AT_COLUMN",
                "false");
    }

    private static Object field(Connection connection, String name) {
        return java.util.Objects.requireNonNull(connection.fields().get(name));
    }

    private static void sling(Path project, Connection target, String stream, String table)
            throws Exception {
        String schema = target.type().equals("duckdb") ? "main." : "public.";
        command(
                project,
                slingEnvironment(project, target),
                TestTools.tools().sling().toString(),
                "run",
                "--src-stream",
                stream,
                "--tgt-conn",
                "HAND",
                "--tgt-object",
                schema + table,
                "--mode",
                "full-refresh");
    }

    private static void slingOut(Path project, Connection source, Path parquet) throws Exception {
        command(
                project,
                slingEnvironment(project, source),
                TestTools.tools().sling().toString(),
                "run",
                "--src-conn",
                "HAND",
                "--src-stream",
                "public.big",
                "--tgt-object",
                "file://" + parquet);
    }

    private static void command(Path folder, Map<String, String> environment, String... command)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Path log = folder.resolve("command.log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed: " + Files.readString(log));
        }
    }
}
