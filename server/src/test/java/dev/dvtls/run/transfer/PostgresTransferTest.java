package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Transfers.Mode;
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
}
