package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.TransferException;
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
 */
record PgTable(
        Optional<String> kind,
        List<Field> columns,
        List<String> dependents,
        List<String> leftovers,
        Optional<String> loadId) {
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
            @Nullable List<String> dependents,
            @Nullable List<String> leftovers,
            @Nullable String loadId) {}

    Map<String, Field> byName() {
        return columns.stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }

    static PgTable read(Sling.Target target, Relation relation, Programs programs)
            throws TransferException, InterruptedException {
        JsonObject answer =
                programs.sling().queryJson(target, query(relation), programs.limits().query());
        Answer read = new Gson().fromJson(answer, Answer.class);
        return new PgTable(
                Optional.ofNullable(read.kind()),
                orEmpty(read.columns()),
                orEmpty(read.dependents()),
                orEmpty(read.leftovers()),
                Optional.ofNullable(read.loadId()));
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String query(Relation relation) {
        return """
        select json_build_object(
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
              and r.ev_class <> d.refobjid),
          'leftovers', (select json_agg(c.relname) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = %2$s and starts_with(c.relname, %3$s)),
          'loadId', %4$s)::text as answer
        """
                .replaceAll("\\s+", " ")
                .formatted(
                        PgRemember.oid(relation),
                        PgText.literal(relation.schema()),
                        PgText.literal(Staging.prefix(relation)),
                        PgRemember.last(relation));
    }
}
