package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement of PostgreSQL's that makes a view or a table of a query. It looks at what is there
 * and decides under the relation's lock: all of it happens or nothing, in one start of Sling.
 */
final class PgBuild {
    /** Rows up to which their number is handed back: it costs an empty row each. */
    private static final int COUNTED = 2_000_000;

    private static final String STAGE = "pg_temp._dvt_rows";

    private static final String DECLARE =
            """
            declare
              v_id oid; v_kind text; v_readers text; v_from text; v_rows bigint; v_n bigint;
              v_text text; v_hint text; v_any boolean; c record; v_acl aclitem[]; v_value text;
              v_changes text[]; v_alters text[]; v_names text[]; v_values text[]; v_match text[];
            """;

    /** What the relation is, and what would break with it. */
    private static final String LOOK =
            """
            select r.oid, r.relkind, r.relacl into v_id, v_kind, v_acl
              from pg_class r where r.oid = %1$s;
            select string_agg(distinct r.ev_class::regclass::text, ', ') into v_readers
              from pg_depend d join pg_rewrite r on r.oid = d.objid
              where d.classid = 'pg_rewrite'::regclass and d.refobjid = v_id
                and r.ev_class <> d.refobjid;
            """;

    /** One of another kind gives way when nothing reads it. */
    private static final String GIVE_WAY =
            """
            if v_readers is not null then
              raise exception using message = %1$s || ' is a ' || v_text || ' and ' || v_readers ||
                ' depends on it; nothing was loaded. Drop that first, or give the model another'
                ' `alias`.';
            end if;
            execute 'drop ' || v_text || ' ' || %2$s;
            """;

    private static final String KIND =
            """
            v_text := case v_kind when 'v' then 'view' when 'm' then 'materialized view'
              when 'f' then 'foreign table' else 'table' end;
            """;

    private static final String GRANT =
            """
            for c in select a.privilege_type, a.is_grantable,
                case a.grantee when 0 then 'public' else quote_ident(g.rolname) end as grantee
              from aclexplode(v_acl) a left join pg_roles g on g.oid = a.grantee
              where a.grantee = 0 or g.rolname <> current_user
            loop
              execute format('grant %%s on %%s to %%s%%s', c.privilege_type, %1$s, c.grantee,
                case when c.is_grantable then ' with grant option' else '' end);
            end loop;
            """;

    /** Columns of the rows against those of the table. */
    private static final String COMPARE =
            """
            for c in select n.attname as name, format_type(n.atttypid, n.atttypmod) as type,
                case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
                  else format_type(o.atttypid, o.atttypmod) end as old
              from pg_attribute n
              left join pg_attribute o on o.attrelid = v_id and o.attname = n.attname
                and o.attnum > 0 and not o.attisdropped
              left join pg_type t on t.oid = o.atttypid
              where n.attrelid = to_regclass('pg_temp._dvt_rows') and n.attnum > 0
                and not n.attisdropped
              order by n.attnum
            loop
              v_value := format('s.%%I', c.name);
              if c.old is null then
                v_alters := v_alters || format('add column %%I %%s', c.name, c.type);
              elsif c.old <> c.type and %1$s and v_readers is null then
                v_alters := v_alters
                  || format('alter column %%I type %%s using null', c.name, c.type);
              elsif c.old <> c.type then
                v_text := null;
                execute format('select exists (select from pg_temp._dvt_rows s where %%s is not'
                  ' null)', v_value) into v_any;
                begin
                  if v_any then
                    execute format('select %%1$s::text from pg_temp._dvt_rows s where %%1$s is not'
                      ' null and %%1$s::%%2$s::%%3$s%%4$s is distinct from %%1$s%%4$s limit 1',
                      v_value, c.old, c.type,
                      case when c.type in ('json', 'xml', 'point') then '::text' else '' end)
                      into v_text;
                    v_text := '''' || left(v_text, 40) || ''' (' || c.type || ')';
                  end if;
                exception when others then
                  v_text := 'its ' || c.type || ' (' || sqlerrm || ')';
                end;
                if v_text is not null and %1$s then
                  v_changes := v_changes || format('''%%s'' became %%s', c.name, c.type);
                elsif v_text is not null then
                  raise exception using message = format('The column ''%%s'' of %%s is %%s and'
                    ' cannot take %%s; nothing was loaded. Convert it in the model, or rebuild the'
                    ' table with --full-refresh.', c.name, %2$s, c.old, v_text);
                end if;
                v_value := case when v_any then v_value else 'null' end || '::' || c.old;
              end if;
              v_names := v_names || quote_ident(c.name);
              v_values := v_values || v_value;
              if c.name = any (%3$s) then
                v_match := v_match || format('t.%%I = %%s', c.name, v_value);
              end if;
            end loop;
            """;

