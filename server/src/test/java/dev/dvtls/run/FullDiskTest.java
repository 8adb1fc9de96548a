package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or may not be written, at each stage of a run. */
class FullDiskTest {
    private static final String BIG =
            "return session.sql(\"select range as id, hash(range) as h from range(2000000)\")";

    @TempDir Path disk;
    @TempDir Path elsewhere;

    private final List<SmallDisk> disks = new ArrayList<>();

    private void mount(Path folder, int megabytes) throws Exception {
        disks.add(0, SmallDisk.on(folder, megabytes));
    }

    @AfterEach
    void unmount() throws Exception {
        for (SmallDisk mounted : disks) {
            mounted.close();
        }
    }

    private static Connection duckdb(Path file) {
        return new Connection("big", "duckdb", Map.of("type", "duckdb", "path", file.toString()));
    }

    @Test
    void theResultDoesNotFit() throws Exception {
        mount(disk, 6);
        RunProject project = RunProject.in(disk).model("m", BIG);
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("write-failed");
        assertThat(failure.message())
                .contains("'m'", "does not fit on the disk of", "Free some space and run it");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void theTargetDoesNotTakeItAndKeepsWhatItHad() throws Exception {
        mount(disk, 6);
        Path file = disk.resolve("big.duckdb");
        RunProject project = RunProject.in(elsewhere).outputs(duckdb(file));
        project.model("m", "return session.sql('select 1 as id, 2::ubigint as h')");
        project.run().succeeded();
        RunEvent.Failure failure = project.model("m", BIG).run().failure("m");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.message())
                .contains("'m'", "main.m", "No space left on device", "Free some space");
        assertThat(project.rows(file.toString(), "select * from m")).containsExactly("1|2");
    }

    @Test
    void whatIsReadDoesNotFit() throws Exception {
        mount(disk, 6);
        Path file = elsewhere.resolve("big.duckdb");
        RunProject project = RunProject.in(disk).outputs(duckdb(file));
        project.sql(
                file.toString(),
                "create table events as select range as id, hash(range) as h from"
                        + " range(2000000)");
        project.file(
                "models/sources.yml",
                "sources: [{name: ops, schema: main, tables: [{name: events}]}]");
        project.model("m", "return dbt.source('ops', 'events').limit(1)");
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("extract-failed");
        assertThat(failure.message())
                .contains("'ops.events' (main.events)", "No space left on device")
                .contains("Free some space");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void aLogThatCannotBeWrittenIsAWarning() throws Exception {
        mount(disk, 6);
        Path logs = Files.createDirectories(elsewhere.resolve(".dvt/logs"));
        mount(logs, 1);
        RunProject project = RunProject.in(elsewhere);
        project.model(
                "m",
                "for i in range(4000): print(i, 'x' * 400)\n"
                        + "return session.sql('select 1 as id')");
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.warnings()).filteredOn(w -> w.contains("The run's log")).hasSize(1);
    }

    @Test
    void aReadOnlyProjectIsRefused() throws Exception {
        mount(disk, 6);
        RunProject project = RunProject.in(disk).model("m", BIG);
        disks.get(0).readOnly();
        assertThatThrownBy(project::run)
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining(".dvt")
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("read-only");
    }
}
