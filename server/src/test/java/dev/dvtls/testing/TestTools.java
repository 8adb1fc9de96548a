package dev.dvtls.testing;

import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs and packages that tests share; {@code ./test} makes them and says where. */
public final class TestTools {
    private TestTools() {}

    /** Sling and the DuckDB program. */
    public static Tools tools() {
        return Tools.in(folder("DVT_TOOLS_DIR"));
    }

    /** A Python with duckdb, pandas, polars and pyarrow. */
    public static Path venv() {
        return folder("DVT_VENV");
    }

    /** A Python with each database's own client. */
    public static Path testPython() {
        String venv =
                System.getProperty(
                        "dvtls.test.venv",
                        System.getProperty("user.home") + "/.cache/dvt-ls/test-venv");
        Path python = Path.of(venv, "bin", "python");
        if (!Files.isExecutable(python)) {
            throw new AssertionError(
                    "There is no "
                            + python
                            + ": ./test makes that environment; see -Ddvtls.test.venv.");
        }
        return python;
    }

    /** A Python whose duckdb is a 2.x; made beside {@link #venv} when it is missing. */
    public static synchronized Path duckdb2() {
        Path venv = venv().resolveSibling("duckdb2-venv");
        Path python = venv.resolve("bin/python");
        Path done = venv.resolve(".installed");
        if (!Files.exists(done)) {
            run(List.of("python3", "-m", "venv", venv.toString()));
            run(
                    List.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "duckdb>=2,<3",
                            "jinja2",
                            "pandas",
                            "polars",
                            "pyarrow",
                            "pytest",
                            "pytz",
                            "requests"));
            run(List.of("touch", done.toString()));
        }
        return python;
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path folder(String variable) {
        String value = System.getenv(variable);
        if (value == null || !Files.isDirectory(Path.of(value))) {
            throw new AssertionError(
                    variable
                            + " names no folder (it is '"
                            + value
                            + "'). ./test sets it; by hand: run `./dvt-ls env create` in a folder"
                            + " and export DVT_TOOLS_DIR=<it>/.dvt/tools,"
                            + " DVT_VENV=<it>/.dvt/venv.");
        }
        return Path.of(value);
    }
}
