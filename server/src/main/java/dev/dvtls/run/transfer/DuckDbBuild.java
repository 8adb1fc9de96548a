package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a view or a table of a query inside a DuckDB file. */
final class DuckDbBuild {
    /** Of this session only: nothing is left of a build that was ended. */
    private static final String STAGE = "temp.\"_dvt_rows\"";

    /** Ends a transaction whose rows are not there: a prompt goes on after an error. */
    private static final String STAGED =
            "select case when count(*) = 0 then error('the rows of the query are not there') end"
                    + " from duckdb_tables() where temporary and table_name = '_dvt_rows'";

    private DuckDbBuild() {}

    /**
     * @param columns of the query
     */
    static String view(Relation relation, String sql, List<Column> columns, DuckDbTable table)
            throws TransferException {
        String create = "create or replace view " + Sql.table(relation) + " as\n" + sql + "\n";
        String before = "begin;\ncreate schema if not exists " + Sql.name(relation.schema());
        if (table.view().isEmpty()) {
            return before + ";\n" + create + ";\ncommit;\n";
        }
        if (table.view().get()) {
            List<String> changes = table.changed(columns);
            if (!table.dependents().isEmpty() && !changes.isEmpty()) {
                throw table.refusal(relation, changes);
            }
            return create + ";\n";
        }
        InTheWay.refuseRead(relation, "table", table.dependents());
        return "begin;\ndrop table " + Sql.table(relation) + ";\n" + create + ";\ncommit;\n";
    }

    /** The last statement gives the number of rows as {@code n}. */
    static String table(
            Relation relation, Build.Table build, List<Column> columns, DuckDbTable table)
            throws TransferException {
        DuckDbLoad.Rows rows =
                new DuckDbLoad.Rows(
                        STAGE,
                        columns,
                        build.mode(),
                        build.keys(),
                        build.loadId(),
                        build.remembered(),
                        Optional.empty());
        if (isDirect(build, columns, table)) {
            String create =
                    "create or replace table " + Sql.table(relation) + " as\n" + build.sql() + "\n";
            return DuckDbLoad.transaction(relation, rows, table, List.of(create))
                    + "select count(*) as n from "
                    + Sql.table(relation)
                    + ";\n";
        }
        List<String> changes = new ArrayList<>(List.of(STAGED));
        changes.addAll(DuckDbLoad.changes(relation, rows, table));
        return "create temp table \"_dvt_rows\" as\n"
                + build.sql()
                + "\n;\n"
                + keys(relation, build, columns)
                + DuckDbLoad.transaction(relation, rows, table, changes)
                + "select count(*) as n from "
                + STAGE
                + ";\n";
    }

    /** Whether the table can be made of the query at once; it may read the old one meanwhile. */
    private static boolean isDirect(Build.Table build, List<Column> columns, DuckDbTable table) {
        if (build.mode() == Mode.UPSERT) {
            return false;
        }
        return table.view().isEmpty()
                || (build.mode() == Mode.REPLACE
                        && !table.view().get()
                        && DuckDbLoad.rebuilds(columns, table));
    }

    /** A query has no last row: of two with one key none can be chosen. */
    private static String keys(Relation relation, Build.Table build, List<Column> columns)
            throws TransferException {
        if (build.mode() != Mode.UPSERT) {
            return "";
        }
        StringBuilder guards = new StringBuilder();
        for (String key : build.keys()) {
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(key))) {
                throw new TransferException(Keys.missing(key));
            }
            guards.append("select case when n > 0 then error(replace(")
                    .append(Sql.text(Keys.isNull(relation, key)))
                    .append(", chr(1), cast(n as varchar))) end from (select count(*) as n from ")
                    .append(STAGE)
                    .append(" where ")
                    .append(Sql.name(key))
                    .append(" is null);\n");
        }
        String example =
                build.keys().stream()
                        .map(
                                key ->
                                        Sql.text(key + " = ")
                                                + ", left(cast("
                                                + Sql.name(key)
                                                + " as varchar), 40)")
                        .collect(Collectors.joining(", ', ', ", "concat(", ")"));
        return guards
                + "select error(replace(replace("
                + Sql.text(Keys.twice(relation, build.keys()))
                + ", chr(1), cast(count(*) as varchar)), chr(2), "
                + example
                + ")) from "
                + STAGE
                + " group by "
                + Sql.names(build.keys())
                + " having count(*) > 1 limit 1;\n";
    }
}
