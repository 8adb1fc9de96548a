package dev.dvtls.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Moves tables between a database and Parquet files. Every method ends the program it started, with
 * its children, when the run is cancelled or its time is up.
 */
public interface Transfers {
    /**
     * @param type the database's own name of the type, or DuckDB's for a Parquet file
     */
    record Column(String name, String type) {}

    /**
     * @param bytes size of the file
     */
    record Extracted(Path parquet, long rows, List<Column> columns, long bytes) {}

    /** How a frame goes into its table. */
    enum Mode {
        /** The table holds the frame's rows afterwards; views and grants stay. */
        REPLACE,
        /** Rows are added, once per load id. */
        APPEND,
        /** Rows with a known key replace, others are added. */
        UPSERT
    }

    /**
     * @param parquet one file with the frame
     * @param columns of the frame, DuckDB's types
     * @param keys for {@link Mode#UPSERT}
     * @param loadId names this load for ever: a second apply of it changes nothing
     */
    record Load(
            Path parquet,
            long rows,
            List<Column> columns,
            Mode mode,
            List<String> keys,
            String loadId) {}

    /** Columns of a table or view; empty when there is none. */
    Optional<List<Column>> columns(Connection connection, Relation relation)
            throws TransferException, InterruptedException;

    Extracted extract(Connection connection, Relation relation, Path parquet)
            throws TransferException, InterruptedException;

    /** Staged first, then applied in one transaction or atomic rename. */
    void load(Connection connection, Relation relation, Load load)
            throws TransferException, InterruptedException;

    /**
     * @return how long the connection took to answer
     */
    Duration ping(Connection connection) throws TransferException, InterruptedException;

    /** A transfer that failed; the message is one useful sentence without credentials. */
    final class TransferException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        public TransferException(String message) {
            super(message);
            this.message = message;
        }

        /** Never null. */
        @Override
        public String getMessage() {
            return message;
        }
    }
}
