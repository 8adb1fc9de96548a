package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that apply a staged load in PostgreSQL: one transaction, so that readers see the
 * old rows or the new; the table itself stays, and with it its views and grants.
 *
 * @param create the table is new
 * @param giveWay what stands in its place and goes, such as {@code view}
 * @param add columns, and
 * @param retype columns whose values no longer fit, and
 * @param drop columns that the frame has no more
 * @param types that columns keep, by name
 * @param table as it has to be still
 */
record PgLoad(
        Relation relation,
        Load load,
        PgTable table,
        boolean create,
        Optional<String> giveWay,
        List<Column> add,
        List<Column> retype,
        List<String> drop,
        Map<String, String> types) {
    private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

    /** Whether the table's columns stay as they are. */
    boolean keepsTable() {
        return !create && add.isEmpty() && retype.isEmpty() && drop.isEmpty();
    }

    /** Applies what stands in the staging table, and drops that. */
    String sql(String stage) {
        String name = PgText.table(relation.schema(), relation.identifier());
        String staged = PgText.table(relation.schema(), stage);
        List<String> statements = new ArrayList<>();
        statements.add(PgRemember.inLine(relation));
        load.onto()
                .map(seen -> PgRemember.unchanged(relation, seen, load.loadId()))
                .ifPresent(statements::add);
        statements.add(
                "if not "
                        + table.holds(relation)
                        + " then raise exception using message = "
                        + PgText.literal(Staging.changed(relation))
                        + "; end if");
        if (load.rows() > 0) {
            statements.add(count(staged));
        }
        if (create) {
            statements.add(PgRemember.schema(relation));
            giveWay.ifPresent(kind -> statements.add("drop " + kind + " " + name));
            statements.add(
                    "create table "
                            + name
                            + " ("
                            + load.columns().stream()
                                    .map(c -> PgText.name(c.name()) + " " + type(c))
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        if (load.mode() == Mode.REPLACE && !create) {
            statements.add("delete from " + name);
        }
        change(name).ifPresent(statements::add);
        if (load.remembered()) {
            statements.addAll(PgRemember.remember(relation, load.loadId()));
        } else {
            statements.add(PgRemember.forget(relation));
        }
        if (load.mode() == Mode.UPSERT && !create && load.rows() > 0) {
            statements.add(
                    "delete from " + name + " as t using " + source(staged) + " where " + match());
        }
        if (load.rows() > 0) {
            statements.add(insert(name, staged));
            statements.add("drop table " + staged);
        }
        if (create && load.remembered() && !load.keys().isEmpty()) {
            statements.add(PgIndex.on(relation, load.keys()));
        }
        table.leftovers().stream()
                .filter(left -> !left.equals(stage))
                .map(left -> "drop table if exists " + PgText.table(relation.schema(), left))
                .forEach(statements::add);
        return PgText.together(statements);
    }

    private String insert(String table, String staged) {
        return "insert into "
                + table
                + " ("
                + PgText.names(load.columns().stream().map(Column::name).toList())
                + ") select "
                + values()
                + " from "
                + source(staged);
    }

    /** Sling may lose a row in silence; this does not. */
    private String count(String staged) {
        return "if (select count(*) from "
                + staged
                + ") <> "
                + load.rows()
                + " then raise exception 'not all of the "
                + load.rows()
                + " rows arrived in the staging table; nothing was loaded'; end if";
    }

    /** The staged rows, packed ones with their arrays read once a row. */
    private String source(String staged) {
        int columns = load.columns().size();
        if (!Carrier.isPacked(columns)) {
            return staged + " as s";
        }
        return staged
                + " as a cross join lateral (select "
                + IntStream.range(0, Carrier.width(columns))
                        .mapToObj(Carrier::column)
                        .map(name -> "cast(a." + name + " as jsonb) as " + name)
                        .collect(Collectors.joining(", "))
                + " offset 0) as s";
    }

    private Optional<String> change(String table) {
        List<String> parts = new ArrayList<>();
        drop.forEach(name -> parts.add("drop column " + PgText.name(name)));
        retype.forEach(
                column ->
                        parts.add(
                                "alter column "
                                        + PgText.name(column.name())
                                        + " type "
                                        + PgTypes.of(DuckType.of(column.type()))
                                        + " using null"));
        add.forEach(
                column ->
                        parts.add(
                                "add column "
                                        + PgText.name(column.name())
                                        + " "
                                        + PgTypes.of(DuckType.of(column.type()))));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("alter table " + table + " " + String.join(", ", parts));
    }

    private String match() {
        return load.keys().stream()
                .map(key -> "t." + PgText.name(key) + " = " + value(index(key)))
                .collect(Collectors.joining(" and "));
    }

    private int index(String key) {
        return load.columns().stream().map(Column::name).toList().indexOf(key);
    }

    private String values() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < load.columns().size(); i++) {
            values.add(value(i));
        }
        return String.join(", ", values);
    }

    /** The carried text as the column's own type. */
    private String value(int index) {
        Column column = load.columns().get(index);
        String carried =
                Carrier.isPacked(load.columns().size())
                        ? "(s." + Carrier.group(index) + " ->> " + Carrier.place(index) + ")"
                        : "nullif(s." + Carrier.column(index) + ", '')";
        String text = "substr(" + carried + ", 2)";
        return switch (DuckType.of(column.type()).family()) {
            case BYTES -> "decode(" + text + ", 'hex')";
            case TEXT ->
                    cast(
                            "case when left("
                                    + carried
                                    + ", 1) = '~' then convert_from(decode("
                                    + text
                                    + ", 'hex'), 'UTF8') else "
                                    + text
                                    + " end",
                            type(column));
            case DECIMAL, FLOAT ->
                    cast(
                            INTEGERS.contains(type(column))
                                    ? "cast(" + text + " as numeric)"
                                    : text,
                            type(column));
            default -> cast(text, type(column));
        };
    }

    private static String cast(String value, String type) {
        return type.equals("text") ? value : "cast(" + value + " as " + type + ")";
    }

    /** The type that the column has once the load is applied. */
    private String type(Column column) {
        return types.getOrDefault(column.name(), PgTypes.of(DuckType.of(column.type())));
    }
}
