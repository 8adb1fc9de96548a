package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The server ends the connection in the middle of a load. */
class MariaDbDroppedConnectionTest {
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
        Load first = frames.remembered(Mode.UPSERT, "select unnest([1, 2]) as id, 1 as v", "id");
        transfers.load(shop, orders, first);
        sql("create table log (id int)");
    }

    private List<String> sql(String sql) {
        return server.sql(shop, sql);
    }

    private List<String> rows() {
        return sql("select * from orders order by id, v");
    }

    @Test
    void leavesTheOldTableWhileItIsToBeReplaced() throws Exception {
        sql("create view seen as select id from orders");
        String failure = dropped(frames.remembered(Mode.REPLACE, "select 7 as id, 7 as v"));
        assertThat(failure).isNotEqualTo("loaded").doesNotContain("ü"); // the password's
        assertThat(rows()).containsExactly("1|1", "2|1");
        transfers.load(shop, orders, frames.remembered(Mode.REPLACE, "select 8 as id, 8 as v"));
        assertThat(sql("select id from seen")).containsExactly("8");
        assertThat(sql("show tables")).containsExactly("_dvt_loads", "log", "orders", "seen");
    }

    /** A trigger's table is locked: the old rows are deleted, and the new cannot come. */
    @Test
    void leavesTheOldRowsInTheMiddleOfATransaction() throws Exception {
        sql("create trigger t after insert on orders for each row insert into log values (new.id)");
        for (Mode mode : Mode.values()) {
            Load load = frames.remembered(mode, "select unnest([2, 3]) as id, 2 as v", "id");
            String before = transfers.find(shop, orders).orElseThrow().loadId().orElse("");
            assertThat(dropped(load, "log")).as(mode.toString()).isNotEqualTo("loaded");
            assertThat(rows()).as(mode.toString()).containsExactly("1|1", "2|1");
            assertThat(transfers.find(shop, orders).orElseThrow().loadId()).contains(before);
        }
        transfers.load(
                shop, orders, frames.remembered(Mode.UPSERT, "select 2 as id, 2 as v", "id"));
        assertThat(rows()).containsExactly("1|1", "2|2");
        assertThat(sql("select id from log")).containsExactly("2");
        assertThat(sql("show tables")).containsExactly("_dvt_loads", "log", "orders");
    }

    private String dropped(Load load) throws Exception {
        return dropped(load, "orders");
    }

    /**
     * What the load said, whose connection was ended while it waited.
     *
     * @param table that somebody else has locked
     */
    private String dropped(Load load, String table) throws Exception {
        AutoCloseable lock = server.locked(shop, table);
        CompletableFuture<String> running;
        try {
            running = CompletableFuture.supplyAsync(() -> outcome(load));
            List<String> waiting = List.of();
            while (waiting.isEmpty()) {
                assertThat(running).isNotDone(); // the client's own time is the wait
                waiting =
                        sql(
                                "select id from information_schema.processlist where db ="
                                        + " database() and state like 'Waiting for table metadata"
                                        + " lock'");
            }
            sql("kill " + waiting.get(0));
            return running.get(60, TimeUnit.SECONDS);
        } finally {
            lock.close();
        }
    }

    private String outcome(Load load) {
        try {
            transfers.load(shop, orders, load);
            return "loaded";
        } catch (TransferException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
