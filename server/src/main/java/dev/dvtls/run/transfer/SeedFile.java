package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.BadSeed;
import dev.dvtls.run.SeedOptions;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A seed's CSV file as typed Parquet. Types and casts are DuckDB's, which reads it twice. */
final class SeedFile {
    private final Path csv;
    private final SeedOptions options;
    private final Programs programs;

    SeedFile(Path csv, SeedOptions options, Programs programs) {
        this.csv = csv;
        this.options = options;
        this.programs = programs;
    }

    Extracted read(Path parquet, Consumer<String> warn)
            throws BadSeed, TransferException, InterruptedException {
        try {
            Path carrier = Files.createTempFile(programs.work(), "seed", ".csv");
            try {
                SeedScan.Scanned scanned = new SeedScan(csv, options).write(carrier);
                Map<String, SeedType> given = given(scanned.columns(), warn);
                String from =
                        Carrier.read(carrier, scanned.columns().size(), Carrier.Reading.CAREFUL);
                write(scanned.columns(), types(scanned.columns(), given, from), from, parquet);
                DuckDb.Described described =
                        programs.duckdb().describe(parquet, programs.limits().query());
                if (described.rows() != scanned.rows()) {
                    throw new TransferException(
                            "Of the "
                                    + scanned.rows()
                                    + " rows of "
                                    + csv.getFileName()
                                    + " only "
                                    + described.rows()
                                    + " were read; nothing was loaded.");
                }
                return new Extracted(
                        parquet, described.rows(), described.columns(), Files.size(parquet));
            } finally {
                Files.deleteIfExists(carrier);
            }
        } catch (NoSuchFileException e) {
            throw new BadSeed(csv, 0, "There is no file " + e.getFile() + " any more.");
        } catch (IOException e) {
            throw new TransferException(csv + " could not be read: " + e.getMessage());
        }
    }

