package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.cache.DvtFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFilesTest {
    @TempDir Path project;

    private static Path build(DvtFolder dvt, String name, long days) throws Exception {
        Path build = Files.createDirectories(dvt.folder("worker").resolve(name));
        Files.writeString(build.resolve("main.py"), "x");
        usedBefore(build, days);
        return build;
    }

    private static void usedBefore(Path build, long days) throws Exception {
        Instant then = Instant.now().minus(Duration.ofDays(days));
        Files.setLastModifiedTime(build, FileTime.from(then));
    }

    @Test
    void anotherBuildTakesAwayWhatNoOtherUsesAnyMore() throws Exception {
        DvtFolder dvt = DvtFolder.open(project);
        Path old = build(dvt, "old", 31);
        Path recent = build(dvt, "recent", 29);
        Path home = WorkerFiles.unpack(dvt);
        assertThat(old).doesNotExist();
        assertThat(recent.resolve("main.py")).exists();
        assertThat(home.resolve("dvt_worker/__main__.py")).exists();
    }

    @Test
    void aBuildThatIsUsedStays() throws Exception {
        DvtFolder dvt = DvtFolder.open(project);
        Path home = WorkerFiles.unpack(dvt);
        usedBefore(home, 31);
        assertThat(WorkerFiles.unpack(dvt)).isEqualTo(home);
        assertThat(Files.getLastModifiedTime(home).toInstant())
                .isAfter(Instant.now().minus(Duration.ofDays(1)));
        AtomicFiles.deleteTree(home);
        assertThat(WorkerFiles.unpack(dvt).resolve("dvt_worker/__main__.py")).exists();
    }
}
