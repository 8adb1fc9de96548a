package dev.dvtls.run.transfer;

import java.nio.file.Path;

/**
 * What moves rows.
 *
 * @param work folder for files on their way
 */
record Programs(
        Sling sling,
        DuckDb duckdb,
        SqliteProgram sqlite,
        KnownTables known,
        Path work,
        Limits limits) {}
