package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTransferTest {
    private static final Relation ORDERS = new Relation(Optional.empty(), "marts", "orders");

    @TempDir Path project;
    private final Postgres server = Postgres.server();
    private final Connection shop = server.database();
    private SlingTransfers transfers;
    private Frames frames;

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    private List<String> psql(String sql) {
        return server.psql(shop, sql);
    }

    @Test
    void replacesATableAndKeepsViewAndGrant() throws Exception {
        assertThat(transfers.find(shop, ORDERS)).isEmpty();
        transfers.load(
                shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id, 'a' as \"Order; by\""));
        psql(
                "create view marts.v as select id from marts.orders; grant select on marts.orders"
                        + " to public");
        transfers.load(
                shop, ORDERS, frames.load(Mode.REPLACE, "select 2 as id, 'b' as \"Order; by\""));
        assertThat(psql("select * from marts.v")).containsExactly("2");
        assertThat(psql("select has_table_privilege('pg_monitor', 'marts.orders', 'select')"))
                .containsExactly("t");
        assertThat(psql("select relname from pg_class where relname like '%stage%'")).isEmpty();
        assertThat(transfers.find(shop, ORDERS).orElseThrow().columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id integer", "Order; by text");
    }

    @Test
    void changesColumnsOnlyWhereNothingDependsOnThem() throws Exception {
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id, 2 as amount"));
        psql("create view marts.v as select amount from marts.orders");
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop, ORDERS, frames.load(Mode.REPLACE, "select 5 as id")))
                .hasMessageContaining("'amount' is gone")
                .hasMessageContaining("marts.v");
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop,
                                        ORDERS,
                                        frames.load(Mode.REPLACE, "select 5 as id, 'x' as amount")))
                .hasMessageContaining("'amount' became VARCHAR");
        assertThat(psql("select id, amount from marts.orders")).containsExactly("1|2");
        psql("drop view marts.v");
        transfers.load(
                shop, ORDERS, frames.load(Mode.REPLACE, "select 5 as id, 'x' as amount, 1.5 as n"));
        assertThat(psql("select id, amount, n from marts.orders")).containsExactly("5|x|1.5");
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, "select 6 as id"));
        assertThat(psql("select * from marts.orders")).containsExactly("6");
    }

    @Test
    void addsRowsOnceForALoad() throws Exception {
        Load first = frames.load(Mode.APPEND, "select 1 as id");
        transfers.load(shop, ORDERS, first);
        transfers.load(shop, ORDERS, first);
        transfers.load(shop, ORDERS, frames.load(Mode.APPEND, "select 2 as id, 'new' as note"));
        assertThat(psql("select id, coalesce(note, 'NULL') from marts.orders order by 1"))
                .containsExactly("1|NULL", "2|new");
        assertThat(psql("select relname from pg_class where relname like '%stage%'")).isEmpty();
    }

    @Test
    void replacesRowsByKey() throws Exception {
        transfers.load(
                shop,
                ORDERS,
                frames.load(Mode.UPSERT, "select unnest([1, 2]) as id, 'old' as s", "id"));
        transfers.load(
                shop,
                ORDERS,
                frames.load(Mode.UPSERT, "select unnest([2, 3]) as id, 'new' as s", "id"));
        assertThat(psql("select id, s from marts.orders order by id"))
                .containsExactly("1|old", "2|new", "3|new");
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop,
                                        ORDERS,
                                        frames.load(
                                                Mode.UPSERT,
                                                "select null::integer as id, 'x' as s",
                                                "id")))
                .hasMessageContaining("'id'")
                .hasMessageContaining("NULL");
    }

    @Test
    void namesTheColumnThatDoesNotFit() throws Exception {
        transfers.load(shop, ORDERS, frames.load(Mode.APPEND, "select 1 as id, 10 as qty"));
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop,
                                        ORDERS,
                                        frames.load(Mode.APPEND, "select 2 as id, 1.5 as qty")))
                .hasMessageContaining("'qty'")
                .hasMessageContaining("integer")
                .hasMessageContaining("'1.5'");
        transfers.load(
                shop, ORDERS, frames.load(Mode.APPEND, "select 2 as id, 11.0::double as qty"));
        transfers.load(
                shop, ORDERS, frames.load(Mode.APPEND, "select 3 as id, null::varchar as qty"));
        assertThat(psql("select id, coalesce(qty, -1) from marts.orders order by id"))
                .containsExactly("1|10", "2|11", "3|-1");
    }

    @Test
    void dropsWhatAnEndedRunLeft() throws Exception {
        psql(
                "create schema marts; create table marts."
                        + Staging.name(ORDERS, "old")
                        + " (c1 text)");
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id"));
        assertThat(psql("select relname from pg_class where relname like '%stage%'")).isEmpty();
    }

    @Test
    void loadsAndKeepsAnEmptyTable() throws Exception {
        transfers.load(
                shop,
                ORDERS,
                frames.load(Mode.REPLACE, "select 1 as id, 1.5::decimal(10,2) as d where false"));
        Extracted extracted = transfers.extract(shop, new Source.Table(ORDERS), frames.file());
        assertThat(extracted.rows()).isZero();
        assertThat(extracted.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id INTEGER", "d DECIMAL(10,2)");
    }

    @Test
    void refusesWhatPostgresCannotHold() {
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop,
                                        ORDERS,
                                        frames.load(
                                                Mode.REPLACE,
                                                "select 1 as \"" + "x".repeat(64) + "\"")))
                .hasMessageContaining("64 bytes");
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop,
                                        ORDERS,
                                        frames.load(Mode.REPLACE, "select 'a' || chr(0) as t")))
                .hasMessageContaining("'t'")
                .hasMessageContaining("NUL");
    }

    @Test
    void saysWhyAConnectionFailsWithoutThePassword() {
        Connection wrong =
                new Connection(
                        "dev",
                        "postgres",
                        java.util.Map.of(
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
