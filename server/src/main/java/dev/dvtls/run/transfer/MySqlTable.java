package dev.dvtls.run.transfer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MariaDB's catalog says of a relation.
 *
 * @param kind {@code BASE TABLE}, {@code VIEW}, ...; empty: there is none
 * @param engine of a table; empty: none
 * @param comment on a table, a user's words; empty: none
 * @param dependents views that read it, as a user writes them
 * @param pinned triggers and foreign keys, which a rename would take away
 * @param leftovers staging tables of this relation that an ended run left
 * @param indexes the columns of each, in order
 * @param loadId of the last load, where the table has its mark
 * @param sure whether it is the very table of that load, and no copy of its definition
 * @param digest see {@link Catalog.Table}, as {@code shape}
 */
record MySqlTable(
        Optional<String> kind,
        String engine,
        String comment,
        List<Field> columns,
        List<String> dependents,
        List<String> pinned,
        List<String> leftovers,
        List<List<String>> indexes,
        Optional<String> loadId,
        boolean sure,
        String digest,
        JsonObject shape)
        implements Catalog.Table {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+-MariaDB");
    private static final int OLDEST = 1007;

    /** Characters; MariaDB's default is 1,048,576, and no table's lists are so long. */
    private static final int LONG_LISTS = 1_000_000;

    /**
     * @param declared the type as MariaDB writes it
     * @param collation of text, else empty
     */
    record Field(
            int position, String name, MySqlTypes.Type type, String declared, String collation) {
        /** Its type and collation, for another table. */
        String definition() {
            return (type.sql().equals("json") ? "json" : declared)
                    + (collation.isEmpty() || type.sql().equals("json")
                            ? ""
                            : " collate " + collation)
                    + (type.mark().isEmpty() ? "" : " comment '" + type.mark() + "'");
        }
    }

    @Override
    public boolean exists() {
        return kind.isPresent();
    }

    boolean isView() {
        return kind.filter(k -> k.contains("VIEW")).isPresent();
    }

    /** Whether several changes of it are one transaction. */
    boolean isTransactional() {
        return engine.equalsIgnoreCase("InnoDB");
    }

    /** In MariaDB the case of a column's name says nothing. */
    Map<String, Field> byName() {
        Map<String, Field> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        columns.forEach(field -> byName.put(field.name(), field));
        return byName;
    }

    /** Whether the server is one whose statements these are: MariaDB, 10.7 or later. */
    static boolean isMariaDb(Sling.Target target, Programs programs)
            throws TransferException, InterruptedException {
        String version =
                programs.sling()
                        .queryJson(
                                target,
                                "select json_object('version', version()) as answer",
                                programs.limits().query())
                        .get("version")
                        .getAsString();
        Matcher numbers = VERSION.matcher(version);
        return version.contains("MariaDB")
                && numbers.find()
                && Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2))
                        >= OLDEST;
    }

    /**
     * The columns of a query, asked of a view that is gone again.
     *
     * @param view a name that is free
     */
    static List<Field> ofQuery(Sling.Target target, Relation view, String sql, Programs programs)
            throws TransferException, InterruptedException {
        String name = MySqlText.table(view);
        List<String> statements = new ArrayList<>();
        statements.add(
                "declare exit handler for sqlexception begin drop view if exists "
                        + name
                        + "; resignal; end");
        statements.add("create or replace view " + name + " as\n" + sql + "\n");
        statements.addAll(question(view, "null", "null", "null"));
        statements.add("drop view " + name);
        return of(programs.sling()
                        .queryJson(target, MySqlText.asking(statements), programs.limits().query()))
                .columns();
    }

    /** Asks for everything. */
    static String question(Relation relation) {
        List<String> statements = new ArrayList<>();
        statements.add("declare dvt_last, dvt_mark, dvt_sure, dvt_digest text");
        statements.addAll(MySqlRemember.last(relation));
        // As the statement that compares will compute it: with the server's own settings.
        statements.add("set dvt_digest = " + digest(relation));
        statements.addAll(question(relation, "dvt_last", "dvt_sure", "dvt_digest"));
        return MySqlText.asking(statements);
    }

    private static List<String> question(
            Relation relation, String last, String sure, String digest) {
        return List.of(
                "set session group_concat_max_len = 100000000",
                "select " + answer(relation, last, sure, digest) + " as answer");
    }

    /**
     * What {@link #of} reads, as an expression.
     *
     * @param last the id of the last load
     * @param sure NULL, or that the table is the very one of that load
     * @param digest NULL: nobody compares
     */
    static String answer(Relation relation, String last, String sure, String digest) {
        String prefix = Staging.prefix(relation);
        return """
        json_object('shape', %1$s, 'digest', %2$s,
          'leftovers', (select json_arrayagg(table_name) from information_schema.tables
            where table_schema = %3$s and left(table_name, %4$d) = %5$s),
          'loadId', %6$s, 'sure', %7$s)
        """
                .formatted(
                        shape(relation),
                        digest,
                        MySqlText.literal(relation.schema()),
                        prefix.length(),
                        MySqlText.literal(prefix),
                        last,
                        sure);
    }

    /** Whether the relation is still as this says, as a condition; empty: nobody can compare. */
    Optional<String> holds(Relation relation) {
        return digest.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "coalesce("
                                + digest(relation)
                                + " = "
                                + MySqlText.literal(digest)
                                + ", false)");
    }

    /** NULL where the server's own setting would cut the lists that it is made of. */
    private static String digest(Relation relation) {
        return "if(@@group_concat_max_len < "
                + LONG_LISTS
                + ", null, sha2(convert("
                + shape(relation)
                + " using utf8mb4), 256))";
    }

    /** Without what changes from load to load. */
    private static String shape(Relation relation) {
        String schema = MySqlText.literal(relation.schema());
        String name = MySqlText.literal(relation.identifier());
        String table = " where table_schema = " + schema + " and table_name = " + name;
        return """
        json_object(
          'kind', (select table_type from information_schema.tables %1$s),
          'engine', (select engine from information_schema.tables %1$s),
          'comment', (select regexp_replace(table_comment, %5$s, '')
            from information_schema.tables %1$s),
          'columns', (select json_arrayagg(json_object(
              'position', ordinal_position, 'name', column_name, 'type', column_type,
              'collation', collation_name, 'comment', column_comment,
              'json', data_type = 'longtext' and column_name in (
                select k.constraint_name from information_schema.check_constraints k
                where k.constraint_schema = %2$s and k.table_name = %3$s
                  and k.level = 'Column' and k.check_clause like 'json_valid(%%'))
                order by ordinal_position)
            from information_schema.columns %1$s),
          'dependents', (select json_arrayagg(concat(table_schema, '.', table_name)
              order by table_schema, table_name)
            from information_schema.views where locate(%4$s, view_definition) > 0),
          'triggers', (select json_arrayagg(trigger_name order by trigger_name)
            from information_schema.triggers
            where event_object_schema = %2$s and event_object_table = %3$s),
          'foreign', (select json_arrayagg(constraint_name order by constraint_name)
            from information_schema.referential_constraints
            where constraint_schema = %2$s and table_name = %3$s
              or unique_constraint_schema = %2$s and referenced_table_name = %3$s),
          'indexes', (select json_arrayagg(json_object('index', index_name,
              'position', seq_in_index, 'name', column_name) order by index_name, seq_in_index)
            from information_schema.statistics %1$s))
        """
                .formatted(
                        table,
                        schema,
                        name,
                        MySqlText.literal(MySqlText.table(relation)),
                        MySqlText.literal(MySqlRemember.MARK.pattern()));
    }

    /** Of an answer, or of what is known of one. */
    static MySqlTable of(JsonObject answer) {
        JsonObject shape = answer.getAsJsonObject("shape");
        List<Field> columns = new ArrayList<>();
        for (JsonElement element : array(shape, "columns")) {
            JsonObject column = element.getAsJsonObject();
            columns.add(
                    new Field(
                            column.get("position").getAsInt(),
                            column.get("name").getAsString(),
                            MySqlTypes.read(
                                    column.get("type").getAsString(),
                                    text(column, "json").equals("1")
                                            || text(column, "json").equals("true"),
                                    text(column, "comment")),
                            column.get("type").getAsString(),
                            text(column, "collation")));
        }
        columns.sort(Comparator.comparingInt(Field::position));
        Map<String, TreeMap<Integer, String>> indexes = new TreeMap<>();
        for (JsonElement element : array(shape, "indexes")) {
            JsonObject part = element.getAsJsonObject();
            indexes.computeIfAbsent(part.get("index").getAsString(), key -> new TreeMap<>())
                    .put(part.get("position").getAsInt(), text(part, "name"));
        }
        List<String> pinned = new ArrayList<>();
        texts(shape, "triggers").forEach(name -> pinned.add("the trigger " + name));
        texts(shape, "foreign").forEach(name -> pinned.add("the foreign key " + name));
        String kind = text(shape, "kind");
        String loadId = text(answer, "loadId");
        return new MySqlTable(
                kind.isEmpty() ? Optional.empty() : Optional.of(kind),
                text(shape, "engine"),
                text(shape, "comment"),
                List.copyOf(columns),
                texts(shape, "dependents"),
                pinned,
                texts(answer, "leftovers"),
                indexes.values().stream().map(index -> List.copyOf(index.values())).toList(),
                loadId.isEmpty() ? Optional.empty() : Optional.of(loadId),
                !text(answer, "sure").isEmpty(),
                text(answer, "digest"),
                shape);
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    private static List<String> texts(JsonObject object, String key) {
        List<String> texts = new ArrayList<>();
        array(object, key).forEach(element -> texts.add(element.getAsString()));
        return texts;
    }

    /** An array that comes out of a subquery comes as its text. */
    private static JsonArray array(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull()
                ? new JsonArray()
                : value.isJsonArray()
                        ? value.getAsJsonArray()
                        : JsonParser.parseString(value.getAsString()).getAsJsonArray();
    }
}
