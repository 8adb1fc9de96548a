package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.testing.MariaDb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load into MariaDB leaves as it was, and what a failure does. */
class MariaDbLoadTest {
    @TempDir Path project;
    private final MariaDb server = MariaDb.server();
    private final Connection shop = server.database();
    private final Relation orders = new Relation(Optional.empty(), shop.name(), "orders");
    private SlingTransfers transfers;
    private Frames frames;

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    private List<String> sql(String sql) {
        return server.sql(shop, sql);
    }

    private void load(Mode mode, String select, String... keys) throws Exception {
        transfers.load(shop, orders, frames.load(mode, select, keys));
    }

    private List<String> tables() {
        return sql("show tables");
    }

    @Test
    void keepsGrantsIndexesAndCommentOfAReplacedTable() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 'a' as s");
        sql(
                "alter table orders add index mine (id), comment = 'it''s mine'; create user"
                        + " reader_"
                        + shop.name()
                        + "; grant select on orders to reader_"
                        + shop.name());
        transfers.load(shop, orders, frames.remembered(Mode.REPLACE, "select 2 as id, 'b' as s"));
        load(Mode.REPLACE, "select 3 as id, 'b' as s, 1.5 as n");
        assertThat(sql("select * from orders")).containsExactly("3|b|1.5");
        assertThat(sql("show index from orders").toString()).contains("|mine|");
        assertThat(sql("show grants for reader_" + shop.name()).toString()).contains("orders");
        assertThat(
                        sql(
                                "select table_comment from information_schema.tables where"
                                        + " table_name = 'orders' and table_schema = database()"))
                .containsExactly("it's mine");
        assertThat(tables()).containsExactly("_dvt_loads", "orders");
    }

    /** A rename would take them away. */
    @Test
    void replacesTheRowsInsideATableThatHasATriggerOrAForeignKey() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 2 as n");
        sql(
                "create table log (id int); create trigger audit after insert on orders for each"
                        + " row insert into log values (new.id); alter table orders add primary key"
                        + " (id); create table child (id int, foreign key (id) references orders"
                        + " (id))");
        Load second = frames.remembered(Mode.REPLACE, "select unnest([5, 6]) as id, 2 as n");
        transfers.load(shop, orders, second);
        transfers.load(shop, orders, second);
        assertThat(sql("select id from orders")).containsExactly("5", "6");
        assertThat(sql("select id from log")).containsExactly("5", "6");
        assertThat(transfers.find(shop, orders).orElseThrow().loadId()).contains(second.loadId());
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 7 as id"))
                .hasMessageContaining("'n' is gone")
                .hasMessageContaining("trigger audit");
        sql("insert into child values (5)");
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 7 as id, 2 as n"))
                .hasMessageContaining("foreign key constraint");
        assertThat(sql("select id from orders")).containsExactly("5", "6");
        assertThat(tables()).containsExactly("_dvt_loads", "child", "log", "orders");
    }

    /** The rows reach the table, and then one of them is refused: none may stay. */
    @Test
    void leavesTheOldRowsWhenARowIsRefusedInTheMiddle() throws Exception {
        load(Mode.UPSERT, "select unnest([1, 2]) as id, 'old' as s", "id");
        sql("alter table orders add constraint short check (length(s) < 5)");
        String rows = "select unnest([2, 3, 4]) as id, unnest(['new', 'new', 'too long']) as s";
        for (Mode mode : Mode.values()) {
            Load refused = frames.remembered(mode, rows, "id");
            assertThatThrownBy(() -> transfers.load(shop, orders, refused))
                    .as(mode.toString())
                    .hasMessageContaining("`short` failed");
            assertThat(sql("select * from orders order by id"))
                    .as(mode.toString())
                    .containsExactly("1|old", "2|old");
        }
        assertThat(tables()).containsExactly("_dvt_loads", "orders");
        assertThat(sql("select count(*) from _dvt_loads where load_id not like 'unknown%'"))
                .containsExactly("0");
    }

    /** As strict as with us, whatever the server's own mode is. */
    @Test
    void cutsNothingOnALaxServer() throws Exception {
        sql("create table orders (id int, s varchar(3))");
        sql("set global sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'");
        try {
            assertThatThrownBy(() -> load(Mode.APPEND, "select 1 as id, 'long \\ text' as s"))
                    .hasMessageContaining("Data too long");
            load(Mode.APPEND, "select 1 as id, '\\''' as s");
            assertThat(sql("select * from orders")).hasSize(1);
            assertThat(
                            frames.rows(
                                    "select s from $1",
                                    transfers
                                            .extract(
                                                    shop,
                                                    new dev.dvtls.run.Transfers.Source.Table(
                                                            orders),
                                                    frames.file())
                                            .parquet()))
                    .containsExactly(frames.rows("select '\\''' as s").get(0));
        } finally {
            sql("set global sql_mode = default");
        }
    }

    /** Sling is ended while the server waits in the middle of the statement that applies. */
    @Test
    void aKilledLoadIsAppliedWholeOrNotAtAll() throws Exception {
        load(Mode.UPSERT, "select range as id, 1 as v from range(1000)", "id");
        for (Mode mode : Mode.values()) {
            Load second =
                    frames.remembered(mode, "select range as id, 2 as v from range(2000)", "id");
            Cancellation cancellation = new Cancellation();
            SlingTransfers cancelled = Frames.transfers(project, cancellation);
            List<String> before = sql("select count(*), sum(v) from orders");
            CompletableFuture<String> running;
            AutoCloseable lock = server.locked(shop, "orders");
            try {
                running = CompletableFuture.supplyAsync(() -> outcome(cancelled, second));
                while (sql("select 1 from information_schema.processlist where state like"
                                + " 'Waiting for table metadata lock'")
                        .isEmpty()) {
                    assertThat(running).isNotDone(); // the client's own time is the wait
                }
                cancellation.cancel();
                assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("Cancelled.");
            } finally {
                lock.close();
            }
            transfers.load(shop, orders, second); // again: waits for what still goes on there
            List<String> after = sql("select count(*), sum(v) from orders");
            assertThat(after).as(mode.toString()).isNotEqualTo(before);
            assertThat(after)
                    .containsExactly(mode == Mode.APPEND ? added(before.get(0)) : "2000|4000");
        }
        assertThat(tables()).containsExactly("_dvt_loads", "orders");
    }

    private static String added(String before) {
        String[] parts = before.split("\\|", -1);
        return (Long.parseLong(parts[0]) + 2000) + "|" + (Long.parseLong(parts[1]) + 4000);
    }

    private String outcome(SlingTransfers with, Load load) {
        try {
            with.load(shop, orders, load);
            return "loaded";
        } catch (TransferException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsMariaDbBehindTheTypeMysql() throws Exception {
        Connection mysql = server.connection(shop.name(), "mysql");
        Load load = frames.remembered(Mode.APPEND, "select 1 as id");
        transfers.load(mysql, orders, load);
        transfers.load(mysql, orders, load);
        assertThat(sql("select * from orders")).containsExactly("1");
    }
}
