package dev.dvtls.testing;

import dev.dvtls.run.env.Tools;
import java.nio.file.Files;
import java.nio.file.Path;

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
