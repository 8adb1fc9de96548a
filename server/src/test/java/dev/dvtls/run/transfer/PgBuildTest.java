package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PgBuildTest extends BuildCases {
    PgBuildTest() {
        super(new PostgresTransferTest());
    }

    @Test
    void keepsTheTypesOfTheQueryAndGrants() throws Exception {
        String sql =
                "select 1::smallint as a, 1.50::numeric(9,2) as b, 'x'::varchar(7) as c,"
                        + " array[1, 2] as d, '{\"k\": 1}'::json as e, now() as \"F; g\"";
        table(Mode.REPLACE, sql);
        at.exec("grant select on marts.orders to pg_monitor");
        table(Mode.REPLACE, sql);
        table(Mode.REPLACE, sql + ", 1 as more");
        table(Mode.UPSERT, sql, "a");
        assertThat(at.columns(at.orders))
                .containsExactly(
                        "a smallint",
                        "b numeric(9,2)",
                        "c character varying(7)",
                        "d integer[]",
                        "e json",
                        "F; g timestamp with time zone",
                        "more integer");
        assertThat(at.rows("select has_table_privilege('pg_monitor', 'marts.orders', 'select')"))
                .containsExactly("t");
        assertThat(at.rows("select relname from pg_class where relname like '_dvt_rows%'"))
                .isEmpty();
    }

    @Test
    void keepsGrantsOnAViewWhoseColumnsChange() throws Exception {
        view("v", "select 1 as id");
        at.exec(
                "grant select on marts.v to pg_monitor with grant option; grant select on marts.v"
                        + " to public");
        view("v", "select 2 as other");
        assertThat(
                        at.rows(
                                "select grantee, privilege_type, is_grantable from"
                                    + " information_schema.role_table_grants where table_name = 'v'"
                                    + " and grantee in ('pg_monitor', 'PUBLIC') order by 1"))
                .containsExactly("PUBLIC|SELECT|NO", "pg_monitor|SELECT|YES");
    }

    @Test
    void replacesAMaterializedView() throws Exception {
        at.exec(
                "create schema marts; create materialized view marts.orders as select 1 as id;"
                        + " grant select on marts.orders to pg_monitor");
        table(Mode.REPLACE, "select id + 1 as id from marts.orders");
        assertThat(at.rowsOf(at.orders)).containsExactly("2");
        assertThat(at.rows("select has_table_privilege('pg_monitor', 'marts.orders', 'select')"))
                .containsExactly("t");
    }

    @Test
    void saysWhatPostgresAddsToAnError() throws Exception {
        table(Mode.REPLACE, "select 1 as id, 'a' as note");
        at.exec("alter table marts.orders add constraint short check (length(note) < 3)");
        assertThatThrownBy(() -> table(Mode.APPEND, "select 2 as id, 'long' as note"))
                .hasMessageContaining("violates check constraint")
                .hasMessageContaining("Failing row contains (2, long)");
        assertThatThrownBy(() -> table(Mode.REPLACE, "select o.idd from marts.orders o"))
                .hasMessageContaining("Perhaps you meant to reference the column \"o.id\"");
        assertThat(at.rowsOf(at.orders)).containsExactly("1|a");
    }

    @Test
    void takesNamesThatNeedQuotes() throws Exception {
        Relation odd =
                new Relation(
                        Optional.empty(), "My marts", "Sélect; \"x\" 'y' {z}".replace("\"", ""));
        Build build =
                new Build.Table(
                        "select 1 as \"A; b\", 'é ; {n} $1 $$' as \"select\"",
                        Mode.UPSERT,
                        List.of("A; b"),
                        id(),
                        true);
        assertThat(build(odd, build)).hasValue(1);
        assertThat(
                        build(
                                odd,
                                new Build.Table(
                                        ((Build.Table) build).sql(),
                                        Mode.UPSERT,
                                        List.of("A; b"),
                                        id(),
                                        true)))
                .hasValue(1);
        assertThat(at.rows("select * from \"My marts\".\"" + odd.identifier() + "\""))
                .containsExactly("1|é ; {n} $1 $$");
    }

    @Test
    void tellsTheNumberOfManyRows() throws Exception {
        assertThat(table(Mode.REPLACE, "select i from generate_series(1, 123456) i"))
                .hasValue(123456);
    }
}
