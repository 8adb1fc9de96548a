package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.testing.MariaDb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("heavy")
class MariaDbReadersTest {
    private static final String ROWS =
            "select range as id, md5(range::varchar) as t, range / 7.0 as f, (range %%"
                + " 1000)::decimal(12,3) as d, timestamp '2024-01-01' + to_seconds(range) as ts,"
                + " case when range %% 5 = 0 then null else 'x\"' || chr(10) || range end as n, %s"
                + " as v from range(200000)";

    @TempDir Path project;
    private final MariaDb server = MariaDb.server();
    private final Connection shop = server.database();
    private final Relation big = new Relation(Optional.empty(), shop.name(), "big");

    /** An error of a reader, as for a missing table, fails the test too. */
    @Test
    void readersSeeTheOldRowsOrTheNew() throws Exception {
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        Frames frames = new Frames(project);
        transfers.load(shop, big, frames.load(Mode.REPLACE, ROWS.formatted(1)));
        Load second = frames.load(Mode.REPLACE, ROWS.formatted(2));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<String>> reader =
                CompletableFuture.supplyAsync(
                        () -> {
                            List<String> seen = new ArrayList<>();
                            while (!done.get()) {
                                seen.addAll(
                                        server.sql(
                                                shop, "select count(*), min(v), max(v) from big"));
                            }
                            return seen;
                        });
        transfers.load(shop, big, second);
        done.set(true);
        assertThat(reader.get(60, TimeUnit.SECONDS))
                .isNotEmpty()
                .allMatch(row -> row.equals("200000|1|1") || row.equals("200000|2|2"));
        Extracted back = transfers.extract(shop, new Source.Table(big), frames.file());
        assertThat(
                        frames.rows(
                                "select count(*) as n from (from $1 except all from $2)",
                                second.parquet(),
                                back.parquet()))
                .containsExactly("{'n': 0}");
    }
}
