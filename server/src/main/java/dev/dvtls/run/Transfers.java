package dev.dvtls.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Moves tables between a database and Parquet files. Every method ends the program it started, with
 * its children, when the run is cancelled or its time is up.
 */
public interface Transfers {
    /**
     * @param type the database's own name of the type, or DuckDB's for a Parquet file
     */
    record Column(String name, String type) {}

    /** What can be extracted. */
    sealed interface Source {
        record Table(Relation relation) implements Source {}

        /**
         * Rows of a query in the database's own dialect, without a semicolon.
         *
         * @param name of what it stands for, for messages
         * @param schema where a helping view may be made, should the database need one
         */
        record Query(String name, String sql, String schema) implements Source {}
    }

    /**
     * What a relation is on its database now.
     *
     * @param loadId of the last load that was remembered there; empty: none was
     */
    record Existing(boolean view, List<Field> columns, Optional<String> loadId) {}

    /**
     * A column of an existing relation.
     *
     * @param type the database's own name of it
     * @param extracted DuckDB's name of the type that its values have once they are extracted;
     *     empty where that is not certain, or where they may come back changed
     */
    record Field(String name, String type, Optional<String> extracted) {}

    /**
     * @param bytes size of the file
     * @param warning a sentence about values that came as something else than their table says
     */
    record Extracted(
            Path parquet, long rows, List<Column> columns, long bytes, Optional<String> warning) {
        /** All is what the table says. */
        public Extracted(Path parquet, long rows, List<Column> columns, long bytes) {
            this(parquet, rows, columns, bytes, Optional.empty());
        }
    }

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
     * @param remembered whether the target remembers it in the same transaction, so that {@link
     *     Existing#loadId} tells it; an incremental model's loads all are
     * @param onto what the frame was computed to be added to: when another load came since, nothing
     *     is loaded, as rows would be lost or doubled; empty: whatever is there
     */
    record Load(
            Path parquet,
            long rows,
            List<Column> columns,
            Mode mode,
            List<String> keys,
            String loadId,
            boolean remembered,
            Optional<Existing> onto) {
        /** Onto whatever is there. */
        public Load(
                Path parquet,
                long rows,
                List<Column> columns,
                Mode mode,
                List<String> keys,
                String loadId,
                boolean remembered) {
            this(parquet, rows, columns, mode, keys, loadId, remembered, Optional.empty());
        }
    }

    /** What a database makes of a query of its own, without its rows leaving it. */
    sealed interface Build {
        /** In the database's dialect, without a semicolon. */
        String sql();

        /** Replaces a view or, when nothing depends on it, a table. */
        record View(String sql) implements Build {}

        /** The query's rows go into the table as those of a {@link Load} do. */
        record Table(String sql, Mode mode, List<String> keys, String loadId, boolean remembered)
                implements Build {}
    }

    /**
     * Whether anything can be moved over a connection, as far as its fields tell; starts nothing.
     *
     * @throws TransferException for a type that is not known, a field that is missing
     */
    void check(Connection connection) throws TransferException;

    /** Empty when there is no such table or view. */
    Optional<Existing> find(Connection connection, Relation relation)
            throws TransferException, InterruptedException;

    Extracted extract(Connection connection, Source source, Path parquet)
            throws TransferException, InterruptedException;

    /** Staged first, then applied in one transaction or atomic rename. */
    void load(Connection connection, Relation relation, Load load)
            throws TransferException, InterruptedException;

    /**
     * Builds inside the database: a staging table first, as a load does.
     *
     * @return rows that the query gave; empty: a view, or a database that does not say
     */
    OptionalLong build(Connection connection, Relation relation, Build build)
            throws TransferException, InterruptedException;

    /**
     * Rows of a seed's CSV file, typed by its configuration, else by what all values of a column
     * are.
     *
     * @param warn gets sentences about configuration that changes nothing
     */
    Extracted readCsv(Path csv, SeedOptions options, Path parquet, Consumer<String> warn)
            throws BadSeed, TransferException, InterruptedException;

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