    /** Types that the configuration gives, by lower-case name. */
    private Map<String, SeedType> given(List<String> columns, Consumer<String> warn)
            throws BadSeed {
        Set<String> there = new HashSet<>();
        columns.forEach(name -> there.add(name.toLowerCase(Locale.ROOT)));
        Map<String, SeedType> types = new TreeMap<>();
        for (Map.Entry<String, String> entry : options.columnTypes().entrySet()) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            Optional<SeedType> type = SeedType.named(entry.getValue());
            if (type.isEmpty()) {
                throw new BadSeed(
                        csv,
                        0,
                        "The type '"
                                + entry.getValue()
                                + "', which `column_types` gives the column '"
                                + entry.getKey()
                                + "', is not known. Take a plain SQL type such as varchar, bigint,"
                                + " decimal(18,2), date or timestamp.");
            }
            if (!there.contains(name)) {
                warn.accept(
                        "`column_types` names a column '"
                                + entry.getKey()
                                + "', which "
                                + csv.getFileName()
                                + " does not have. It has "
                                + String.join(", ", columns)
                                + ".");
            }
            types.put(name, type.get());
        }
        return types;
    }

    private List<SeedType> types(List<String> columns, Map<String, SeedType> given, String from)
            throws BadSeed, TransferException, InterruptedException {
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            questions.addAll(questions(i, Optional.ofNullable(given.get(key(columns.get(i))))));
        }
        JsonObject answers =
                programs.duckdb()
                        .query(
                                "select " + String.join(",\n ", questions) + "\nfrom " + from + ";",
                                programs.limits().data())
                        .get(0)
                        .getAsJsonObject();
        List<SeedType> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SeedType wanted = given.get(key(columns.get(i)));
            types.add(
                    wanted == null
                            ? guessed(answers, i)
                            : checked(answers, i, columns.get(i), wanted));
        }
        return types;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A row of aggregates that decides a column's type, or finds the first value against it. */
    private static List<String> questions(int column, Optional<SeedType> given) {
        List<String> questions = new ArrayList<>();
        if (given.isEmpty()) {
            String text = bare(column);
            questions.add("count(" + text + ") as n" + column);
            for (int i = 0; i < SeedType.GUESSES.size(); i++) {
                questions.add(
                        "bool_and("
                                + SeedType.GUESSES.get(i).condition(text)
                                + ") filter (where "
                                + text
                                + " is not null) as "
                                + answer(i, column));
            }
            return questions;
        }
        SeedType type = given.get();
        String text = type.isText() ? text(column) : bare(column);
        String bad = text + " is not null and not coalesce(" + type.condition(text) + ", false)";
        String line = "cast(" + Carrier.FIRST + " as bigint)";
        questions.add("min(" + line + ") filter (where " + bad + ") as l" + column);
        questions.add(
                "arg_min(" + text + ", " + line + ") filter (where " + bad + ") as v" + column);
        questions.add("max(" + SeedType.SCALE.replace("%s", text) + ") as s" + column);
        questions.add("max(" + SeedType.WHOLE.replace("%s", text) + ") as w" + column);
        return questions;
    }

    private static SeedType guessed(JsonObject answers, int column) {
        if (DuckDb.number(answers, "n" + column) > 0) {
            for (int i = 0; i < SeedType.GUESSES.size(); i++) {
                if (answers.get(answer(i, column)).getAsBoolean()) {
                    return SeedType.GUESSES.get(i);
                }
            }
        }
        return SeedType.TEXT;
    }

    private static String answer(int guess, int column) {
        return "g" + guess + "_" + column;
    }

    private SeedType checked(JsonObject answers, int column, String name, SeedType type)
            throws BadSeed {
        String written =
                options.columnTypes().entrySet().stream()
                        .filter(entry -> key(entry.getKey()).equals(key(name)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(type.duckdb());
        long line = DuckDb.number(answers, "l" + column);
        if (line > 0) {
            String value = answers.get("v" + column).getAsString();
            throw new BadSeed(
                    csv,
                    line,
                    "'"
                            + (value.length() > 60 ? value.substring(0, 57) + "..." : value)
                            + "' in the column '"
                            + name
                            + "' does not fit "
                            + written
                            + ", its type in `column_types`.");
        }
        if (!type.duckdb().equals("DECIMAL")) {
            return type;
        }
        long scale = DuckDb.number(answers, "s" + column);
        if (scale + DuckDb.number(answers, "w" + column) > 38) {
            throw new BadSeed(
                    csv,
                    0,
                    "The column '"
                            + name
                            + "' has numbers of more than 38 digits, which "
                            + written
                            + " cannot keep. Make it varchar in `column_types`.");
        }
        return type.measured((int) scale);
    }

    private void write(List<String> columns, List<SeedType> types, String from, Path parquet)
            throws TransferException, InterruptedException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SeedType type = types.get(i);
            String text = type.isText() ? text(i) : bare(i);
            items.add(type.value(text) + " as " + Sql.name(columns.get(i)));
        }
        programs.duckdb()
                .query(
                        items.stream()
                                .collect(
                                        Collectors.joining(
                                                ",\n  ",
                                                "copy (select\n  ",
                                                "\nfrom "
                                                        + from
                                                        + ") to "
                                                        + Sql.text(parquet.toString())
                                                        + " (format parquet);")),
                        programs.limits().data());
    }

    /** The field as it is in the file; NULL where it is empty. */
    private static String text(int column) {
        String carried = Carrier.column(column);
        String plain = Carrier.plain(column);
        return "case when "
                + carried
                + "[1] = '~' then decode(unhex("
                + plain
                + ")) else "
                + plain
                + " end";
    }

    /** Without blanks around it; NULL where it is blank, or the word null, as dbt has it. */
    private static String bare(int column) {
        String trimmed = "trim(" + Carrier.plain(column) + ")";
        return "nullif(case when lower(" + trimmed + ") <> 'null' then " + trimmed + " end, '')";
    }
}
