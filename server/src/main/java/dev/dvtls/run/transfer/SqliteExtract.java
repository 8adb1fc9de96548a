package dev.dvtls.run.transfer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The types of what came out of a SQLite file. A column's declared type is what its values should
 * be; SQLite lets them be anything else. So the values are asked, and where one of them is
 * something else the whole column gets a type that holds them all.
 */
final class SqliteExtract {
    private SqliteExtract() {}

    static Extracted shape(
            String asked, JsonObject answer, Path csv, Path parquet, Programs programs)
            throws TransferException, InterruptedException, IOException {
        List<SqliteLeaving> columns = new ArrayList<>();
        for (JsonElement element : answer.getAsJsonArray("columns")) {
            JsonObject column = element.getAsJsonObject();
            columns.add(
                    SqliteLeaving.of(
                            column.get("name").getAsString(),
                            column.get("type").getAsString(),
                            column.get("kinds").getAsString(),
                            columns.size()));
        }
        long rows = answer.get("rows").getAsLong();
        Extracted extracted;
        try {
            extracted = shape(columns, csv, parquet, Carrier.Reading.QUICK, programs);
            if (extracted.rows() == rows) {
                return extracted;
            }
        } catch (TransferException e) {
            if (!e.getMessage().contains("CSV Error")
                    && !e.getMessage().contains("Invalid Input Error")) {
                throw e;
            }
        }
        extracted = shape(columns, csv, parquet, Carrier.Reading.CAREFUL, programs);
        if (extracted.rows() != rows) {
            throw new TransferException(
                    asked
                            + " has "
                            + rows
                            + " rows, of which "
                            + extracted.rows()
                            + " arrived; nothing was kept.");
        }
        return extracted;
    }

    private static Extracted shape(
            List<SqliteLeaving> columns,
            Path csv,
            Path parquet,
            Carrier.Reading reading,
            Programs programs)
            throws TransferException, InterruptedException, IOException {
        String from = Carrier.read(csv, columns.size(), reading);
        JsonObject misfits = misfits(columns, from, programs);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            items.add(columns.get(i).read(misfits) + " as " + Sql.name(columns.get(i).name()));
        }
        programs.duckdb()
                .query(
                        "copy (select\n  "
                                + String.join(",\n  ", items)
                                + "\nfrom "
                                + from
                                + ") to "
                                + Sql.text(parquet.toString())
                                + " (format parquet);",
                        programs.limits().data());
        DuckDb.Described described = programs.duckdb().describe(parquet, programs.limits().query());
        return new Extracted(parquet, described.rows(), described.columns(), Files.size(parquet));
    }

    private static JsonObject misfits(List<SqliteLeaving> columns, String from, Programs programs)
            throws TransferException, InterruptedException {
        List<String> items = new ArrayList<>();
        columns.forEach(column -> items.addAll(column.questions()));
        return items.isEmpty()
                ? new JsonObject()
                : programs.duckdb()
                        .query(
                                "select " + String.join(",\n ", items) + "\nfrom " + from + ";",
                                programs.limits().data())
                        .get(0)
                        .getAsJsonObject();
    }
}
