package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The transaction that puts rows into a table of a DuckDB file: either all of it happens or
 * nothing. What types cannot tell is asked of the rows inside it.
 */
final class DuckDbLoad {
    /**
     * @param from where they stand: a table or a table function
     * @param onto what they were computed to be added to, if that matters
     */
    record Rows(
            String from,
            List<Column> columns,
            Mode mode,
            List<String> keys,
            String loadId,
            boolean remembered,
            Optional<Existing> onto) {
        static Rows of(Load load) {
            return new Rows(
                    "read_parquet(" + Sql.text(load.parquet().toString()) + ")",
                    load.columns(),
                    load.mode(),
                    load.keys(),
                    load.loadId(),
                    load.remembered(),
                    load.onto());
        }

        String all() {
            return "select * from " + from;
        }
    }

    private DuckDbLoad() {}

    /** Refuses at once what the types and names alone forbid. */
    static String sql(Relation relation, Rows rows, DuckDbTable table) throws TransferException {
        return transaction(relation, rows, table, changes(relation, rows, table));
    }

    /** Statements that change the table, with what has to stand around them. */
    static String transaction(
            Relation relation, Rows rows, DuckDbTable table, List<String> changes) {
        List<String> statements = new ArrayList<>();
        statements.add("begin");
        rows.onto()
                .map(seen -> DuckDbTable.unchanged(relation, seen, rows.loadId()))
                .ifPresent(statements::add);
        statements.add("create schema if not exists " + Sql.name(relation.schema()));
        statements.addAll(changes);
        if (rows.remembered()) {
            statements.addAll(remember(relation, rows));
        }
        table.remember(relation, rows.remembered() ? Optional.of(rows.loadId()) : Optional.empty())
                .ifPresent(statements::add);
        statements.add("commit");
        return String.join(";\n", statements) + ";\n";
    }

    static List<String> changes(Relation relation, Rows rows, DuckDbTable table)
            throws TransferException {
        if (table.view().isEmpty()) {
            return List.of("create table " + Sql.table(relation) + " as " + rows.all());
        }
        if (table.view().get()) {
            InTheWay.refuseView(relation, rows.mode(), table.dependents());
            return List.of(
                    "drop view " + Sql.table(relation),
                    "create table " + Sql.table(relation) + " as " + rows.all());
        }
        return rows.mode() == Mode.REPLACE
                ? replace(relation, rows, table)
                : add(relation, rows, table);
    }

    private static List<String> replace(Relation relation, Rows rows, DuckDbTable table)
            throws TransferException {
        if (rebuilds(rows.columns(), table)) {
            return List.of("create or replace table " + Sql.table(relation) + " as " + rows.all());
        }
        List<String> changes = table.changed(rows.columns());
        if (!changes.isEmpty()) {
            throw table.refusal(relation, changes);
        }
        List<String> statements = new ArrayList<>();
        for (Fit.Question question : questions(rows, table)) {
            String change = "'" + question.column().name() + "' became " + question.column().type();
            statements.add(
                    Fit.guard(
                            question,
                            rows.from(),
                            Sql.text(table.refusal(relation, List.of(change)).getMessage())));
        }
        statements.add("delete from " + Sql.table(relation));
        statements.add(insert(relation, rows));
        return statements;
    }

    /** Whether a new table may take the place of the old one: no view would notice. */
    static boolean rebuilds(List<Column> columns, DuckDbTable table) {
        return table.dependents().isEmpty() || same(table.columns(), columns);
    }

    private static List<String> add(Relation relation, Rows rows, DuckDbTable table) {
        Map<String, Column> there = table.byName();
        List<String> statements = new ArrayList<>();
        for (Fit.Question question : questions(rows, table)) {
            statements.add(Fit.guard(question, rows.from(), Fit.refusal(relation, question)));
        }
        for (Column column : rows.columns()) {
            if (!there.containsKey(DuckDbTable.key(column.name()))) {
                statements.add(
                        "alter table "
                                + Sql.table(relation)
                                + " add column "
                                + Sql.name(column.name())
                                + " "
                                + column.type());
            }
        }
        if (rows.mode() == Mode.UPSERT) {
            statements.add(
                    "delete from "
                            + Sql.table(relation)
                            + " as t using (select "
                            + Sql.names(rows.keys())
                            + " from "
                            + rows.from()
                            + ") as s where "
                            + rows.keys().stream()
                                    .map(Sql::name)
                                    .map(key -> "t." + key + " = s." + key)
                                    .collect(Collectors.joining(" and ")));
        }
        statements.add(insert(relation, rows));
        return statements;
    }

    /** A second apply of the load breaks the key of this table, and changes nothing. */
    private static List<String> remember(Relation relation, Rows rows) {
        String loads = Sql.table(relation.schema(), Staging.LOADS);
        String same = " where lower(relation) = lower(" + Sql.text(relation.identifier()) + ")";
        return List.of(
                "create table if not exists "
                        + loads
                        + " (load_id varchar primary key, relation varchar not null,"
                        + " loaded_at timestamptz not null default now())",
                "insert into "
                        + loads
                        + " (load_id, relation) values ("
                        + Sql.text(rows.loadId())
                        + ", "
                        + Sql.text(relation.identifier())
                        + ")",
                "delete from "
                        + loads
                        + same
                        + " and load_id <> "
                        + Sql.text(rows.loadId())
                        + " and load_id not in (select load_id from "
                        + loads
                        + same
                        + " order by loaded_at desc limit "
                        + Staging.KEPT_LOADS
                        + ")");
    }

    private static String insert(Relation relation, Rows rows) {
        return "insert into " + Sql.table(relation) + " by name " + rows.all();
    }

    private static List<Fit.Question> questions(Rows rows, DuckDbTable table) {
        Map<String, Column> there = table.byName();
        List<Fit.Question> questions = new ArrayList<>();
        for (Column column : rows.columns()) {
            Column existing = there.get(DuckDbTable.key(column.name()));
            if (existing != null && !existing.type().equals(column.type())) {
                questions.add(
                        new Fit.Question(column, existing.type(), Optional.of(existing.type())));
            }
        }
        return questions;
    }

    private static boolean same(List<Column> there, List<Column> frame) {
        return there.size() == frame.size()
                && IntStream.range(0, there.size())
                        .allMatch(
                                i ->
                                        there.get(i).name().equalsIgnoreCase(frame.get(i).name())
                                                && there.get(i).type().equals(frame.get(i).type()));
    }
}
