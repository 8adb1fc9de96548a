package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.testing.TestTools;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        List<String> waits = new ArrayList<>();
        SlingTransfers impatient =
                SlingTransfers.in(
                        project,
                        project.resolve(".dvt/work"),
                        TestTools.tools(),
                        new Limits(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                Duration.ofMillis(300)),
                        hears(waits),
                        new Cancellation());
        try (java.sql.Connection holder = DriverManager.getConnection("jdbc:duckdb:" + file())) {
            assertThat(holder.isClosed()).isFalse();
            assertThatThrownBy(() -> impatient.find(shop, orders))
                    .hasMessageContaining("shop.duckdb")
                    .hasMessageContaining("Another program");
            assertThat(waits).hasSize(1);
            assertThat(waits.get(0))
                    .contains("Another program, ", "(PID ", "shop.duckdb open. Waiting");
        }
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
