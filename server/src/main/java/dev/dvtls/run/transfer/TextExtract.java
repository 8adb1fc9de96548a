package dev.dvtls.run.transfer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows out of a database: as text through Sling, then typed by the DuckDB program. */
final class TextExtract {
    private static final Pattern WROTE = Pattern.compile("wrote ([\\d,]+) rows");

    private final Sling.Target target;
    private final Programs programs;

    TextExtract(Sling.Target target, Programs programs) {
        this.target = target;
        this.programs = programs;
    }

    /**
     * @param what for messages
     * @param from table or query, as it stands behind {@code from} in the database's SQL
     * @param names of its columns
     * @param leaving those columns, whose texts {@link Carrier} numbers in this order
     */
    Extracted extract(
            String what, String from, List<String> names, List<Leaving> leaving, Path parquet)
            throws TransferException, InterruptedException {
        try {
            Path csv = Files.createTempFile(programs.work(), "rows", ".csv");
            try {
                long rows = stream(from, leaving, csv);
                return shape(names, leaving, csv, rows, parquet);
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The rows of " + what + " could not be stored: " + e.getMessage());
        }
    }

    /**
     * @return rows that Sling says it wrote; -1: it does not say
     */
    private long stream(String from, List<Leaving> leaving, Path csv)
            throws TransferException, InterruptedException, IOException {
        List<String> items = new ArrayList<>();
        items.add("'r' as " + Carrier.FIRST);
        for (int i = 0; i < leaving.size(); i++) {
            items.add(leaving.get(i).select() + " as " + Carrier.column(i));
        }
        String select = "select " + String.join(", ", items) + " from " + from;
        Path query = Files.createTempFile(programs.work(), "select", ".sql");
        try {
            Files.writeString(query, select);
            String log =
                    programs.sling()
                            .run(
                                    target,
                                    Replications.toCsv(query, csv),
                                    programs.limits().data(),
                                    java.util.Map.of());
            Matcher wrote = WROTE.matcher(log);
            return wrote.find() ? Long.parseLong(wrote.group(1).replace(",", "")) : -1;
        } finally {
            Files.deleteIfExists(query);
        }
    }

    private Extracted shape(
            List<String> names, List<Leaving> leaving, Path csv, long rows, Path parquet)
            throws TransferException, InterruptedException, IOException {
        try {
            Extracted extracted = shape(names, leaving, csv, parquet, Carrier.Reading.QUICK);
            return rows < 0 || rows == extracted.rows()
                    ? extracted
                    : shape(names, leaving, csv, parquet, Carrier.Reading.CAREFUL);
        } catch (TransferException e) {
            if (!e.getMessage().contains("CSV Error")
                    && !e.getMessage().contains("Invalid Input Error")) {
                throw e;
            }
            return shape(names, leaving, csv, parquet, Carrier.Reading.CAREFUL);
        }
    }

    private Extracted shape(
            List<String> names,
            List<Leaving> leaving,
            Path csv,
            Path parquet,
            Carrier.Reading reading)
            throws TransferException, InterruptedException, IOException {
        String from = Carrier.read(csv, leaving.size(), reading);
        JsonObject digits = digits(leaving, from);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < leaving.size(); i++) {
            Leaving column = leaving.get(i);
            String read =
                    switch (column.measure()) {
                        case NONE -> column.read();
                        case DIGITS -> "cast(" + column.read() + " as " + decimal(digits, i) + ")";
                        case ODD ->
                                DuckDb.number(digits, "x" + i) == 0
                                        ? column.read()
                                        : column.other();
                    };
            items.add(read + " as " + Sql.name(names.get(i)));
        }
        DuckDb.Described described =
                programs.duckdb().write(items, from, parquet, programs.limits());
        return new Extracted(parquet, described.rows(), described.columns(), Files.size(parquet));
    }

    /** What the types of some columns hang on. */
    private JsonObject digits(List<Leaving> leaving, String from)
            throws TransferException, InterruptedException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < leaving.size(); i++) {
            String value = leaving.get(i).read();
            switch (leaving.get(i).measure()) {
                case NONE -> {}
                case DIGITS -> {
                    items.add(
                            "max(length(split_part(ltrim(%s, '-'), '.', 1))) as w%d"
                                    .formatted(value, i));
                    items.add("max(length(split_part(%s, '.', 2))) as s%d".formatted(value, i));
                    items.add(
                            "count(*) filter (where regexp_matches(%s, '[a-zA-Z]')) as x%d"
                                    .formatted(value, i));
                }
                case ODD ->
                        items.add("count(*) filter (where " + leaving.get(i).odd() + ") as x" + i);
            }
        }
        if (items.isEmpty()) {
            return new JsonObject();
        }
        JsonArray rows =
                programs.duckdb()
                        .query(
                                "select " + String.join(", ", items) + " from " + from + ";",
                                programs.limits().data());
        return rows.get(0).getAsJsonObject();
    }

    /** DECIMAL where 38 digits are enough and no NaN or infinity is among them, else DOUBLE. */
    private static String decimal(JsonObject digits, int index) {
        long whole = DuckDb.number(digits, "w" + index);
        long scale = DuckDb.number(digits, "s" + index);
        boolean exact = DuckDb.number(digits, "x" + index) == 0 && whole + scale <= 38;
        return exact ? "DECIMAL(38," + scale + ")" : "DOUBLE";
    }
}
