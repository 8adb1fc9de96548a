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
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTransferTest {
    private static final Relation ORDERS = new Relation(Optional.empty(), "marts", "orders");

    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private final Connection shop =
            new Connection("dev", "duckdb", Map.of("type", "duckdb", "path", "data/shop.duckdb"));

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    private List<String> rows(Relation relation) throws Exception {
        Extracted extracted = transfers.extract(shop, new Source.Table(relation), frames.file());
        return frames.rows("select * from $1 order by all", extracted.parquet());
    }

    @Test
    void replacesATableAndKeepsTheViewOnIt() throws Exception {
        assertThat(transfers.find(shop, ORDERS)).isEmpty();
        transfers.load(
                shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id, 'a' as \"Order by\""));
        exec("create view marts.v as select id from marts.orders");
        transfers.load(
                shop, ORDERS, frames.load(Mode.REPLACE, "select 2 as id, 'b' as \"Order by\""));
        assertThat(rows(new Relation(Optional.empty(), "marts", "v"))).containsExactly("{'id': 2}");
        assertThat(transfers.find(shop, ORDERS).orElseThrow().columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id INTEGER", "Order by VARCHAR");
    }

    @Test
    void refusesAReplaceThatWouldBreakAView() throws Exception {
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id, 2 as amount"));
        exec("create view marts.v as select amount from marts.orders");
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        shop, ORDERS, frames.load(Mode.REPLACE, "select 5 as id")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("'amount' is gone")
                .hasMessageContaining("marts.v");
        assertThat(rows(ORDERS)).containsExactly("{'id': 1, 'amount': 2}");
    }

    @Test
    void addsRowsOnceForALoad() throws Exception {
        Load first = frames.load(Mode.APPEND, "select 1 as id");
        transfers.load(shop, ORDERS, first);
        transfers.load(shop, ORDERS, first);
        transfers.load(shop, ORDERS, frames.load(Mode.APPEND, "select 2 as id, 'new' as note"));
        assertThat(rows(ORDERS))
                .containsExactly("{'id': 1, 'note': NULL}", "{'id': 2, 'note': new}");
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
        assertThat(rows(ORDERS))
                .containsExactly(
                        "{'id': 1, 's': old}", "{'id': 2, 's': new}", "{'id': 3, 's': new}");
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
                                        frames.load(Mode.APPEND, "select 2 as id, 'many' as qty")))
                .hasMessageContaining("'qty'")
                .hasMessageContaining("INTEGER")
                .hasMessageContaining("'many'");
        // pandas makes floats of integers with a gap: these values fit
        transfers.load(
                shop, ORDERS, frames.load(Mode.APPEND, "select 2 as id, 11.0::double as qty"));
        // a column without any value fits whatever its type
        transfers.load(
                shop, ORDERS, frames.load(Mode.APPEND, "select 3 as id, null::varchar as qty"));
        assertThat(rows(ORDERS))
                .containsExactly(
                        "{'id': 1, 'qty': 10}", "{'id': 2, 'qty': 11}", "{'id': 3, 'qty': NULL}");
    }

    @Test
    void keepsColumnsOfAnEmptyTable() throws Exception {
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
    void refusesNamesThatCannotBeLoaded() {
        for (String name : List.of("a.b", "a\"b")) {
            assertThatThrownBy(
                            () ->
                                    transfers.load(
                                            shop,
                                            ORDERS,
                                            frames.load(
                                                    Mode.REPLACE, "select 1 as " + Sql.name(name))))
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    void saysWhichFileAnotherProgramHolds() throws Exception {
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, "select 1 as id"));
        Path file = project.resolve("data/shop.duckdb");
        SlingTransfers impatient =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        dev.dvtls.testing.TestTools.tools(),
                        new Limits(
                                java.time.Duration.ofMinutes(1),
                                java.time.Duration.ofMinutes(1),
                                java.time.Duration.ofMillis(300)),
                        new Cancellation());
        try (java.sql.Connection holder =
                java.sql.DriverManager.getConnection("jdbc:duckdb:" + file)) {
            assertThat(holder.isClosed()).isFalse();
            assertThatThrownBy(() -> impatient.find(shop, ORDERS))
                    .hasMessageContaining("shop.duckdb")
                    .hasMessageContaining("Another program");
        }
    }

    private void exec(String sql) throws Exception {
        String file = project.resolve("data/shop.duckdb").toString();
        frames.duckdb()
                .query(
                        "attach " + Sql.text(file) + " as t; use t; " + sql + ";",
                        java.time.Duration.ofMinutes(1));
    }
}