    private static final String GONE =
            """
            for c in select o.attname as name from pg_attribute o
              where o.attrelid = v_id and o.attnum > 0 and not o.attisdropped and not exists (
                select from pg_attribute n where n.attrelid = to_regclass('pg_temp._dvt_rows')
                  and n.attname = o.attname and n.attnum > 0 and not n.attisdropped)
            loop
              v_changes := v_changes || format('''%%s'' is gone', c.name);
              v_alters := v_alters || format('drop column %%I', c.name);
            end loop;
            if v_readers is not null and v_changes is not null then
              raise exception using message = format('The columns of %%s changed (%%s) and %%s'
                ' depends on it; nothing was loaded. Drop that view first, or keep the columns.',
                %1$s, array_to_string(v_changes, ', '), v_readers);
            end if;
            """;

    private static final String ALTER =
            """
            if v_alters is not null then
              execute 'alter table ' || %1$s || ' ' || array_to_string(v_alters, ', ');
            end if;
            """;

    private static final String INSERT =
            """
            execute format('insert into %%s (%%s) select %%s from pg_temp._dvt_rows s', %1$s,
              array_to_string(v_names, ', '), array_to_string(v_values, ', '));
            """;

    /** PostgreSQL's detail and hint are lost on the way; its errors keep them so. */
    private static final String EXPLAIN =
            """
            exception when others then
              get stacked diagnostics v_text = pg_exception_detail, v_hint = pg_exception_hint;
              raise exception using errcode = sqlstate, message = regexp_replace(concat_ws('. ',
                sqlerrm, nullif(v_text, ''), nullif(v_hint, '')), '[[:space:]]+', ' ', 'g');
            end
            """;

    private final Relation relation;

    /** The relation as a user reads it, and */
    private final String shown;

    /** its quoted name, both as texts of PostgreSQL's. */
    private final String quoted;

    PgBuild(Relation relation) {
        this.relation = relation;
        this.shown = PgText.literal(relation.display());
        this.quoted = PgText.literal(PgText.table(relation.schema(), relation.identifier()));
    }

    String view(Build.View build) {
        String create = run("create view " + name() + " as ", build.sql());
        return statement(
                """
                if v_kind = 'v' then
                  begin
                    %1$s
                  exception when invalid_table_definition then
                    if v_readers is not null then
                      raise exception using message = 'The columns of ' || %3$s || ' changed and '
                        || v_readers || ' depends on it; nothing was loaded. Drop that view first,'
                        ' or keep the columns.';
                    end if;
                    execute 'drop view ' || %4$s;
                    %2$s
                    %5$s
                  end;
                elsif v_kind is not null then
                  %6$s %7$s %2$s %5$s
                else
                  %2$s
                end if;
                """
                        .formatted(
                                run("create or replace view " + name() + " as ", build.sql()),
                                create,
                                shown,
                                quoted,
                                GRANT.formatted(quoted),
                                KIND,
                                GIVE_WAY.formatted(shown, quoted)));
    }

    /** The statement, and a second that tells the number of rows by how many it gives. */
    String table(Build.Table build) {
        String body =
                """
                if v_kind is null then
                  v_from := %1$s;
                  %2$s
                else
                  v_from := '%3$s';
                  %4$s
                end if;
                get diagnostics v_rows = row_count;
                %5$s
                if v_kind not in ('r', 'p') then
                  %6$s
                elsif v_kind is not null then
                  %7$s
                end if;
                %8$s
                perform set_config('dvt.rows', %9$s || ' ' || v_rows, false);
                """
                        .formatted(
                                quoted,
                                run("create table " + name() + " as ", build.sql()),
                                STAGE,
                                run("create temp table _dvt_rows on commit drop as ", build.sql()),
                                keys(build),
                                instead(build.mode()),
                                apply(build),
                                remembered(build),
                                PgText.literal(build.loadId()));
        return statement(body)
                + "; select from generate_series(1, case when"
                + " split_part(current_setting('dvt.rows', true), ' ', 1) = "
                + PgText.literal(build.loadId())
                + " then nullif(least(cast(split_part(current_setting('dvt.rows', true), ' ', 2) as"
                + " bigint), "
                + (COUNTED + 1)
                + "), "
                + (COUNTED + 1)
                + ") + 1 else 0 end)";
    }

