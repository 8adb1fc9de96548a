package dev.dvtls.run.transfer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a load changes about a SQLite table.
 *
 * @param how a word of {@code dvt_sqlite}: create, instead, rebuild, empty, append, upsert
 * @param columns of the frame, with the types that they have in the table afterwards
 * @param add those of them that the table gets
 */
record SqliteLoad(
        Relation relation,
        Load load,
        SqliteTable table,
        String how,
        List<Field> columns,
        List<Field> add) {
    /**
     * @param column of the frame
     * @param name in the table
     * @param declared type there
     */
    record Field(Column column, String name, String declared) {
        /** The type that the frame's values are turned into on their way. */
        DuckType type() {
            return DuckType.of(SqliteTypes.holds(declared).orElse(column.type()));
        }

        String value() {
            String name = Sql.name(column.name());
            return type().name().equals(column.type())
                    ? name
                    : "cast(" + name + " as " + type().name() + ")";
        }
    }

    static SqliteLoad plan(Relation relation, Load load, SqliteTable table, Programs programs)
            throws TransferException, InterruptedException {
        if (table.isView()) {
            InTheWay.refuseView(relation, load.mode(), named(relation, table.readers().keySet()));
        }
        Map<String, String> fresh = declared(load, programs);
        Map<String, Column> there = table.byName();
        Set<String> retype =
                table.kind().isEmpty() ? Set.of() : retyped(relation, load, table, fresh, programs);
        List<Field> columns = new ArrayList<>();
        List<Field> add = new ArrayList<>();
        for (Column column : load.columns()) {
            Optional<Column> old =
                    table.isView()
                            ? Optional.empty()
                            : Optional.ofNullable(there.get(SqliteTable.key(column.name())))
                                    .filter(c -> !retype.contains(column.name()));
            String type = String.valueOf(fresh.get(column.name()));
            Field field =
                    new Field(
                            column,
                            old.map(Column::name).orElse(column.name()),
                            old.map(Column::type).orElse(type));
            columns.add(field);
            if (old.isEmpty()) {
                add.add(field);
            }
        }
        return new SqliteLoad(relation, load, table, how(load, table, retype), columns, add);
    }

    private static List<String> named(Relation relation, Set<String> views) {
        return views.stream().sorted().map(view -> relation.schema() + "." + view).toList();
    }

    private static String how(Load load, SqliteTable table, Set<String> retype) {
        if (table.kind().isEmpty()) {
            return "create";
        }
        if (table.isView()) {
            return "instead";
        }
        return switch (load.mode()) {
            case REPLACE -> retype.isEmpty() && gone(load, table).isEmpty() ? "empty" : "rebuild";
            case APPEND -> "append";
            case UPSERT -> "upsert";
        };
    }

    /** The declared type that each column of the frame would get in a new table. */
    private static Map<String, String> declared(Load load, Programs programs)
            throws TransferException, InterruptedException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < load.columns().size(); i++) {
            Column column = load.columns().get(i);
            int index = i;
            SqliteTypes.tooWide(DuckType.of(column.type()), Sql.name(column.name()))
                    .ifPresent(
                            wide -> items.add("count(*) filter (where " + wide + ") as w" + index));
        }
        JsonObject counts =
                items.isEmpty()
                        ? new JsonObject()
                        : programs.duckdb()
                                .query(
                                        "select "
                                                + String.join(",\n ", items)
                                                + "\nfrom "
                                                + file(load)
                                                + ";",
                                        programs.limits().data())
                                .get(0)
                                .getAsJsonObject();
        Map<String, String> declared = new HashMap<>();
        for (int i = 0; i < load.columns().size(); i++) {
            Column column = load.columns().get(i);
            boolean wide = counts.has("w" + i) && DuckDb.number(counts, "w" + i) > 0;
            declared.put(column.name(), SqliteTypes.declared(DuckType.of(column.type()), wide));
        }
        return declared;
    }

    /** Columns of the frame whose type in the table changes, or a refusal. */
    private static Set<String> retyped(
            Relation relation,
            Load load,
            SqliteTable table,
            Map<String, String> fresh,
            Programs programs)
            throws TransferException, InterruptedException {
        List<Fit.Question> questions = new ArrayList<>();
        Map<String, Column> there = table.byName();
        for (Column column : load.columns()) {
            Column old = there.get(SqliteTable.key(column.name()));
            if (old != null && !old.type().equalsIgnoreCase(fresh.get(column.name()))) {
                SqliteTypes.holds(old.type())
                        .ifPresent(
                                holds ->
                                        questions.add(
                                                new Fit.Question(
                                                        column, old.type(), Optional.of(holds))));
            }
        }
        Set<String> retype = new HashSet<>();
        List<String> changes = new ArrayList<>();
        Set<String> readers = new HashSet<>();
        for (Fit.Answer answer : Fit.ask(questions, load.parquet(), programs)) {
            Column column = answer.question().column();
            boolean fits = answer.example().isEmpty();
            if (load.mode() != Mode.REPLACE && !fits) {
                throw Fit.refusal(relation, answer);
            }
            List<String> reading = table.readersOf(column.name());
            boolean kept = fits && (!table.made() || !reading.isEmpty());
            if (load.mode() == Mode.REPLACE && !answer.empty() && !kept) {
                retype.add(column.name());
                if (!reading.isEmpty()) {
                    readers.addAll(reading);
                    changes.add("'" + column.name() + "' became " + column.type());
                }
            }
        }
        if (load.mode() == Mode.REPLACE) {
            for (String gone : gone(load, table)) {
                if (!table.readersOf(gone).isEmpty()) {
                    readers.addAll(table.readersOf(gone));
                    changes.add("'" + gone + "' is gone");
                }
            }
        }
        if (!changes.isEmpty()) {
            throw InTheWay.columnsRead(relation, changes, named(relation, readers));
        }
        return retype;
    }

    private static List<String> gone(Load load, SqliteTable table) {
        Set<String> names =
                load.columns().stream()
                        .map(column -> SqliteTable.key(column.name()))
                        .collect(Collectors.toSet());
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> !names.contains(SqliteTable.key(name)))
                .toList();
    }

    /** Values that must not be there. */
    List<FrameCheck.Rule> rules() throws TransferException {
        List<FrameCheck.Rule> rules = new ArrayList<>(FrameCheck.keys(load));
        for (Field field : columns) {
            DuckType type = DuckType.of(field.column().type());
            String name = Sql.name(field.column().name());
            switch (type.family()) {
                case FLOAT ->
                        rules.add(
                                new FrameCheck.Rule(
                                        field.column(),
                                        "isnan(" + name + ")",
                                        "has NaN, which SQLite would store as NULL,"));
                case JSON, NESTED -> rules.add(FrameCheck.json(field.column()));
                default -> {}
            }
            if (!add.contains(field) && SqliteTypes.isNumeric(field.declared())) {
                SqliteTypes.tooWide(type, name)
                        .ifPresent(
                                wide ->
                                        rules.add(
                                                new FrameCheck.Rule(
                                                        field.column(),
                                                        wide,
                                                        "is "
                                                                + field.declared()
                                                                + ", of which SQLite keeps "
                                                                + SqliteTypes.EXACT_DIGITS
                                                                + " digits, and has more of them"
                                                                + " (a rebuild with --full-refresh"
                                                                + " makes it text)")));
            }
        }
        return rules;
    }

    /** The statement that writes the rows for Python, each a line of marked texts. */
    String write(Path csv) {
        List<String> items = new ArrayList<>();
        items.add("'r' as " + Carrier.FIRST);
        for (int i = 0; i < columns.size(); i++) {
            items.add(
                    SqliteTypes.write(columns.get(i).type(), columns.get(i).value())
                            + " as "
                            + Carrier.column(i));
        }
        return "copy (select\n  "
                + String.join(",\n  ", items)
                + "\nfrom "
                + file(load)
                + ") to "
                + Sql.text(csv.toString())
                + " (format csv, header);";
    }

    /** What Python has to know to apply it. */
    void into(JsonObject request) {
        request.addProperty("how", how);
        JsonArray fields = new JsonArray();
        for (Field field : columns) {
            JsonObject json = new JsonObject();
            json.addProperty("name", field.name());
            json.addProperty("type", field.declared());
            json.addProperty("kind", SqliteTypes.kind(field.type(), field.declared()));
            fields.add(json);
        }
        request.add("columns", fields);
        request.add("definition", pairs(columns.stream().map(this::pair).toList()));
        boolean alter = !Set.of("create", "instead", "rebuild").contains(how);
        request.add("add", pairs(alter ? add.stream().map(this::pair).toList() : List.of()));
        if (table.kind().isPresent()) {
            request.add("there", pairs(table.columns()));
        }
        JsonArray keys = new JsonArray();
        Map<String, String> names =
                columns.stream().collect(Collectors.toMap(f -> f.column().name(), Field::name));
        load.keys().forEach(key -> keys.add(names.getOrDefault(key, key)));
        request.add("keys", keys);
        request.addProperty("loadId", load.loadId());
        request.addProperty("remembered", load.remembered());
        request.addProperty("keptLoads", Staging.KEPT_LOADS);
        load.onto()
                .ifPresent(
                        seen -> {
                            request.addProperty("onto", seen.loadId().orElse(""));
                            request.addProperty("overtaken", Staging.overtaken(relation) + ".");
                        });
    }

    private Column pair(Field field) {
        return new Column(field.name(), field.declared());
    }

    private static JsonArray pairs(List<Column> columns) {
        JsonArray pairs = new JsonArray();
        for (Column column : columns) {
            JsonArray pair = new JsonArray();
            pair.add(column.name());
            pair.add(column.type());
            pairs.add(pair);
        }
        return pairs;
    }

    private static String file(Load load) {
        return "read_parquet(" + Sql.text(load.parquet().toString()) + ")";
    }
}
