package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.TransferException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a DuckDB file says of a relation. Names there do not know capitals from small letters.
 *
 * @param view whether it is one; empty: there is no such relation
 * @param dependents views that read it, by their text: DuckDB keeps no list
 * @param comment on a table; empty: none
 */
record DuckDbTable(
        Optional<Boolean> view, List<Column> columns, List<String> dependents, String comment) {
    static final DuckDbTable NONE = new DuckDbTable(Optional.empty(), List.of(), List.of(), "");

    /** Ends a table's comment: the last load that is remembered. It goes with the table. */
    private static final Pattern LAST_LOAD = Pattern.compile("\\s*\\[dvt load ([^\\]]*)\\]$");

    private record View(String schema, String name, String sql) {}

    private record Answer(
            @Nullable Boolean view,
            @Nullable List<Column> columns,
            @Nullable List<View> views,
            @Nullable String comment) {}

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Map<String, Column> byName() {
        return byName(columns);
    }

    private static Map<String, Column> byName(List<Column> columns) {
        return columns.stream()
                .collect(Collectors.toMap(c -> key(c.name()), Function.identity(), (a, b) -> a));
    }

    /** What a new set of columns changes, by names: {@code 'x' is gone}. */
    List<String> changed(List<Column> others) {
        Map<String, Column> here = byName();
        Map<String, Column> there = byName(others);
        return Stream.concat(
                        columns.stream()
                                .filter(c -> !there.containsKey(key(c.name())))
                                .map(c -> "'" + c.name() + "' is gone"),
                        others.stream()
                                .filter(c -> !here.containsKey(key(c.name())))
                                .map(c -> "'" + c.name() + "' is new"))
                .toList();
    }

    TransferException refusal(Relation relation, List<String> changes) {
        return InTheWay.columnsRead(relation, changes, dependents);
    }

    Optional<String> loadId() {
        Matcher last = LAST_LOAD.matcher(comment);
        return last.find() ? Optional.of(last.group(1)) : Optional.empty();
    }

    /** The statement after which the comment tells this load, or none; a user's words stay. */
    Optional<String> remember(Relation relation, Optional<String> loadId) {
        String words = LAST_LOAD.matcher(comment).replaceFirst("");
        String all = (words + loadId.map(id -> " [dvt load " + id + "]").orElse("")).strip();
        return all.isEmpty() && comment.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "comment on table "
                                + Sql.table(relation)
                                + " is "
                                + (all.isEmpty() ? "null" : Sql.text(all)));
    }

    /** Refuses rows for a table that another load changed, unless this one was applied before. */
    static String unchanged(Relation relation, Existing seen, String loadId) {
        return "select case when coalesce(nullif(regexp_extract((select any_value(comment) from"
                + " duckdb_tables() where database_name = current_database() and"
                + " lower(schema_name) = lower("
                + Sql.text(relation.schema())
                + ") and lower(table_name) = lower("
                + Sql.text(relation.identifier())
                + ")), '\\[dvt load ([^\\]]*)\\]$', 1), ''), '') not in ("
                + Sql.text(seen.loadId().orElse(""))
                + ", "
                + Sql.text(loadId)
                + ") then error("
                + Sql.text(Staging.overtaken(relation))
                + ") end";
    }

    static DuckDbTable read(InsideDuckDb inside, Relation relation, Duration limit)
            throws TransferException, InterruptedException {
        return of(
                new Gson().fromJson(inside.queryJson(query(relation), limit), Answer.class),
                relation);
    }

    private static DuckDbTable of(Answer answer, Relation relation) {
        Pattern name =
                Pattern.compile(
                        "(?i)(?<![\\p{L}\\p{N}_])"
                                + Pattern.quote(relation.identifier())
                                + "(?![\\p{L}\\p{N}_])");
        return new DuckDbTable(
                Optional.ofNullable(answer.view()),
                answer.columns() == null ? List.of() : answer.columns(),
                answer.views() == null
                        ? List.of()
                        : answer.views().stream()
                                .filter(view -> name.matcher(body(view.sql())).find())
                                .filter(
                                        view ->
                                                !view.name().equalsIgnoreCase(relation.identifier())
                                                        || !view.schema()
                                                                .equalsIgnoreCase(
                                                                        relation.schema()))
                                .map(view -> view.schema() + "." + view.name())
                                .toList(),
                answer.comment() == null ? "" : answer.comment());
    }

    private static String body(String sql) {
        int as = sql.toUpperCase(Locale.ROOT).indexOf(" AS ");
        return as < 0 ? sql : sql.substring(as);
    }

    /** One JSON object. */
    static String query(Relation relation) {
        String same =
                "database_name = current_database() and lower(schema_name) = lower("
                        + Sql.text(relation.schema())
                        + ")";
        String named = " = lower(" + Sql.text(relation.identifier()) + ")";
        return "select cast(to_json(struct_pack(\"view\" := (select bool_or(v) from (select false"
                + " as v from duckdb_tables() where "
                + same
                + " and lower(table_name)"
                + named
                + " union all select true from duckdb_views() where "
                + same
                + " and lower(view_name)"
                + named
                + ")), columns := (select list(struct_pack(name := column_name, type := data_type)"
                + " order by column_index) from duckdb_columns() where "
                + same
                + " and lower(table_name)"
                + named
                + "), views := (select list(struct_pack(schema := schema_name, name := view_name,"
                + " sql := sql)) from duckdb_views() where not internal and database_name ="
                + " current_database()), comment := (select any_value(comment) from duckdb_tables()"
                + " where "
                + same
                + " and lower(table_name)"
                + named
                + "))) as varchar) as answer";
    }
}
