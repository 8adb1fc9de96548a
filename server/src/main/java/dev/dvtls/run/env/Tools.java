package dev.dvtls.run.env;

import java.nio.file.Path;

/**
 * The programs that the engine itself needs.
 *
 * @param sling moves rows between databases and files
 * @param duckdb DuckDB's command line program; Sling needs it too
 * @param extensions DuckDB's extension folder with {@code httpfs}, for those of Sling's ways that
 *     write Parquet themselves; may not exist
 * @param python whose own sqlite3 works inside SQLite files; may not exist
 */
public record Tools(Path sling, Path duckdb, Path extensions, Path python) {
    /** Those that {@code env create} put into a folder. */
    public static Tools in(Path folder) {
        return new Tools(
                program(folder, "sling"),
                program(folder, "duckdb"),
                folder.resolve("duckdb-extensions"),
                program(folder, "python"));
    }

    private static Path program(Path folder, String name) {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return windows
                ? folder.resolve("Scripts").resolve(name + ".exe")
                : folder.resolve("bin").resolve(name);
    }
}
