package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.testing.TestTools;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DuckDbTransferTest extends TransferCases {
    @Override
    Connection connection() {
        return new Connection(
                "dev", "duckdb", Map.of("type", "duckdb", "path", "data/shop.duckdb"));
    }

    private Path file() {
        return project.resolve("data/shop.duckdb");
    }

    @Override
    void exec(String sql) throws Exception {
        frames.duckdb().write(file(), sql + ";", Duration.ofMinutes(1));
    }

    @Override
    List<String> rows(String sql) throws Exception {
        return frames.lines(file(), sql);
    }

    @Override
    String type(String duckType) {
        return duckType;
    }

    @Override
    void manyOldLoads(String identifier, int count) throws Exception {
        exec(
                "insert into "
                        + loads()
                        + " select 'old' || i, '"
                        + identifier
                        + "', now() - to_days(cast(i as integer)) from range("
                        + count
                        + ") as r(i)");
    }

    @Test
    void leavesAUsersCommentOnTheTable() throws Exception {
        Load first = frames.remembered(Mode.REPLACE, "select 1 as id");
        transfers.load(shop, orders, first);
        exec("comment on table marts.orders is 'It''s ours'");
        assertThat(lastLoad()).isEmpty();
        Load second = frames.remembered(Mode.REPLACE, "select 2 as id");
        transfers.load(shop, orders, second);
        assertThat(lastLoad()).contains(second.loadId());
        load(Mode.REPLACE, "select 'x' as id");
        assertThat(rows("select comment from duckdb_tables() where table_name = 'orders'"))
                .containsExactly("It's ours");
    }

    @Test
    void refusesNamesThatCannotBeLoaded() {
        for (String name : List.of("a.b", "a\"b")) {
            assertThatThrownBy(() -> load(Mode.REPLACE, "select 1 as " + Sql.name(name)))
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    void saysWhichFileAnotherProgramHolds() throws Exception {
        load(Mode.REPLACE, "select 1 as id");
        SlingTransfers impatient =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        TestTools.tools(),
                        new Limits(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                Duration.ofMillis(300)),
                        new Cancellation());
        try (java.sql.Connection holder = DriverManager.getConnection("jdbc:duckdb:" + file())) {
            assertThat(holder.isClosed()).isFalse();
            assertThatThrownBy(() -> impatient.find(shop, orders))
                    .hasMessageContaining("shop.duckdb")
                    .hasMessageContaining("Another program");
        }
    }

    @Test
    void tellsThatItWaitsForAnotherProgram() throws Exception {
        load(Mode.REPLACE, "select 1 as id");
        CompletableFuture<String> told = new CompletableFuture<>();
        SlingTransfers patient =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        TestTools.tools(),
                        Limits.USUAL,
                        hears(told),
                        new Cancellation());
        CompletableFuture<Boolean> found;
        try (java.sql.Connection holder = DriverManager.getConnection("jdbc:duckdb:" + file())) {
            found = CompletableFuture.supplyAsync(() -> isThere(patient));
            assertThat(told.get(50, TimeUnit.SECONDS))
                    .contains("Another program, ", "(PID ", "shop.duckdb open. Waiting", "60 s");
            assertThat(holder.isClosed()).isFalse();
        }
        assertThat(found.get(50, TimeUnit.SECONDS)).isTrue();
    }

    private boolean isThere(SlingTransfers transfers) {
        try {
            return transfers.find(shop, orders).isPresent();
        } catch (TransferException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Transcript hears(CompletableFuture<String> told) {
        return new Transcript() {
            @Override
            public void failed(String program, String where, String text) {}

            @Override
            public void waits(String sentence) {
                told.complete(sentence);
            }
        };
    }
}
