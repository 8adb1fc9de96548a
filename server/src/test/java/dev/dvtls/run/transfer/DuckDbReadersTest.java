package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of somebody else's that reads the file again and again while it is loaded. */
class DuckDbReadersTest {
    private static final Relation ORDERS = new Relation(Optional.empty(), "marts", "orders");

    /** Prints what it sees, or that it has to wait; ends when the last version is there. */
    private static final String READER =
            """
            import duckdb, sys
            while True:
                try:
                    with duckdb.connect(sys.argv[1], read_only=True) as c:
                        seen = c.sql("select count(*), min(v), max(v) from marts.v").fetchone()
                except duckdb.IOException as e:
                    assert "lock" in str(e), e
                    seen = "locked"
                print(seen, flush=True)
                if seen != "locked" and seen[2] == 4:
                    break
            """;

    @TempDir Path project;

    @Test
    void readersSeeTheOldRowsOrTheNew() throws Exception {
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        Frames frames = new Frames(project);
        Path file = project.resolve("shop.duckdb");
        Connection shop = new Connection("dev", "duckdb", Map.of("path", file.toString()));
        transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, select(1)));
        transfers.build(
                shop,
                new Relation(Optional.empty(), "marts", "v"),
                new Build.View("select id, v from marts.orders"));
        Path seen = project.resolve("seen.txt");
        Path script = Files.writeString(project.resolve("reader.py"), READER);
        Process reader =
                new ProcessBuilder(
                                TestTools.venv().resolve("bin/python").toString(),
                                script.toString(),
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(seen.toFile())
                        .start();
        try {
            transfers.load(shop, ORDERS, frames.load(Mode.REPLACE, select(2)));
            transfers.build(shop, ORDERS, table(Mode.UPSERT, "select id, v + 1 as v"));
            transfers.build(shop, ORDERS, table(Mode.REPLACE, "select id, v + 1 as v"));
            assertThat(reader.waitFor()).isZero();
        } finally {
            reader.destroyForcibly();
        }
        assertThat(Files.readAllLines(seen).stream().collect(Collectors.toSet()))
                .isSubsetOf("locked", line(1), line(2), line(3), line(4))
                .contains(line(4));
    }

    private static Build.Table table(Mode mode, String select) {
        return new Build.Table(
                select + " from marts.orders",
                mode,
                List.of("id"),
                UUID.randomUUID().toString(),
                true);
    }

    private static String select(int version) {
        return "select i as id, " + version + " as v from range(20000) as r(i)";
    }

    private static String line(int version) {
        return "(20000, " + version + ", " + version + ")";
    }
}
