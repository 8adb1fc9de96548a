package dev.dvtls.check;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check may know beyond the project's texts: the interpreter's packages, the cache, DuckDB's
 * opinion of a SQL text. Empty answers mean "not known", and rules then stay silent. Nothing is
 * started. May read small files: never call it on the message loop. Thread-safe.
 */
public interface Outside {
    /** Knows nothing, so that a check depends on the project's texts alone. */
    Outside NOTHING = new Outside() {};

    /** What can be imported by the interpreter that the project's models run in. */
    default Optional<Importable> importable(Manifest manifest) {
        return Optional.empty();
    }

    /** True when there is such a file or folder. */
    default boolean exists(Path path) {
        return false;
    }

    /** Whether the cache holds a node. */
    default Optional<Boolean> isCached(Manifest manifest, Node node) {
        return Optional.empty();
    }

    /** The columns of a node, only where they are all known and as they are now. */
    default Optional<List<Node.Column>> columns(Manifest manifest, Node node) {
        return Optional.empty();
    }

    /** DuckDB's complaint about the syntax of a text of one or more statements. */
    default Optional<SqlTrouble> syntax(String sql) {
        return Optional.empty();
    }

    /**
     * A column that DuckDB does not find, in a query that reads these tables only.
     *
     * @param tables columns by the table's name
     */
    default Optional<SqlTrouble> missingColumn(String sql, Map<String, List<Node.Column>> tables) {
        return Optional.empty();
    }

    /** The time here. */
    default Optional<ZonedDateTime> now() {
        return Optional.empty();
    }

    /**
     * @param offset in the SQL, UTF-16 code units
     * @param name the column that is missing, as written; empty for syntax
     */
    record SqlTrouble(String message, int offset, Optional<String> name) {}

    /** The modules of an interpreter. */
    interface Importable {
        Path python();

        /** True for the name of a module or package, without dots. */
        boolean has(String name);

        /**
         * The part of a dotted name up to the one that is missing; empty when all is there, or when
         * it cannot be told.
         */
        Optional<String> missing(String module);
    }
}
