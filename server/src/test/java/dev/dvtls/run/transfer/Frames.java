package dev.dvtls.run.transfer;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.testing.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Parquet files made and read back with the DuckDB program. */
final class Frames {
    private static final Limits LIMITS =
            new Limits(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(20));

    private final Path folder;
    private final DuckDb duckdb;
    private final AtomicInteger count = new AtomicInteger();

    Frames(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("frames"));
        this.duckdb =
                new DuckDb(
                        TestTools.tools(),
                        this.folder,
                        Home.in(this.folder, TestTools.tools()),
                        Transcript.none(),
                        new Cancellation());
    }

    /** For a database by itself, without {@link SlingTransfers} in front. */
    Programs programs() throws IOException {
        Cancellation never = new Cancellation();
        return new Programs(
                new Sling(
                        TestTools.tools(),
                        folder,
                        Home.in(folder, TestTools.tools()),
                        Transcript.none(),
                        never),
                duckdb,
                new SqliteProgram(TestTools.tools(), folder, LIMITS, Transcript.none(), never),
                new KnownTables(folder),
                folder,
                LIMITS);
    }

    static SlingTransfers transfers(Path project, Cancellation cancellation) throws Exception {
        return SlingTransfers.in(
                project, project.resolve(".dvt/work"), TestTools.tools(), LIMITS, cancellation);
    }

    /** The load of what a query of DuckDB gives. */
    Load load(Mode mode, String select, String... keys) throws Exception {
        return load(mode, mode == Mode.APPEND, select, keys);
    }

    Load remembered(Mode mode, String select, String... keys) throws Exception {
        return load(mode, true, select, keys);
    }

    private Load load(Mode mode, boolean remembered, String select, String... keys)
            throws Exception {
        Path file = folder.resolve("f" + count.incrementAndGet() + ".parquet");
        duckdb.query(
                "copy (" + select + ") to " + Sql.text(file.toString()) + " (format parquet);",
                Duration.ofMinutes(1));
        DuckDb.Described described = duckdb.describe(file, Duration.ofMinutes(1));
        return new Load(
                file,
                described.rows(),
                described.columns(),
                mode,
                List.of(keys),
                UUID.randomUUID().toString(),
                remembered);
    }

    Path file() {
        return folder.resolve("x" + count.incrementAndGet() + ".parquet");
    }

    /** Rows of a query over Parquet files (as {@code $1}, ...), each as one line of text. */
    List<String> rows(String sql, Path... files) throws Exception {
        String filled = sql;
        for (int i = 0; i < files.length; i++) {
            filled = filled.replace("$" + (i + 1), "read_parquet('" + files[i] + "')");
        }
        List<String> rows = new ArrayList<>();
        for (var row :
                duckdb.query(
                        "select cast(q as varchar) as q from (" + filled + ") as q;",
                        Duration.ofMinutes(1))) {
            rows.add(row.getAsJsonObject().get("q").getAsString());
        }
        return rows;
    }

    /** Rows of a query inside a DuckDB file, columns parted by '|', NULL as nothing. */
    List<String> lines(Path database, String sql) throws Exception {
        List<String> lines = new ArrayList<>();
        for (var row : duckdb.read(database, sql + ";", Duration.ofMinutes(1))) {
            lines.add(
                    row.getAsJsonObject().asMap().values().stream()
                            .map(value -> value.isJsonNull() ? "" : value.getAsString())
                            .collect(Collectors.joining("|")));
        }
        return lines;
    }

    DuckDb duckdb() {
        return duckdb;
    }
}
