package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import java.util.List;

/**
 * The index by which a load finds the rows that it replaces: without one, each upsert of a thousand
 * rows reads the whole table. It is no unique one, so that it never refuses a row.
 */
final class PgIndex {
    private PgIndex() {}

    /**
     * For a table that was just made and filled. A key that no index can hold is no failure. The
     * statistics are what lets the planner take the index from the first upsert on.
     */
    static String on(Relation relation, List<String> keys) {
        String columns = PgText.table(relation.schema(), relation.identifier());
        columns += " (" + PgText.names(keys) + ")";
        return "begin create index on "
                + columns
                + "; analyze "
                + columns
                + "; exception when others then null; end";
    }
}