    private String statement(String body) {
        return "do "
                + PgText.literal(
                        DECLARE
                                + "begin\n"
                                + PgRemember.inLine(relation)
                                + ";\n"
                                + PgRemember.schema(relation)
                                + ";\n"
                                + LOOK.formatted(PgRemember.oid(relation))
                                + body
                                + EXPLAIN);
    }

    private String name() {
        return PgText.table(relation.schema(), relation.identifier());
    }

    /** The query stands in a text: its names do not meet the variables. */
    private static String run(String before, String sql) {
        return "execute " + PgText.literal(before + sql) + ";\n";
    }

    private String instead(Mode mode) {
        if (mode != Mode.REPLACE) {
            return KIND
                    + "raise exception using message = "
                    + shown
                    + " || ' is a ' || v_text || ', not a table; nothing was loaded. Run with"
                    + " --full-refresh to replace it, or give the model another `alias`.';\n";
        }
        return KIND
                + GIVE_WAY.formatted(shown, quoted)
                + "execute 'create table ' || "
                + quoted
                + " || ' as table "
                + STAGE
                + "';\n"
                + GRANT.formatted(quoted);
    }

    private String apply(Build.Table build) {
        boolean replaces = build.mode() == Mode.REPLACE;
        String keys =
                build.keys().stream()
                        .map(PgText::literal)
                        .collect(Collectors.joining(", ", "cast(array[", "] as text[])"));
        String delete =
                switch (build.mode()) {
                    case REPLACE -> "execute 'delete from ' || " + quoted + ";\n";
                    case APPEND -> "";
                    case UPSERT ->
                            "execute format('delete from %s t using pg_temp._dvt_rows s where %s', "
                                    + quoted
                                    + ", array_to_string(v_match, ' and '));\n";
                };
        return COMPARE.formatted(replaces, shown, keys)
                + (replaces ? GONE.formatted(shown) : "")
                + (replaces ? delete : "")
                + ALTER.formatted(quoted)
                + (replaces ? "" : delete)
                + INSERT.formatted(quoted);
    }

    private String remembered(Build.Table build) {
        String index =
                build.remembered() && !build.keys().isEmpty()
                        ? "if v_kind is null then "
                                + PgIndex.on(relation, build.keys())
                                + "; end if;\n"
                        : "";
        return index + recorded(build);
    }

    private String recorded(Build.Table build) {
        return build.remembered()
                ? String.join(";\n", PgRemember.remember(relation, build.loadId())) + ";\n"
                : PgRemember.forget(relation) + ";\n";
    }

    /** A query has no last row: of two with one key none can be chosen. */
    private String keys(Build.Table build) {
        if (build.mode() != Mode.UPSERT) {
            return "";
        }
        List<String> checks = new ArrayList<>();
        for (String key : build.keys()) {
            checks.add(
                    """
                    if not exists (select from pg_attribute a
                      where a.attrelid = coalesce(to_regclass('pg_temp._dvt_rows'), %5$s)
                      and a.attname = %1$s and a.attnum > 0 and not a.attisdropped) then
                      raise exception using message = %2$s;
                    end if;
                    execute 'select count(*) from ' || v_from || ' where ' || %3$s || ' is null'
                      into v_n;
                    if v_n > 0 then
                      raise exception using message = replace(%4$s, chr(1), v_n::text);
                    end if;
                    """
                            .formatted(
                                    PgText.literal(key),
                                    PgText.literal(Keys.missing(key)),
                                    PgText.literal(PgText.name(key)),
                                    PgText.literal(Keys.isNull(relation, key)),
                                    PgRemember.oid(relation)));
        }
        String example =
                build.keys().stream()
                        .map(
                                key ->
                                        PgText.literal(key + " = ")
                                                + ", left(cast("
                                                + PgText.name(key)
                                                + " as text), 40)")
                        .collect(Collectors.joining(", E', ', ", "concat(", ")"));
        checks.add(
                """
                execute 'select count(*), ' || %1$s || ' from ' || v_from || ' group by ' || %2$s
                  || ' having count(*) > 1 limit 1' into v_n, v_text;
                if v_n > 1 then
                  raise exception using message =
                    replace(replace(%3$s, chr(1), v_n::text), chr(2), v_text);
                end if;
                """
                        .formatted(
                                PgText.literal(example),
                                PgText.literal(PgText.names(build.keys())),
                                PgText.literal(Keys.twice(relation, build.keys()))));
        return String.join("", checks);
    }
}
