package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads into SQLite that end in the middle. */
class SqliteFailedLoadTest {
    private static final String ROWS =
            "select unnest([2, 3, 4]) as id, unnest(['new', 'new', 'too long']) as s";

    @TempDir Path project;
    private final Connection shop =
            new Connection("lite", "sqlite", Map.of("type", "sqlite", "path", "shop.db"));
    private final Relation orders = new Relation(Optional.empty(), "main", "orders");
    private SqliteClient client;
    private SlingTransfers transfers;
    private Frames frames;

    @BeforeEach
    void open() throws Exception {
        client = new SqliteClient(project.resolve("shop.db"));
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
        client.exec("create table orders (id int, s text check (length(s) < 5))");
        Load first =
                frames.remembered(Mode.APPEND, "select unnest([1, 2]) as id, 'old' as s", "id");
        transfers.load(shop, orders, first);
    }

    /** The rows reach the table, and then one of them is refused: none may stay. */
    @Test
    void leaveTheOldRowsWhenARowIsRefused() throws Exception {
        Existing before = transfers.find(shop, orders).orElseThrow();
        for (Mode mode : Mode.values()) {
            Load refused = frames.remembered(mode, ROWS + ", 1 as fresh", "id");
            assertThatThrownBy(() -> transfers.load(shop, orders, refused))
                    .as(mode.toString())
                    .hasMessageContaining("CHECK constraint failed");
            assertIsAsItWas(before, mode);
        }
    }

    /** The new rows are in the table, not committed, when the program is ended. */
    @Test
    void leaveTheOldRowsWhenTheProgramIsKilled() throws Exception {
        client.exec(
                "create table log (n); create trigger slow after insert on orders begin insert into"
                        + " log select sum(value) from (with recursive r(value) as (select 1 union"
                        + " all select value + 1 from r) select value from r limit 1000000000000);"
                        + " end");
        Existing before = transfers.find(shop, orders).orElseThrow();
        for (Mode mode : List.of(Mode.APPEND, Mode.UPSERT)) {
            Cancellation cancellation = new Cancellation();
            SlingTransfers ended = Frames.transfers(project, cancellation);
            Load load = frames.remembered(mode, "select 2 as id, 'new' as s", "id");
            CompletableFuture<String> running =
                    CompletableFuture.supplyAsync(() -> outcome(ended, load));
            while (isFree()) {
                assertThat(running).isNotDone(); // the client's own time is the wait
            }
            cancellation.cancel();
            assertThat(running.get(60, TimeUnit.SECONDS)).isEqualTo("Cancelled.");
            assertIsAsItWas(before, mode);
        }
        client.exec("drop trigger slow");
        transfers.load(
                shop, orders, frames.remembered(Mode.UPSERT, "select 2 as id, 'new' as s", "id"));
        assertThat(client.rows("select * from orders order by id"))
                .containsExactly("1|old", "2|new");
    }

    private void assertIsAsItWas(Existing before, Mode mode) throws Exception {
        assertThat(client.rows("select * from orders order by id"))
                .as(mode.toString())
                .containsExactly("1|old", "2|old");
        assertThat(transfers.find(shop, orders)).as(mode.toString()).contains(before);
        assertThat(client.rows("pragma integrity_check")).containsExactly("ok");
    }

    /** Whether nobody is writing. */
    private boolean isFree() throws Exception {
        try {
            client.exec("pragma busy_timeout = 0; begin immediate; rollback");
            return true;
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("database is locked");
            return false;
        }
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
}
