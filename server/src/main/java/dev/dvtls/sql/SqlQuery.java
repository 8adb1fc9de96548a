package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.List;

/**
 * A query as far as its names go; text that is not finished has one as well.
 *
 * @param area between its brackets, or the whole statement
 * @param cores {@code SELECT}s joined by {@code UNION} and its like; one at least
 */
record SqlQuery(Span area, List<Cte> ctes, List<Core> cores) {
    /** What a place in a {@code SELECT} belongs to. */
    enum Clause {
        START,
        SELECT,
        FROM,
        ON,
        USING,
        WHERE,
        /** Where names of the select list are known too. */
        AFTER_SELECT,
        LIMIT
    }

    /** A clause that begins at an offset. */
    record Mark(int offset, Clause clause) {}

    /**
     * @param columns its own names for them; empty: those of its query
     */
    record Cte(String name, List<String> columns, SqlQuery query, boolean recursive) {}

    /**
     * One {@code SELECT}.
     *
     * @param star true without a select list: {@code FROM t}
     * @param items of the select list
     * @param merged columns that joins make one of: {@code USING (a)}
     * @param natural a join merges whatever has one name
     * @param nested queries in its expressions
     */
    record Core(
            Span area,
            List<Mark> marks,
            boolean star,
            List<List<SqlToken>> items,
            List<FromItem> from,
            List<String> merged,
            boolean natural,
            List<SqlQuery> nested) {

        Clause clauseAt(int offset) {
            Clause clause = Clause.START;
            for (Mark mark : marks) {
                if (mark.offset() <= offset) {
                    clause = mark.clause();
                }
            }
            return clause;
        }
    }

    /**
     * Something that a {@code FROM} reads.
     *
     * @param alias as the query calls it; empty: it cannot be named
     * @param columns its own names for them
     */
    record FromItem(Source source, String alias, List<String> columns) {}

    /** Where a {@code FROM} gets rows. */
    sealed interface Source {}

    /**
     * @param plain without a schema, or with the session's own
     */
    record Table(String name, Span span, boolean plain) implements Source {}

    record Derived(SqlQuery query) implements Source {}

    /** A function, a file. */
    record Unknown() implements Source {}
}
