package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Builds for the types that nothing was run on here. Sling goes on after an error, so only what one
 * statement does whole is done: where an engine has no such statement, the build is refused.
 */
final class OtherBuild {
    /**
     * What stands before the relation's name, and between it and the query.
     *
     * @param table empty: the engine cannot replace a table in one statement
     */
    private record Words(String view, String table, String as) {}

    private static final Words USUAL =
            new Words("create or replace view", "create or replace table", " as\n");

    private static final Words VIEWS = new Words("create or replace view", "", " as\n");

    private static final Map<String, Words> WORDS =
            Map.of(
                    "snowflake",
                    new Words(USUAL.view(), USUAL.table(), " copy grants as\n"),
                    "bigquery",
                    USUAL,
                    "databricks",
                    USUAL,
                    "trino",
                    USUAL, // its connectors say so when they cannot
                    "redshift",
                    VIEWS,
                    "oracle",
                    VIEWS,
                    "sqlserver",
                    new Words("create or alter view", "", " as\n"));

    /** Names that need no quotes anywhere; BigQuery's projects have dashes. */
    private static final Pattern PLAIN = Pattern.compile("([A-Za-z0-9_-]+\\.)*[A-Za-z0-9_]+");

    private OtherBuild() {}

    static String sql(String type, Relation relation, Build build) throws TransferException {
        Words words = WORDS.get(type);
        boolean isView = build instanceof Build.View;
        if (words == null || (!isView && words.table().isEmpty())) {
            throw new TransferException(
                    relation.display()
                            + " cannot be built inside "
                            + type
                            + (words == null ? "" : " as a table")
                            + ": it has no statement that replaces it whole, and readers would"
                            + " miss it for a moment. Set materialized='"
                            + (words == null ? "ephemeral" : "view")
                            + "', or let a Python model load it.");
        }
        if (build instanceof Build.Table table && table.mode() != Mode.REPLACE) {
            throw new TransferException(
                    "An incremental SQL model cannot be added to inside "
                            + type
                            + ". Set materialized='table' for "
                            + relation.display()
                            + ", or run with --full-refresh.");
        }
        if (!PLAIN.matcher(relation.display()).matches()) {
            throw new TransferException(
                    relation.display()
                            + " cannot be built inside "
                            + type
                            + ": only names of letters, digits and '_' can. Give it another"
                            + " `alias` or `schema`.");
        }
        return (isView ? words.view() : words.table())
                + " "
                + relation.display()
                + words.as()
                + build.sql();
    }
}
