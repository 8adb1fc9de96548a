package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("heavy")
class VolumeTest {
    private static final Relation TABLE = new Relation(Optional.empty(), "public", "big");
    private static final String ROWS =
            "select range as id, md5(range::varchar) as t, range / 7.0 as f, (range %%"
                + " 1000)::decimal(12,3) as d, timestamp '2024-01-01' + to_seconds(range) as ts,"
                + " case when range %% 5 = 0 then null else 'x\"' || chr(10) || range end as n, %s"
                + " as v from range(%s)";

    @TempDir Path project;
    private final Postgres server = Postgres.server();
    private final Connection postgres = server.database();
    private final Connection duckdb =
            new Connection("dev", "duckdb", Map.of("path", "v.duckdb", "schema", "public"));
    private Frames frames;

    @BeforeEach
    void open() throws Exception {
        frames = new Frames(project);
    }

    @Test
    void carriesManyRowsUnchanged() throws Exception {
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        Load load = frames.load(Mode.REPLACE, ROWS.formatted(1, 500_000));
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(
                            frames.rows(
                                    "select count(*) as n from (from $1 except all from $2)",
                                    load.parquet(),
                                    back.parquet()))
                    .as(target.type())
                    .containsExactly("{'n': 0}");
            assertThat(back.rows()).isEqualTo(500_000);
        }
    }

    @Test
    void readersSeeTheOldRowsOrTheNew() throws Exception {
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        transfers.load(postgres, TABLE, frames.load(Mode.REPLACE, ROWS.formatted(1, 200_000)));
        Load second = frames.load(Mode.REPLACE, ROWS.formatted(2, 200_000));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<String>> reader =
                CompletableFuture.supplyAsync(
                        () -> {
                            List<String> seen = new ArrayList<>();
                            while (!done.get()) {
                                seen.addAll(
                                        server.psql(
                                                postgres,
                                                "select count(*), min(v), max(v) from public.big"));
                            }
                            return seen;
                        });
        transfers.load(postgres, TABLE, second);
        done.set(true);
        assertThat(reader.get(60, TimeUnit.SECONDS))
                .isNotEmpty()
                .allMatch(row -> row.equals("200000|1|1") || row.equals("200000|2|2"));
    }

    @Test
    void aCancelledLoadLeavesTheOldRowsAndTheNextCleansUp() throws Exception {
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        transfers.load(postgres, TABLE, frames.load(Mode.REPLACE, ROWS.formatted(1, 1000)));
        Load big = frames.load(Mode.REPLACE, ROWS.formatted(2, 1_000_000));
        Cancellation cancellation = new Cancellation();
        SlingTransfers cancelled = Frames.transfers(project, cancellation);
        CompletableFuture<String> running =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                cancelled.load(postgres, TABLE, big);
                                return "loaded";
                            } catch (TransferException e) {
                                return e.getMessage();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        String staged = "select count(*) from pg_class where relname like '\\_dvt\\_stage\\_%'";
        while (server.psql(postgres, staged).contains("0") && !running.isDone()) {
            Thread.onSpinWait(); // psql's own time is the wait
        }
        cancellation.cancel();
        assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("Cancelled.");
        assertThat(server.psql(postgres, "select count(*), max(v) from public.big"))
                .containsExactly("1000|1");
        transfers.load(postgres, TABLE, frames.load(Mode.REPLACE, ROWS.formatted(3, 10)));
        assertThat(server.psql(postgres, staged)).containsExactly("0");
        assertThat(server.psql(postgres, "select count(*), max(v) from public.big"))
                .containsExactly("10|3");
    }
}
