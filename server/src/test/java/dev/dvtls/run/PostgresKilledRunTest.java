package dev.dvtls.run;

import dev.dvtls.testing.Postgres;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;

@Tag("heavy")
class PostgresKilledRunTest extends KilledRunCases {
    private static final String HOLDER = "/* holds the load */";

    private final Connection output = Postgres.server().database();

    @Override
    Connection output() {
        return output;
    }

    @Override
    String extracting() {
        return "file://[^ ]*[.]csv.*LOCAL.*rows|\"target\":\"LOCAL\"";
    }

    @Override
    String loading() {
        return "\"source\":\"LOCAL\"";
    }

    @Override
    List<String> rows(String sql) {
        return Postgres.server().psql(output, sql);
    }

    @Override
    KillGate.When duringLoad() {
        return KillGate.When.THROUGH; // it waits for the table, which is locked
    }

    @Override
    AutoCloseable holdLoad() throws Exception {
        CompletableFuture<Void> holder =
                CompletableFuture.runAsync(
                        () -> {
                            rows(
                                    "begin; lock table events in access exclusive mode; select"
                                            + " pg_sleep(600) "
                                            + HOLDER);
                        },
                        work -> new Thread(work, "holds the load").start());
        KillGate.await(
                "the lock",
                () -> count("query like '%" + HOLDER + "' and wait_event = 'PgSleep'") == 1);
        return () -> {
            rows(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                            + " current_database() and query like '%"
                            + HOLDER
                            + "'");
            holder.handle((done, terminated) -> null).get();
        };
    }

    @Override
    void awaitLoad() throws Exception {
        KillGate.await("the load", () -> count("wait_event_type = 'Lock'") > 0);
    }

    private long count(String condition) {
        return Long.parseLong(
                rows("select count(*) from pg_stat_activity where datname ="
                                + " current_database() and pid <> pg_backend_pid() and "
                                + condition)
                        .get(0));
    }
}
