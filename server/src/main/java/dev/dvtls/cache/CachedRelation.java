package dev.dvtls.cache;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the cache holds of one relation, as its manifest names it.
 *
 * @param origin where it was read or loaded: a word that changes when the target does
 * @param loadId the load that made it what it is; empty for a plain copy of a table
 * @param keys the unique key that {@link Part.Kind#UPSERT} parts follow
 * @param columns of the whole relation, DuckDB's types; every part gives these
 * @param at when it was last written
 * @param parts in order; the first is the base
 */
public record CachedRelation(
        String origin,
        String loadId,
        List<String> keys,
        List<Column> columns,
        Instant at,
        List<Part> parts) {

    /** A column, with DuckDB's name of its type. */
    public record Column(String name, String type) {}

    /**
     * One data file that never changes.
     *
     * @param columns of the file: some of the relation's may be missing or narrower
     */
    public record Part(Kind kind, Path file, long rows, long bytes, List<Column> columns) {
        /** What a file adds to those before it. */
        public enum Kind {
            BASE,
            APPEND,
            UPSERT
        }
    }

    /** Rows in all the files: more than the relation has where an upsert replaced some. */
    public long rowsAtMost() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    /** True when {@link #rowsAtMost} is the relation's row count. */
    public boolean rowsExact() {
        return parts.stream().noneMatch(part -> part.kind() == Part.Kind.UPSERT);
    }

    /** A query that gives the relation's rows. */
    public String sql() {
        return ViewSql.of(parts, keys, columns);
    }
}
