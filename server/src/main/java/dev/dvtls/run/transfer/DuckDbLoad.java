package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The transaction that applies a load to a DuckDB file. It reads the Parquet file itself, so rows
 * need no staging table: either all of it happens or nothing.
 */
final class DuckDbLoad {
    private DuckDbLoad() {}

    static String sql(Relation relation, Load load, DuckDbTable table, Programs programs)
            throws TransferException, InterruptedException {
        if (table.view().orElse(false)) {
            throw new TransferException(
                    relation.display()
                            + " is a view, not a table; nothing was loaded. Drop it, or give the"
                            + " model another `alias`.");
        }
        List<String> statements = new ArrayList<>();
        statements.add("begin");
        load.onto()
                .map(seen -> DuckDbTable.unchanged(relation, seen, load.loadId()))
                .ifPresent(statements::add);
        statements.add("create schema if not exists " + Sql.name(relation.schema()));
        if (table.view().isEmpty()) {
            statements.add("create table " + Sql.table(relation) + " as " + frame(load));
        } else if (load.mode() == Mode.REPLACE) {
            statements.addAll(replace(relation, load, table, programs));
        } else {
            statements.addAll(add(relation, load, table, programs));
        }
        if (load.remembered()) {
            statements.addAll(remember(relation, load));
        }
        table.remember(relation, load.remembered() ? Optional.of(load.loadId()) : Optional.empty())
                .ifPresent(statements::add);
        statements.add("commit");
        return String.join(";\n", statements) + ";";
    }

    private static List<String> replace(
            Relation relation, Load load, DuckDbTable table, Programs programs)
            throws TransferException, InterruptedException {
        String rebuild = "create or replace table " + Sql.table(relation) + " as " + frame(load);
        if (table.dependents().isEmpty() || same(table.columns(), load.columns())) {
            return List.of(rebuild);
        }
        List<String> changes = new ArrayList<>();
        Map<String, Column> frame = byName(load.columns());
        Map<String, Column> there = byName(table.columns());
        for (Column column : table.columns()) {
            if (!frame.containsKey(key(column.name()))) {
                changes.add("'" + column.name() + "' is gone");
            }
        }
        for (Column column : load.columns()) {
            if (!there.containsKey(key(column.name()))) {
                changes.add("'" + column.name() + "' is new");
            }
        }
        for (Fit.Answer answer : Fit.ask(questions(load, there), load.parquet(), programs)) {
            if (answer.example().isPresent()) {
                Column column = answer.question().column();
                changes.add("'" + column.name() + "' became " + column.type());
            }
        }
        if (!changes.isEmpty()) {
            throw new TransferException(
                    "The columns of "
                            + relation.display()
                            + " changed ("
                            + String.join(", ", changes)
                            + ") and "
                            + String.join(", ", table.dependents())
                            + " reads it; nothing was loaded. Drop that view first, or keep the"
                            + " columns.");
        }
        return List.of("delete from " + Sql.table(relation), insert(relation, load));
    }

    private static List<String> add(
            Relation relation, Load load, DuckDbTable table, Programs programs)
            throws TransferException, InterruptedException {
        Map<String, Column> there = byName(table.columns());
        for (Fit.Answer answer : Fit.ask(questions(load, there), load.parquet(), programs)) {
            if (answer.example().isPresent()) {
                throw Fit.refusal(relation, answer);
            }
        }
        List<String> statements = new ArrayList<>();
        for (Column column : load.columns()) {
            if (!there.containsKey(key(column.name()))) {
                statements.add(
                        "alter table "
                                + Sql.table(relation)
                                + " add column "
                                + Sql.name(column.name())
                                + " "
                                + column.type());
            }
        }
        if (load.mode() == Mode.UPSERT) {
            statements.add(
                    "delete from "
                            + Sql.table(relation)
                            + " as t using (select "
                            + Sql.names(load.keys())
                            + " from "
                            + file(load)
                            + ") as s where "
                            + load.keys().stream()
                                    .map(Sql::name)
                                    .map(key -> "t." + key + " = s." + key)
                                    .collect(Collectors.joining(" and ")));
        }
        statements.add(insert(relation, load));
        return statements;
    }

    /** A second apply of the load breaks the key of this table, and changes nothing. */
    private static List<String> remember(Relation relation, Load load) {
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
                        + Sql.text(load.loadId())
                        + ", "
                        + Sql.text(relation.identifier())
                        + ")",
                "delete from "
                        + loads
                        + same
                        + " and load_id <> "
                        + Sql.text(load.loadId())
                        + " and load_id not in (select load_id from "
                        + loads
                        + same
                        + " order by loaded_at desc limit "
                        + Staging.KEPT_LOADS
                        + ")");
    }

    private static String insert(Relation relation, Load load) {
        return "insert into " + Sql.table(relation) + " by name " + frame(load);
    }

    private static String frame(Load load) {
        return "select * from " + file(load);
    }

    private static String file(Load load) {
        return "read_parquet(" + Sql.text(load.parquet().toString()) + ")";
    }

    private static List<Fit.Question> questions(Load load, Map<String, Column> there) {
        List<Fit.Question> questions = new ArrayList<>();
        for (Column column : load.columns()) {
            Column existing = there.get(key(column.name()));
            if (existing != null && !existing.type().equals(column.type())) {
                questions.add(
                        new Fit.Question(column, existing.type(), Optional.of(existing.type())));
            }
        }
        return questions;
    }

    private static boolean same(List<Column> there, List<Column> frame) {
        return there.size() == frame.size()
                && java.util.stream.IntStream.range(0, there.size())
                        .allMatch(
                                i ->
                                        there.get(i).name().equalsIgnoreCase(frame.get(i).name())
                                                && there.get(i).type().equals(frame.get(i).type()));
    }

    private static Map<String, Column> byName(List<Column> columns) {
        Map<String, Column> map = new HashMap<>();
        columns.forEach(column -> map.put(key(column.name()), column));
        return map;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
