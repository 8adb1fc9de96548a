package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.testing.Postgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresTransferTest extends TransferCases {
    private final Postgres server = Postgres.server();

    @Override
    Connection connection() {
        return server.database();
    }

    @Override
    void exec(String sql) {
        rows(sql);
    }

    @Override
    List<String> rows(String sql) {
        return server.psql(shop, sql);
    }

    @Override
    String type(String duckType) {
        return PgTypes.of(DuckType.of(duckType));
    }

    @Override
    void manyOldLoads(String identifier, int count) {
        exec(
                "insert into "
                        + loads()
                        + " select 'old' || i, '"
                        + identifier
                        + "', i + 1 from generate_series(1, "
                        + count
                        + ") as r(i)");
    }

    private void nothingStaged() {
        assertThat(rows("select relname from pg_class where relname like '%stage%'")).isEmpty();
    }

    @Test
    void keepsGrantsAndLeavesNothingStaged() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 'a' as \"Order; by\"");
        exec("grant select on marts.orders to public");
        load(Mode.REPLACE, "select 2 as id, 'b' as \"Order; by\"");
        assertThat(rows("select has_table_privilege('pg_monitor', 'marts.orders', 'select')"))
                .containsExactly("t");
        nothingStaged();
        var first = frames.load(Mode.APPEND, "select 1 as id");
        transfers.load(shop, orders, first);
        transfers.load(shop, orders, first);
        nothingStaged();
    }

    @Test
    void trustsNoLoadIdAfterATruncate() throws Exception {
        transfers.load(shop, orders, frames.remembered(Mode.APPEND, "select 1 as id"));
        assertThat(lastLoad()).isPresent();
        exec("truncate marts.orders");
        assertThat(lastLoad()).isEmpty();
    }

    @Test
    void typesTheColumnsOfAQuery() throws Exception {
        exec(
                "create type mood as enum ('ok', 'sad'); create type pair as (a int, b text);"
                        + " create domain price as numeric(8,2)");
        String sql =
                "select 1::smallint as \"a b:_x\", 2::bigint as l, 1.5::numeric(9,3) as n,"
                        + " 'NaN'::numeric as nan, 2.25::price as p, 'x'::varchar(5) as v,"
                        + " 'y'::char(3) as c, true as t, date '2024-02-29' as d,"
                        + " time '12:30' as ti, timestamp '2024-01-01 10:00' as ts,"
                        + " timestamptz '2024-01-01 10:00+02' as tz, interval '2 days' as i,"
                        + " '{\"a\": 1}'::jsonb as j, array[1, 2] as ar, array['x', null] as tx,"
                        + " 'ok'::mood as m, row(1, 'z')::pair as pa, '\\x00ff'::bytea as by,"
                        + " 2.5::real as r, null as nothing";
        Extracted extracted =
                transfers.extract(shop, new Source.Query("q", sql, "public"), frames.file());
        assertThat(extracted.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly(
                        "a b:_x SMALLINT",
                        "l BIGINT",
                        "n DECIMAL(38,3)",
                        "nan DOUBLE",
                        "p DECIMAL(8,2)",
                        "v VARCHAR",
                        "c VARCHAR",
                        "t BOOLEAN",
                        "d DATE",
                        "ti TIME",
                        "ts TIMESTAMP",
                        "tz TIMESTAMP WITH TIME ZONE",
                        "i INTERVAL",
                        "j JSON",
                        "ar INTEGER[]",
                        "tx VARCHAR[]",
                        "m VARCHAR",
                        "pa JSON",
                        "by BLOB",
                        "r FLOAT",
                        "nothing VARCHAR");
        assertThat(frames.rows("select pa, ar, tz, n, m from $1", extracted.parquet()))
                .containsExactly(
                        "{'pa': '{\"a\":1,\"b\":\"z\"}', 'ar': [1, 2], 'tz': '2024-01-01"
                                + " 08:00:00+00', 'n': 1.500, 'm': ok}");
    }

    @Test
    void dropsWhatAnEndedRunLeft() throws Exception {
        exec(
                "create schema marts; create table marts."
                        + Staging.name(orders, "old")
                        + " (c1 text)");
        load(Mode.REPLACE, "select 1 as id");
        nothingStaged();
    }

    @Test
    void refusesWhatPostgresCannotHold() {
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 1 as \"" + "x".repeat(64) + "\""))
                .hasMessageContaining("64 bytes");
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 'a' || chr(0) as t"))
                .hasMessageContaining("'t'")
                .hasMessageContaining("NUL");
    }

    @Test
    void saysWhyAConnectionFailsWithoutThePassword() {
        Connection wrong =
                new Connection(
                        "dev",
                        "postgres",
                        Map.of(
                                "host", "127.0.0.1",
                                "port", server.port(),
                                "user", "tester",
                                "password", "not-this-one",
                                "dbname", "postgres"));
        assertThatThrownBy(() -> transfers.ping(wrong))
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("not-this-one");
        assertThat(shop.name()).isNotEmpty();
    }

    @Test
    void anIncrementalTableIsMadeWithAnIndexOnItsKeyWhereThatCanBe() throws Exception {
        Relation long_ = relation("long");
        transfers.load(
                shop,
                orders,
                frames.remembered(
                        Mode.REPLACE, "select 1 as id, 'a' as \"the day\"", "id", "the day"));
        transfers.load(
                shop,
                long_, // no index holds so long a key
                frames.remembered(
                        Mode.REPLACE,
                        "select string_agg(md5(i::varchar), '') as id from range(1000) t(i)",
                        "id"));
        assertThat(rows("select indexdef from pg_indexes where tablename in ('orders', 'long')"))
                .singleElement()
                .asString()
                .endsWith("USING btree (id, \"the day\")");
        assertThat(rowsOf(long_)).hasSize(1);
        load(Mode.UPSERT, "select 1 as id, 'a' as \"the day\", 5 as n", "id", "the day");
        assertThat(rowsOf(orders)).containsExactly("1|a|5");
    }
}
