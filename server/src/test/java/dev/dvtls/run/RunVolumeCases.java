package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large tables go to a target and come back, in little memory. */
@Tag("heavy")
abstract class RunVolumeCases {
    /** Of the engine; the rows of {@code big} are 100 MB as CSV. */
    private static final String HEAP = "-Xmx48m";

    /**
     * Resident MB that no process of a run may pass. Of the engine's process, which a table in its
     * heap would burst; of the worker's, most of which are DuckDB's buffers; of the programs that
     * carry rows, which hold some of a table, and would hold all of one twice as long.
     */
    private static final Map<String, Long> MOST =
            Map.of("engine", 150L, "worker", 550L, "duckdb", 900L, "sling", 600L, "sqlite", 100L);

    /** Found by name in what is run, the first of them. */
    private static final List<String> PROGRAMS = List.of("worker", "sqlite", "sling", "duckdb");

    private static final String ROWS =
            """
            BIG = \"""select i as id, i % 3 = 0 as b, (i % 30000)::smallint as s, i / 7.0 as f,
              (i * 1.25)::decimal(18,4) as d, md5(i::varchar) as t,
              case when i % 5 = 0 then null else 'x"' || chr(10) || 'ü' || i end as n,
              date '2000-01-01' + (i % 9000)::int as day,
              timestamp '2024-01-01' + to_microseconds(i * 1000001) as ts,
              encode(md5((i + 1)::varchar)) as bin from range(1000000) r(i)\"""
            WIDE = "select i as id, " + ", ".join(
                (f"(i * {c})::int as c{c}", f"substr(md5((i + {c})::varchar), 1, 6) as c{c}",
                 f"case when (i + {c}) % 2 = 0 then (i / {c + 1}.0)::double end as c{c}")[c % 3]
                for c in range(999)) + " from range(10000) r(i)"
            """;

    @TempDir Path folder;

    /** A new, empty database. */
    abstract Connection target();

    @Test
    void largeTablesComeBackAsTheyWere() throws Exception {
        RunProject project = RunProject.in(folder).outputs(target());
        project.file("rows.py", ROWS);
        project.file(
                "models/big.py",
                """
                import rows

                def model(dbt, session):
                    return session.sql(rows.BIG).to_arrow_reader(50_000)
                """);
        project.file(
                "models/wide.py",
                """
                import rows

                def model(dbt, session):
                    return session.sql(rows.WIDE)
                """);
        project.file(
                "models/back.py",
                """
                import rows

                def check(session, name, query):
                    wanted = session.sql(query)
                    types = zip(wanted.columns, wanted.types)
                    items = ", ".join(f'cast("{n}" as {t}) as "{n}"' for n, t in types)
                    sums = []
                    for of in (query, f"select {items} from __model__{name}"):
                        sums.append(session.sql(
                            f"select count(*), sum(hash(x)) from ({of}) as x").fetchall()[0])
                    assert sums[0] == sums[1], (name, sums)

                def model(dbt, session):
                    dbt.ref("big"), dbt.ref("wide")
                    check(session, "big", rows.BIG)
                    check(session, "wide", rows.WIDE)
                    return session.sql("select 1 as done")
                """);
        for (String model : List.of("big", "wide", "back")) {
            Map<String, Long> peaks = run(project, model);
            assertThat(peaks).containsKeys("engine", "worker", "duckdb");
            peaks.forEach(
                    (program, peak) ->
                            assertThat(peak)
                                    .as("MB of %s for %s", program, model)
                                    .isBetween(5L, MOST.get(program)));
        }
    }

    /** Peak resident memory in MB by program: of the engine and of the largest of the others. */
    private static Map<String, Long> run(RunProject project, String... select) throws Exception {
        Path log = project.root.resolve("run.log");
        Process run =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of(
                                                        Path.of(
                                                                        System.getProperty(
                                                                                "java.home"),
                                                                        "bin",
                                                                        "java")
                                                                .toString(),
                                                        HEAP,
                                                        "-XX:+UseSerialGC",
                                                        "-XX:TieredStopAtLevel=1",
                                                        "-cp",
                                                        System.getProperty("java.class.path"),
                                                        Main.class.getName(),
                                                        "run",
                                                        "--project-dir",
                                                        project.root.toString(),
                                                        "--python",
                                                        project.request()
                                                                .python()
                                                                .orElseThrow()
                                                                .toString(),
                                                        "--select"),
                                                Stream.of(select))
                                        .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Map<String, Long> peaks = new TreeMap<>();
        while (!run.waitFor(20, TimeUnit.MILLISECONDS)) {
            peaks.merge("engine", peak(run.toHandle()), Math::max);
            run.descendants()
                    .forEach(
                            process ->
                                    PROGRAMS.stream()
                                            .filter(line(process)::contains)
                                            .findFirst()
                                            .ifPresent(
                                                    program ->
                                                            peaks.merge(
                                                                    program,
                                                                    peak(process),
                                                                    Math::max)));
        }
        assertThat(run.exitValue()).as(Files.readString(log)).isZero();
        return peaks;
    }

    /** The command, each word without all but the last folder. */
    private static String line(ProcessHandle process) {
        return Stream.of(read(process, "cmdline").split("\0"))
                .map(word -> word.replaceAll(".*/(?=[^/]*/)", ""))
                .collect(Collectors.joining(" "));
    }

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private static long peak(ProcessHandle process) {
        Matcher peak = PEAK.matcher(read(process, "status"));
        return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
    }

    /** Empty when the process is gone. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), file));
        } catch (IOException e) {
            return "";
        }
    }
}
