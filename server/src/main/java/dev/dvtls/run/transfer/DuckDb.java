package dev.dvtls.run.transfer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Program;
import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** DuckDB's command line program: shapes what Sling carries, and works inside DuckDB files. */
final class DuckDb {
    private final Tools tools;
    private final Path work;
    private final Home home;
    private final Transcript transcript;
    private final Cancellation cancellation;

    DuckDb(Tools tools, Path work, Home home, Transcript transcript, Cancellation cancellation) {
        this.tools = tools;
        this.work = work;
        this.home = home;
        this.transcript = transcript;
        this.cancellation = cancellation;
    }

    /** Rows of the last statement that gives some, in DuckDB's JSON. */
    JsonArray query(String sql, Duration limit) throws TransferException, InterruptedException {
        return start(List.of(), sql, limit);
    }

    /** The same inside a database file, opened to read: others may read it at the same time. */
    JsonArray read(Path database, String sql, Duration limit)
            throws TransferException, InterruptedException {
        return start(List.of("-readonly", database.toAbsolutePath().toString()), sql, limit);
    }

    /**
     * Statements inside a database file, which is made when it is missing. The first error ends it,
     * and with it a transaction that is open.
     */
    JsonArray write(Path database, String sql, Duration limit)
            throws TransferException, InterruptedException {
        return start(List.of(database.toAbsolutePath().toString()), sql, limit);
    }

    private JsonArray start(List<String> database, String sql, Duration limit)
            throws TransferException, InterruptedException {
        try {
            Path file = Files.createTempFile(work, "duckdb", ".sql");
            try {
                Files.writeString(
                        file,
                        "set timezone='UTC'; set autoinstall_known_extensions=false;\n" + sql);
                List<String> command = new ArrayList<>();
                command.add(tools.duckdb().toString());
                command.addAll(List.of("-json", "-bail", "-f", file.toString()));
                command.addAll(database);
                Program.Outcome outcome =
                        Program.run(
                                command,
                                home.environment(tools, System.getenv()),
                                work,
                                limit,
                                cancellation);
                if (outcome.end() == Program.End.EXITED && outcome.code() != 0) {
                    transcript.failed("duckdb", String.join(" ", database), outcome.err());
                }
                return rows(outcome);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The DuckDB program could not be started ("
                            + e.getMessage()
                            + "). Run `dvt-ls doctor` to see what is missing.");
        }
    }

    /** Selects into a Parquet file, and tells what it holds then. */
    Described write(List<String> items, String from, Path parquet, Limits limits)
            throws TransferException, InterruptedException {
        var unused =
                query(
                        "copy (select\n  "
                                + String.join(",\n  ", items)
                                + "\nfrom "
                                + from
                                + ") to "
                                + Sql.text(parquet.toString())
                                + " (format parquet);",
                        limits.data());
        return describe(parquet, limits.query());
    }

    /** What a Parquet file holds. */
    Described describe(Path parquet, Duration limit)
            throws TransferException, InterruptedException {
        String file = Sql.text(parquet.toString());
        JsonArray rows =
                query(
                        "create temp table n as select count(*) as n from read_parquet("
                                + file
                                + "); select column_name, column_type, (select n from n) as n from"
                                + " (describe from read_parquet("
                                + file
                                + "));",
                        limit);
        List<Column> columns =
                StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getAsJsonObject())
                        .map(
                                row ->
                                        new Column(
                                                row.get("column_name").getAsString(),
                                                row.get("column_type").getAsString()))
                        .toList();
        long count = rows.isEmpty() ? 0 : rows.get(0).getAsJsonObject().get("n").getAsLong();
        return new Described(columns, count);
    }

    record Described(List<Column> columns, long rows) {}

    private static JsonArray rows(Program.Outcome outcome) throws TransferException {
        return switch (outcome.end()) {
            case CANCELLED -> throw new TransferException("Cancelled.");
            case TIMED_OUT ->
                    throw new TransferException("The DuckDB program took too long and was ended.");
            case EXITED -> {
                if (outcome.code() != 0) {
                    throw new TransferException(message(outcome.err()));
                }
                yield last(outcome.out());
            }
        };
    }

    /** Each statement prints an array of its own. */
    private static JsonArray last(String out) {
        int start = out.lastIndexOf("\n[{") + 1;
        String text = out.startsWith("[{") || start > 0 ? out.substring(start).strip() : "";
        return text.isEmpty() ? new JsonArray() : JsonParser.parseString(text).getAsJsonArray();
    }

    /** The error, with what DuckDB suggests; not the statement that it repeats. */
    private static String message(String err) {
        List<String> lines =
                err.lines()
                        .map(String::strip)
                        .dropWhile(line -> !line.contains("Error:"))
                        .takeWhile(line -> !line.isEmpty() && !line.startsWith("LINE "))
                        .toList();
        return lines.isEmpty()
                ? err.lines().findFirst().orElse("DuckDB ended without saying why")
                : String.join(" ", lines);
    }

    static long number(JsonObject row, String key) {
        return row.get(key).isJsonNull() ? 0 : row.get(key).getAsLong();
    }
}
