package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's catalog says of a relation.
 *
 * @param kind {@code relkind}: {@code r} table, {@code p} partitioned, {@code v} view, {@code m}
 *     materialized view, {@code f} foreign table; empty: there is none
 * @param dependents views that would break, as a user writes them
 * @param leftovers staging tables of this relation that an ended run left
 * @param loadId of the last load, where the table is the one that it went into
 * @param digest see {@link Catalog.Table}, as {@code shape}
 */
record PgTable(
        Optional<String> kind,
        List<Field> columns,
        List<String> dependents,
        List<String> leftovers,
        Optional<String> loadId,
        String digest,
        JsonObject shape)
        implements Catalog.Table {
    /**
     * @param type as {@code format_type} writes it, a domain's own resolved
     * @param typtype {@code b} base, {@code c} composite, {@code e} enum, ...
     * @param dims dimensions of an array as declared
     */
    record Field(String name, String type, String typtype, int dims) {
        /** A composite, or an array of arrays: DuckDB gets it as JSON. */
        boolean isDocument() {
            return typtype.equals("c") || dims > 1;
        }
    }

    private record Answer(
            @Nullable String kind,
            @Nullable List<Field> columns,
            @Nullable List<String> dependents) {}

    @Override
    public boolean exists() {
        return kind.isPresent();
    }

    Map<String, Field> byName() {
        return columns.stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }

    /** Of an answer, or of what is known of one. */
    static PgTable of(JsonObject answer) {
        JsonObject shape = answer.getAsJsonObject("shape");
        Answer read = new Gson().fromJson(shape, Answer.class);
        return new PgTable(
                Optional.ofNullable(read.kind()),
                orEmpty(read.columns()),
                orEmpty(read.dependents()),
                texts(answer.get("leftovers")),
                text(answer.get("loadId")),
                answer.get("digest").getAsString(),
                shape);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static List<String> texts(@Nullable JsonElement array) {
        return array == null || array.isJsonNull()
                ? List.of()
                : array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
    }

    private static Optional<String> text(@Nullable JsonElement value) {
        return value == null || value.isJsonNull()
                ? Optional.empty()
                : Optional.of(value.getAsString());
    }

    /** Asks for everything. */
    static String question(Relation relation) {
        return """
        select json_build_object('shape', shape, 'digest', %1$s,
          'leftovers', (select json_agg(c.relname) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = %2$s and starts_with(c.relname, %3$s)),
          'loadId', %4$s)::text as answer from (select %5$s as shape) as q
        """
                .replaceAll("\\s+", " ")
                .formatted(
                        digest("shape"),
                        PgText.literal(relation.schema()),
                        PgText.literal(Staging.prefix(relation)),
                        PgRemember.last(relation),
                        shape(relation));
    }

    /** Whether the relation is still as this says, as a condition. */
    String holds(Relation relation) {
        return digest("(select " + shape(relation) + ")") + " = " + PgText.literal(digest);
    }

    private static String digest(String shape) {
        return "encode(sha256(convert_to(cast(" + shape + " as text), E'UTF8')), E'hex')";
    }

    /** Without what changes from load to load. */
    private static String shape(Relation relation) {
        return """
        json_build_object(
          'kind', (select c.relkind from pg_class c where c.oid = %1$s),
          'columns', (select json_agg(json_build_object(
              'name', a.attname,
              'type', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
                else format_type(a.atttypid, a.atttypmod) end,
              'typtype', t.typtype, 'dims', a.attndims) order by a.attnum)
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = %1$s and a.attnum > 0 and not a.attisdropped),
          'dependents', (select json_agg(distinct r.ev_class::regclass::text)
            from pg_depend d join pg_rewrite r on r.oid = d.objid
            where d.classid = 'pg_rewrite'::regclass and d.refobjid = %1$s
              and r.ev_class <> d.refobjid))
        """
                .replaceAll("\\s+", " ")
                .formatted(PgRemember.oid(relation));
    }
}
