package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs that have the same SQLite file open. */
class SqliteReadersTest {
    private static final int ROWS = 20_000;
    private static final Relation ORDERS = new Relation(Optional.empty(), "main", "orders");
    private static final Connection SHOP =
            new Connection("lite", "sqlite", Map.of("type", "sqlite", "path", "shop.db"));

    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private SqliteClient client;
    private Optional<Process> other = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
        client = new SqliteClient(project.resolve("shop.db"));
    }

    @AfterEach
    void endTheOther() throws Exception {
        if (other.isPresent()) {
            other.get().destroyForcibly();
            assertThat(other.get().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A program that has written a line by the time this returns. */
    private Path start(String program, String... arguments) throws Exception {
        Path out = project.resolve("other.txt");
        other = Optional.of(client.start(out, program, arguments));
        while (Files.size(out) == 0) {
            assertThat(other.get().isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return out;
    }

    /** The file that a load makes is in WAL mode; one that exists keeps its own. */
    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void seeTheOldRowsOrTheNew(String journal) throws Exception {
        if (!journal.equals("wal")) {
            client.exec("pragma journal_mode = " + journal + "; create table x (a)");
        }
        transfers.load(SHOP, ORDERS, frame("0 as batch"));
        client.exec("create view v as select batch from orders");
        Path out =
                start(
                        """
                        import sqlite3, sys
                        seen = set()
                        reads = 0
                        c = sqlite3.connect(sys.argv[1], timeout=30)
                        while True:
                            row = c.execute("select count(*), min(batch), max(batch) from v").fetchone()
                            reads += 1
                            if row not in seen:
                                seen.add(row)
                                print(*row, flush=True)
                            if row[2] == 4 or isinstance(row[2], str):
                                break
                        print("reads", reads)
                        """);
        for (int i = 1; i <= 3; i++) {
            transfers.load(SHOP, ORDERS, frame(i + " as batch"));
        }
        transfers.load(SHOP, ORDERS, frame("4 as batch, 'new' as more")); // a column more
        assertThat(other.orElseThrow().waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> seen = Files.readAllLines(out);
        assertThat(seen.subList(0, seen.size() - 1))
                .allMatch(line -> line.matches(ROWS + " (\\d) \\1"))
                .contains(ROWS + " 0 0", ROWS + " 4 4");
        assertThat(client.rows("pragma journal_mode")).containsExactly(journal);
    }

    private dev.dvtls.run.Transfers.Load frame(String columns) throws Exception {
        return frames.load(
                Mode.REPLACE, "select i as id, " + columns + " from range(" + ROWS + ") as r(i)");
    }

    private static final String HOLDER =
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("begin exclusive")
            print("held", flush=True)
            sys.stdin.readline()
            c.execute("rollback")
            """;

    @Test
    void waitForAnotherProgramsLock() throws Exception {
        transfers.load(SHOP, ORDERS, frames.load(Mode.REPLACE, "select 1 as id"));
        start(HOLDER);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Callable<Boolean> load =
                    () -> {
                        transfers.load(SHOP, ORDERS, frames.load(Mode.REPLACE, "select 2 as id"));
                        return true;
                    };
            Future<Boolean> loaded = pool.submit(load);
            assertThat(client.rows("pragma journal_mode")).containsExactly("wal");
            other.orElseThrow().getOutputStream().close();
            assertThat(loaded.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }
        assertThat(client.rows("select id from orders")).containsExactly("2");
    }

    @Test
    void areNamedByTheirFileWhenTheyKeepIt() throws Exception {
        transfers.load(SHOP, ORDERS, frames.load(Mode.REPLACE, "select 1 as id"));
        start(HOLDER);
        List<String> waits = new ArrayList<>();
        SlingTransfers impatient =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        TestTools.tools(),
                        new Limits(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                Duration.ofMillis(200)),
                        hears(waits),
                        new Cancellation());
        assertThatThrownBy(
                        () ->
                                impatient.load(
                                        SHOP, ORDERS, frames.load(Mode.REPLACE, "select 2 as id")))
                .hasMessageContaining("shop.db")
                .hasMessageContaining("Another program");
        assertThat(waits).hasSize(1);
        assertThat(waits.get(0)).contains("Another program has ", "shop.db open. Waiting");
        other.orElseThrow().getOutputStream().close();
        assertThat(other.orElseThrow().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void loadSideBySideIntoOneFile() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> loads =
                    java.util.stream.IntStream.range(0, 6)
                            .<Callable<Boolean>>mapToObj(
                                    i ->
                                            () -> {
                                                transfers.load(
                                                        SHOP,
                                                        new Relation(
                                                                Optional.empty(), "main", "t" + i),
                                                        frames.remembered(
                                                                Mode.APPEND, "select 1 as id"));
                                                return true;
                                            })
                            .toList();
            for (Future<Boolean> loaded : pool.invokeAll(loads)) {
                assertThat(loaded.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(client.rows("select count(*) from _dvt_loads")).containsExactly("6");
    }

    private static Transcript hears(List<String> waits) {
        return new Transcript() {
            @Override
            public void failed(String program, String where, String text) {}

            @Override
            public void waits(String sentence) {
                waits.add(sentence);
            }
        };
    }
}
