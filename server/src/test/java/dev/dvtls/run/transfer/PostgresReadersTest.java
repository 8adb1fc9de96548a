package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.env.Tools;
import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others see of a load or a build, and what is left when it breaks half-way. */
class PostgresReadersTest {
    private static final Relation ORDERS = new Relation(Optional.empty(), "marts", "orders");
    private static final int ROWS = 20_000;

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

    private void load(int version) throws Exception {
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, select(version)));
    }

    private static String select(int version) {
        return "select i as id, " + version + " as v from range(" + ROWS + ") as r(i)";
    }

    private static Build.Table table(String sql) {
        return new Build.Table(sql, Mode.REPLACE, List.of(), UUID.randomUUID().toString(), true);
    }

    private static void say(Process client, String text) throws IOException {
        Writer in = client.outputWriter();
        in.write(text);
        in.flush();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void readersSeeTheOldRowsOrTheNew() throws Exception {
        load(1);
        transfers.build(shop, new Relation(Optional.empty(), "marts", "v"), view("id, v"));
        Path seen = project.resolve("seen.txt");
        Process reader = server.client(shop, seen);
        try {
            say(reader, "select count(*), min(v), max(v) from marts.v \\watch 0.005\n");
            await(() -> last(seen).equals(line(1)));
            load(2);
            await(() -> last(seen).equals(line(2)));
            transfers.build(
                    shop, ORDERS, table("select id, v + 1 as v from marts.orders order by id"));
            await(() -> last(seen).equals(line(3)));
            // columns that change, in the view and in the table below it
            transfers.build(
                    shop, new Relation(Optional.empty(), "marts", "v"), view("v, id, id as twice"));
            transfers.build(
                    shop, ORDERS, table("select id, v + 1 as v, 'new' as note from marts.orders"));
            await(() -> last(seen).equals(line(4)));
        } finally {
            reader.destroy();
            reader.waitFor();
        }
        assertThat(complete(seen)).isSubsetOf(line(1), line(2), line(3), line(4));
    }

    private static Build.View view(String columns) {
        return new Build.View("select " + columns + " from marts.orders");
    }

    private static String line(int version) {
        return ROWS + "|" + version + "|" + version;
    }

    /** Without the times that the client prints, and without a line that is being written. */
    private static List<String> complete(Path seen) {
        try {
            String text = Files.readString(seen);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.contains("(every 0.005s)"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String last(Path seen) {
        List<String> lines = complete(seen);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    @Test
    void aRefusedValueLeavesTheTableAsItWas() throws Exception {
        load(1);
        server.psql(shop, "alter table marts.orders add constraint small check (v < 5)");
        assertThatThrownBy(() -> load(7)).hasMessageContaining("violates check constraint");
        assertThatThrownBy(() -> transfers.load(shop, ORDERS, frames.load(Mode.APPEND, select(7))))
                .hasMessageContaining("violates check constraint");
        assertUnchanged();
    }

    @Test
    void aDroppedConnectionLeavesTheTableAsItWas() throws Exception {
        load(1);
        Path said = project.resolve("said.txt");
        List<Attempt> attempts =
                List.of(
                        () -> load(2),
                        () -> transfers.build(shop, ORDERS, table("select 1 as id, 2 as v")));
        for (Attempt attempt : attempts) {
            Process holder = server.client(shop, said);
            try {
                say(holder, "begin; lock table marts.orders in share mode; select 'held';\n");
                await(() -> last(said).equals("held"));
                CompletableFuture<Throwable> failure =
                        CompletableFuture.supplyAsync(() -> failure(attempt));
                // the driver tries again twice, as nothing can have been applied
                await(() -> failure.isDone() || endWaiting());
                assertThat(failure.get()).isInstanceOf(Exception.class);
            } finally {
                holder.destroy();
                holder.waitFor();
            }
            assertUnchanged();
        }
    }

    /** Ends Sling's session, which waits for the lock. */
    private boolean endWaiting() {
        server.psql(
                shop,
                "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type ="
                        + " 'Lock' and datname = current_database()");
        return false;
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static Throwable failure(Attempt attempt) {
        try {
            attempt.run();
            return new AssertionError("it did not fail");
        } catch (Exception e) {
            return e;
        }
    }

    private void assertUnchanged() {
        assertThat(server.psql(shop, "select count(*), min(v), max(v) from marts.orders"))
                .containsExactly(line(1));
        assertThat(
                        server.psql(
                                shop,
                                "select relname from pg_class where relname ~"
                                        + " '^_dvt_(stage|rows)'"))
                .isEmpty();
    }

    @Test
    void modelsSideBySideMakeTheirSchemaOnce() throws Exception {
        List<CompletableFuture<Throwable>> runs = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            Relation relation = new Relation(Optional.empty(), "fresh", name);
            Load load = frames.remembered(Mode.REPLACE, "select 1 as id");
            Attempt attempt =
                    runs.size() % 2 == 0
                            ? () -> transfers.load(shop, relation, load)
                            : () -> transfers.build(shop, relation, table("select 1 as id"));
            runs.add(CompletableFuture.supplyAsync(() -> failure(attempt)));
        }
        for (CompletableFuture<Throwable> run : runs) {
            assertThat(run.get()).hasMessage("it did not fail");
        }
        assertThat(server.psql(shop, "select count(*) from fresh._dvt_loads")).containsExactly("4");
    }

    @Test
    void startsSlingOnceWhereTheTableIsKnown() throws Exception {
        Path starts = Files.createFile(project.resolve("starts.txt"));
        Tools tools = TestTools.tools();
        Path counting =
                Files.writeString(
                        project.resolve("sling"),
                        "#!/bin/sh\necho start >> '%s'\nexec '%s' \"$@\"\n"
                                .formatted(starts, tools.sling()));
        Files.setPosixFilePermissions(counting, PosixFilePermissions.fromString("rwx------"));
        SlingTransfers counted =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        new Tools(counting, tools.duckdb(), tools.extensions(), tools.python()),
                        Limits.USUAL,
                        new Cancellation());
        Counted count =
                (wanted, what) -> {
                    what.run();
                    assertThat(Files.readAllLines(starts)).hasSize(wanted);
                    Files.writeString(starts, "");
                };
        count.starts(2, () -> counted.load(shop, ORDERS, upsert(1)));
        count.starts(2, () -> counted.load(shop, ORDERS, upsert(2)));
        count.starts(1, () -> counted.load(shop, ORDERS, upsert(3)));
        count.starts(1, () -> counted.build(shop, ORDERS, table("select 3 as id")));
        Relation view = new Relation(Optional.empty(), "marts", "v");
        count.starts(1, () -> counted.build(shop, view, view("id")));
        Source orders = new Source.Table(ORDERS);
        count.starts(2, () -> counted.extract(shop, orders, frames.file()));
        count.starts(1, () -> counted.extract(shop, orders, frames.file()));
        Source query = new Source.Query("q", "select 1 as id", "marts");
        count.starts(2, () -> counted.extract(shop, query, frames.file()));
        count.starts(1, () -> counted.find(shop, ORDERS));
    }

    private interface Counted {
        void starts(int wanted, Attempt what) throws Exception;
    }

    private Load upsert(int id) throws Exception {
        return frames.remembered(Mode.UPSERT, "select " + id + " as id", "id");
    }
}
