package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Statements inside a DuckDB database. Sling would talk to DuckDB's program through its prompt, and
 * now and then (one call in about two hundred on a busy machine) it misses the end of an answer and
 * waits for ever; so a file is worked on by that program alone. MotherDuck, which needs a login,
 * goes through Sling.
 *
 * @param file of the database; empty: there is none on this machine
 */
record InsideDuckDb(Sling.Target target, Optional<Path> file, Programs programs) {
    /** Statements that change nothing in the database. */
    void read(String sql, Duration limit) throws TransferException, InterruptedException {
        if (file.isPresent()) {
            programs.duckdb().read(file.get(), sql, limit);
        } else {
            programs.sling().exec(target, sql, limit);
        }
    }

    /** Rows of the last statement that gives some, where there is a file. */
    JsonArray write(String sql, Duration limit) throws TransferException, InterruptedException {
        if (file.isPresent()) {
            return programs.duckdb().write(file.get(), sql, limit);
        }
        programs.sling().exec(target, sql, limit);
        return new JsonArray();
    }

    /** The one value of a query that gives one row with one column of JSON text. */
    JsonObject queryJson(String sql, Duration limit)
            throws TransferException, InterruptedException {
        if (file.isEmpty()) {
            return programs.sling().queryJson(target, sql, limit);
        }
        JsonArray rows =
                Files.exists(file.get())
                        ? programs.duckdb().read(file.get(), sql + ";", limit)
                        : programs.duckdb().query(sql + ";", limit);
        if (rows.isEmpty()) {
            throw new TransferException(
                    "The connection '"
                            + target.name()
                            + "' gave no answer to a question about its tables.");
        }
        String answer =
                rows.get(0).getAsJsonObject().entrySet().iterator().next().getValue().getAsString();
        return JsonParser.parseString(answer).getAsJsonObject();
    }

    /** The columns of a query, which is not run. */
    List<Column> describe(String query, Duration limit)
            throws TransferException, InterruptedException {
        JsonObject answer =
                queryJson(
                        "select cast(to_json(struct_pack(columns := list(struct_pack(name :="
                                + " column_name, type := column_type)))) as varchar) as answer from"
                                + " (describe select * from (\n"
                                + query
                                + "\n))",
                        limit);
        return List.of(new Gson().fromJson(answer.get("columns"), Column[].class));
    }
}
