package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each pattern of the specification's page, by the worker's own tests, on DuckDB 2. */
@Tag("heavy")
class DuckDb2Test {
    @TempDir Path folder;

    @Test
    void everyPatternRuns() throws Exception {
        Path log = folder.resolve("pytest.log");
        Process tests =
                new ProcessBuilder(
                                TestTools.duckdb2().toString(),
                                "-m",
                                "pytest",
                                "-q",
                                "-p",
                                "no:cacheprovider",
                                "test_patterns.py",
                                "test_context.py")
                        .directory(Path.of("src/test/python").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int code = tests.waitFor();
        assertThat(code).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).containsPattern("\\d\\d passed");
    }
}
