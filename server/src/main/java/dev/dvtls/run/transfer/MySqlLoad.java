package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one statement that applies rows in MariaDB. They are first written, typed, into a table of
 * their own, so that a value without a place is met before anything changes. Then that table takes
 * the old one's place by one rename, or its rows go in by one transaction.
 *
 * @param table as it is
 * @param columns of the rows
 * @param changes to the table's columns
 * @param onto see {@code Load}
 */
record MySqlLoad(
        Relation relation,
        MySqlTable table,
        List<In> columns,
        Changes changes,
        Mode mode,
        List<String> keys,
        String loadId,
        boolean remembered,
        Optional<Existing> onto) {
    /**
     * A column of the rows.
     *
     * @param definition of the column that takes it
     */
    record In(String name, String definition) {}

    /** Statements that write the rows into a table's columns and count them in dvt_rows. */
    interface Fill {
        List<String> into(String table, String names);
    }

    /**
     * @param add and
     * @param retype columns of the rows, and
     * @param drop columns of the table, by name
     */
    record Changes(List<String> add, List<String> retype, List<String> drop) {}

    private enum Way {
        /** By a rename; */
        SWAP,
        /** by a transaction; */
        INSIDE,
        /** by a rename, as the table's engine has no transactions, with its old rows copied. */
        COPY
    }

    /** An InnoDB row has 8 kB beside its long values; Aria takes what is wider than that. */
    private static final String TOO_WIDE = "1118, 1117";

    private Way way() {
        boolean all = mode == Mode.REPLACE || table.kind().isEmpty();
        if (all && (table.pinned().isEmpty() || table.kind().isEmpty())) {
            return Way.SWAP;
        }
        return table.isTransactional() ? Way.INSIDE : Way.COPY;
    }

    /** Whether nothing of an existing table is kept. */
    private boolean isNew() {
        return table.kind().isEmpty() || table.isView();
    }

    /** Whether the table's columns and indexes stay as they are. */
    boolean keepsTable() {
        return !isNew()
                && changes.add().isEmpty()
                && changes.retype().isEmpty()
                && changes.drop().isEmpty()
                && (keys.isEmpty() || key().isIndexed());
    }

    /**
     * @param stage name of the staging table
     * @param rows that must be there; 0: none, and no staging table
     * @param checks statements that may refuse the rows
     */
    String sql(String stage, long rows, List<String> checks, Fill fill) {
        List<String> out = new ArrayList<>();
        out.add("declare dvt_last, dvt_mark, dvt_sure, dvt_text text");
        out.add("declare dvt_rows bigint");
        out.add("declare exit handler for sqlexception begin rollback; resignal; end");
        out.addAll(settings());
        out.add(schema(relation));
        out.add(MySqlRemember.inLine(relation));
        if (remembered) {
            out.add(MySqlRemember.makeLoads(relation));
        }
        out.addAll(MySqlRemember.last(relation));
        if (remembered) {
            out.addAll(MySqlRemember.check(relation, loadId, onto));
            out.add(MySqlRemember.own(relation));
        }
        table.holds(relation)
                .map(
                        same ->
                                "if not "
                                        + same
                                        + " then "
                                        + MySqlRemember.signal(Staging.changed(relation))
                                        + "; end if")
                .ifPresent(out::add);
        out.addAll(checks);
        String typed = table(stage + "_n");
        out.add("drop table if exists " + typed + ", " + table(stage + "_f"));
        out.add(makeTyped(typed));
        if (rows > 0) {
            out.addAll(fill.into(typed, names()));
            out.add(
                    "if dvt_rows <> "
                            + rows
                            + " then "
                            + MySqlRemember.signal(
                                    "not all of the "
                                            + rows
                                            + " rows arrived in the staging table; nothing was"
                                            + " loaded")
                            + "; end if");
        }
        switch (way()) {
            case SWAP -> out.addAll(swap(typed, stage));
            case INSIDE -> out.addAll(inside(typed));
            case COPY -> out.addAll(copy(typed, stage));
        }
        out.add(
                "drop table if exists "
                        + List.of(stage, stage + "_n", stage + "_o").stream()
                                .map(this::table)
                                .collect(Collectors.joining(", ")));
        table.leftovers().stream()
                .filter(name -> !name.startsWith(stage))
                .forEach(name -> out.add("drop table if exists " + table(name)));
        return MySqlText.together(out);
    }

    /** A value that does not fit is an error; another's lock is not waited for all day. */
    static List<String> settings() {
        return List.of(
                "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
                "set session innodb_strict_mode = 1",
                "set session lock_wait_timeout = 600");
    }

    static String schema(Relation relation) {
        return "if not exists (select 1 from information_schema.schemata where schema_name = "
                + MySqlText.literal(relation.schema())
                + ") then create database if not exists "
                + MySqlText.name(relation.schema())
                + "; end if";
    }

    private String makeTyped(String typed) {
        boolean whole = way() == Way.SWAP;
        String mark = whole ? comment() : "";
        String fresh =
                "create table "
                        + typed
                        + " ("
                        + columns.stream()
                                .map(c -> MySqlText.name(c.name()) + " " + c.definition())
                                .collect(Collectors.joining(", "))
                        + (keys.isEmpty() ? "" : ", " + key().index())
                        + ") default character set utf8mb4 collate "
                        + MySqlTypes.COLLATION
                        + (mark.isEmpty() ? "" : " " + mark)
                        + " engine=";
        String create = !whole || isNew() ? fresh + "InnoDB" : like(typed, mark);
        return "begin declare exit handler for "
                + TOO_WIDE
                + " begin drop table if exists "
                + typed
                + "; "
                + fresh
                + "Aria; end; "
                + create
                + "; end";
    }

    /** As the table is, its indexes too, and then changed. */
    private String like(String typed, String mark) {
        List<String> parts = new ArrayList<>();
        if (!mark.isEmpty()) {
            parts.add(mark);
        }
        changes.drop().forEach(name -> parts.add("drop column " + MySqlText.name(name)));
        columns.stream()
                .filter(c -> changes.retype().contains(c.name()))
                .forEach(c -> parts.add("modify column " + definition(c)));
        parts.addAll(added());
        if (!keys.isEmpty() && !key().isIndexed()) {
            parts.add("add " + key().index());
        }
        return "create table "
                + typed
                + " like "
                + MySqlText.table(relation)
                + (parts.isEmpty()
                        ? ""
                        : "; alter table " + typed + " " + String.join(", ", parts));
    }

    private List<String> added() {
        return columns.stream()
                .filter(c -> changes.add().contains(c.name()))
                .map(c -> "add column " + definition(c))
                .toList();
    }

    private static String definition(In column) {
        return MySqlText.name(column.name()) + " " + column.definition();
    }

    /** Empty: a new table needs none. A mark that is there goes with the rows. */
    private String comment() {
        return remembered || !isNew()
                ? MySqlRemember.comment(
                        isNew() ? "" : table.comment(), remembered ? "load " + loadId : "")
                : "";
    }

    private List<String> swap(String typed, String stage) {
        List<String> out = new ArrayList<>();
        String name = MySqlText.table(relation);
        String old = table(stage + "_o");
        out.add(
                "rename table "
                        + (table.kind().isEmpty() ? "" : name + " to " + old + ", ")
                        + typed
                        + " to "
                        + name);
        if (remembered) {
            out.add("set dvt_mark = " + MySqlText.literal("load " + loadId));
            out.addAll(MySqlRemember.remember(relation, loadId));
        }
        if (table.isView()) {
            out.add("drop view " + old);
        }
        return out;
    }

    private List<String> inside(String typed) {
        List<String> out = new ArrayList<>();
        String name = MySqlText.table(relation);
        List<String> alters = new ArrayList<>(added());
        if (mode == Mode.UPSERT && !key().isIndexed()) {
            alters.add("add " + key().index());
        }
        if (!alters.isEmpty()) {
            out.add("alter table " + name + " " + String.join(", ", alters));
        }
        if (remembered) {
            String mark = "table " + loadId;
            out.add(
                    "if dvt_mark = '' then alter table "
                            + name
                            + " "
                            + MySqlRemember.comment(table.comment(), mark)
                            + "; set dvt_mark = "
                            + MySqlText.literal(mark)
                            + "; end if");
        }
        out.add("start transaction");
        switch (mode) {
            case REPLACE -> out.add("delete from " + name);
            case UPSERT ->
                    out.add(
                            "delete t from "
                                    + typed
                                    + " as b straight_join "
                                    + name
                                    + " as t on "
                                    + key().match());
            case APPEND -> {}
        }
        out.add(insert(typed, name));
        if (remembered) {
            out.addAll(MySqlRemember.remember(relation, loadId));
        } else {
            out.add(MySqlRemember.forget(relation));
        }
        out.add("commit");
        return out;
    }

    private List<String> copy(String typed, String stage) {
        List<String> out = new ArrayList<>();
        String name = MySqlText.table(relation);
        String full = table(stage + "_f");
        out.add("create table " + full + " like " + name);
        List<String> alters = new ArrayList<>(added());
        alters.add(MySqlRemember.comment(table.comment(), remembered ? "load " + loadId : ""));
        out.add("alter table " + full + " " + String.join(", ", alters));
        if (mode != Mode.REPLACE) {
            String kept =
                    MySqlText.names(table.columns().stream().map(MySqlTable.Field::name).toList());
            out.add(
                    "insert into "
                            + full
                            + " ("
                            + kept
                            + ") select "
                            + kept
                            + " from "
                            + name
                            + " as t"
                            + (mode == Mode.UPSERT
                                    ? " where not exists (select 1 from "
                                            + typed
                                            + " as b where "
                                            + key().match()
                                            + ")"
                                    : ""));
        }
        out.add(insert(typed, full));
        out.add("drop table " + typed);
        out.addAll(swap(full, stage));
        return out;
    }

    private String insert(String from, String to) {
        return "insert into " + to + " (" + names() + ") select " + names() + " from " + from;
    }

    private String names() {
        return MySqlText.names(columns.stream().map(In::name).toList());
    }

    private MySqlKey key() {
        return new MySqlKey(keys, columns, table.indexes());
    }

    private String table(String name) {
        return MySqlText.table(relation.schema(), name);
    }
}
