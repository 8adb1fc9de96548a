package dev.dvtls.run.transfer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The types of what came out of a SQLite file. A column's declared type is what its values should
 * be; SQLite lets them be anything else. So the values are asked, and where one of them is
 * something else the whole column gets a type that holds them all.
 */
final class SqliteExtract {
    /** Columns that a warning names. */
    private static final int MOST = 5;

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
            extracted = shape(asked, columns, csv, parquet, Carrier.Reading.QUICK, programs);
            if (extracted.rows() == rows) {
                return extracted;
            }
        } catch (TransferException e) {
            if (!e.getMessage().contains("CSV Error")
                    && !e.getMessage().contains("Invalid Input Error")) {
                throw e;
            }
        }
        extracted = shape(asked, columns, csv, parquet, Carrier.Reading.CAREFUL, programs);
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
            String asked,
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
        DuckDb.Described described =
                programs.duckdb().write(items, from, parquet, programs.limits());
        return new Extracted(
                parquet,
                described.rows(),
                described.columns(),
                Files.size(parquet),
                warning(asked, columns, misfits, described.columns()));
    }

    private static Optional<String> warning(
            String asked, List<SqliteLeaving> columns, JsonObject misfits, List<Column> types) {
        List<String> odd =
                IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).isOdd(misfits))
                        .mapToObj(i -> odd(columns.get(i), types.get(i)))
                        .toList();
        if (odd.isEmpty()) {
            return Optional.empty();
        }
        String more = odd.size() > MOST ? " and " + (odd.size() - MOST) + " more" : "";
        return Optional.of(
                asked
                        + " has values that are not of their column's type, which SQLite allows;"
                        + " such a column is read as what holds them all: "
                        + odd.stream().limit(MOST).collect(Collectors.joining(", "))
                        + more
                        + ". Mend the values, or convert the column in the model.");
    }

    private static String odd(SqliteLeaving column, Column read) {
        return "'"
                + column.name()
                + "' ("
                + (column.declared().isBlank() ? "no type" : column.declared())
                + ") as "
                + read.type();
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
