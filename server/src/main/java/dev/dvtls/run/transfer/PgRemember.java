package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Existing;
import java.util.List;

/**
 * What PostgreSQL remembers of loads: a row for each in {@code _dvt_loads} beside the models,
 * numbered, so that no clock decides which is the last, and with what identifies the table that it
 * went into: one that somebody else made again or emptied is another.
 */
final class PgRemember {
    /** Of a table: its oid, and its file's number, which a TRUNCATE changes. */
    private static final String IDENTITY = "concat_ws(E'/', %1$s::oid, pg_relation_filenode(%1$s))";

    private PgRemember() {}

    /** The relation's oid, NULL when there is none. */
    static String oid(Relation relation) {
        return "to_regclass(" + PgText.literal(Sql.table(relation)) + ")";
    }

    /**
     * The id of the last load, NULL when it is not known. The query stands in a text: PostgreSQL
     * would refuse one that names a table which is not there yet.
     */
    static String last(Relation relation) {
        String query =
                "select case when "
                        + IDENTITY.formatted(oid(relation))
                        + " = table_id then load_id end as load_id from "
                        + loads(relation)
                        + " where relation = "
                        + PgText.literal(relation.identifier())
                        + " order by load_nr desc limit 1";
        return "(case when has_table_privilege("
                + loadsOid(relation)
                + ", E'select') then (regexp_match(cast(query_to_xml("
                + PgText.literal(query)
                + ", false, true, E'') as text), E'<load_id>([^<]*)<'))[1] end)";
    }

    /** Loads of one relation, from wherever, wait for each other until the transaction ends. */
    static String inLine(Relation relation) {
        return lock(relation.schema() + "." + relation.identifier());
    }

    /** Refuses rows for a table that another load changed, unless this one was applied before. */
    static String unchanged(Relation relation, Existing seen, String loadId) {
        String last = last(relation);
        return "if "
                + last
                + " is distinct from "
                + seen.loadId().map(PgText::literal).orElse("null")
                + " and "
                + last
                + " is distinct from "
                + PgText.literal(loadId)
                + " then raise exception using message = "
                + PgText.literal(Staging.overtaken(relation))
                + "; end if";
    }

    /** Models that land side by side in a new schema do not make it twice. */
    static String schema(Relation relation) {
        return "if to_regnamespace("
                + PgText.literal(Sql.name(relation.schema()))
                + ") is null then "
                + lock(relation.schema())
                + "; create schema if not exists "
                + PgText.name(relation.schema())
                + "; end if";
    }

    /** A second apply of the load breaks the key of this table, and changes nothing. */
    static List<String> remember(Relation relation, String loadId) {
        String loads = loads(relation);
        String same = " where relation = " + PgText.literal(relation.identifier());
        return List.of(
                "if "
                        + loadsOid(relation)
                        + " is null then "
                        + lock(relation.schema() + "." + Staging.LOADS)
                        + "; create table if not exists "
                        + loads
                        + " (load_id text primary key, relation text not null, load_nr bigint not"
                        + " null, table_id text, loaded_at timestamp with time zone not null"
                        + " default now()); end if",
                "insert into "
                        + loads
                        + " (load_id, relation, load_nr, table_id) select "
                        + PgText.literal(loadId)
                        + ", "
                        + PgText.literal(relation.identifier())
                        + ", coalesce(max(load_nr), 0) + 1, "
                        + IDENTITY.formatted(oid(relation))
                        + " from "
                        + loads
                        + same,
                "delete from "
                        + loads
                        + same
                        + " and load_nr <= (select max(load_nr) from "
                        + loads
                        + same
                        + ") - "
                        + Staging.KEPT_LOADS);
    }

    /** The rows change by a load that is not remembered: the last one says nothing of them. */
    static String forget(Relation relation) {
        return "if has_table_privilege("
                + loadsOid(relation)
                + ", E'update') then update "
                + loads(relation)
                + " set table_id = null where table_id is not null and relation = "
                + PgText.literal(relation.identifier())
                + "; end if";
    }

    private static String loads(Relation relation) {
        return PgText.table(relation.schema(), Staging.LOADS);
    }

    private static String loadsOid(Relation relation) {
        return "to_regclass(" + PgText.literal(Sql.table(relation.schema(), Staging.LOADS)) + ")";
    }

    private static String lock(String name) {
        return "perform pg_advisory_xact_lock(" + Staging.number(name) + ")";
    }
}
