package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any point leaves target and cache whole, and the next goes on rightly.
 */
@Tag("heavy")
class RunKilledTest {
    private static final int KILLS = 12;

    @TempDir Path folder;

    @Test
    void noBatchIsLostOrLoadedTwice() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model(
                "events",
                """
                dbt.config(materialized="incremental")
                last = 0
                if dbt.is_incremental:
                    last = session.execute("select max(id) from __model__events").fetchone()[0]
                return session.sql(f"select i as id from range({last + 1}, {last + 20001}) t(i)")
                """);
        project.run().succeeded();
        for (int i = 0; i < KILLS; i++) {
            Process run = start(project);
            // From the very start to past the end of a run.
            run.waitFor(300L + 250L * i, TimeUnit.MILLISECONDS);
            run.destroyForcibly().waitFor();
        }
        project.run().succeeded();
        List<String> rows =
                project.rows(
                        "select count(*) = count(distinct id), min(id), max(id) = count(*),"
                                + " count(*) % 20000 from events");
        assertThat(rows).containsExactly("true|1|true|0");
        assertThat(
                        project.rows(
                                "select table_name from information_schema.tables where table_name"
                                        + " not in ('events', '_dvt_loads')"))
                .isEmpty();
        try (Stream<Path> left = Files.list(project.root.resolve(".dvt/work"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    private static Process start(RunProject project) throws Exception {
        RunRequest request = project.request();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--project-dir",
                        project.root.toString(),
                        "--python",
                        request.python().orElseThrow().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
