package dev.dvtls.cache;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A few rows of a relation in a file that a person may edit and commit: Parquet or CSV, whose types
 * are beside it ({@link FixtureTypes}). A CSV column without one there has the type that DuckDB
 * finds in its text. NULL is {@code NULL} or an empty field, an empty text {@code ""}: texts are in
 * quotes.
 *
 * @param file whose name ends with its format
 */
public record FixtureFile(Path file) {
    /** How rows are written. */
    public enum Format {
        CSV,
        PARQUET;

        public String ending() {
            return this == CSV ? ".csv" : ".parquet";
        }
    }

    /** The file of a name in a folder, whichever format it has; a CSV file comes first. */
    public static Optional<FixtureFile> find(Path folder, String name) {
        for (Format format : Format.values()) {
            Path file = folder.resolve(name + format.ending());
            if (Files.isRegularFile(file)) {
                return Optional.of(new FixtureFile(file));
            }
        }
        return Optional.empty();
    }

    /** The first rows of a query in an order that depends on nothing but them. */
    public static String first(String sql, long rows) {
        return "select * from (" + sql + ") order by all limit " + rows;
    }

    /**
     * Writes the rows of a query; a file of the same name and the other format goes. The same rows
     * in the same order are the same bytes, on every machine.
     *
     * @param sql over files of the cache
     * @return how many
     */
    public static long write(Path folder, String name, Format format, String sql)
            throws IOException {
        try {
            return writeRows(folder, name, format, sql);
        } catch (SQLException e) {
            throw new IOException("The fixture was not written: " + e.getMessage(), e);
        }
    }

    private static long writeRows(Path folder, String name, Format format, String sql)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + format.ending());
        Path aside = folder.resolve("." + name + format.ending() + ".tmp");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute("set threads = 1"); // more of them would cut row groups differently
            String rows = "(" + sql + ")";
            List<Column> columns = columns(statement, rows);
            List<Column> told = format == Format.CSV ? columns : List.of();
            long count = copy(statement, rows, format, columns, aside);
            if (format == Format.PARQUET) {
                told = changed(columns, columns(statement, parquet(aside)));
                if (!told.isEmpty()) {
                    count = copy(statement, "(" + asText(rows, told) + ")", format, told, aside);
                }
            }
            AtomicFiles.force(aside);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            for (Format other : Format.values()) {
                if (other != format) {
                    Files.deleteIfExists(folder.resolve(name + other.ending()));
                }
            }
            FixtureTypes.of(folder)
                    .without(name + Format.CSV.ending())
                    .without(name + Format.PARQUET.ending())
                    .with(name + format.ending(), told)
                    .write();
            return count;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * A copy that any DuckDB reads in the same way.
     *
     * @param folder for it alone
     * @throws IOException whose message says what is wrong with the rows
     */
    public FixtureFile copied(Path folder) throws IOException {
        String name = "rows";
        try {
            long unused = writeRows(folder, name, Format.PARQUET, sql());
        } catch (SQLException e) {
            throw new IOException(told(e), e);
        }
        return new FixtureFile(folder.resolve(name + Format.PARQUET.ending()));
    }

    /** DuckDB's sentence, without the advice that follows it. */
    private static String told(SQLException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("(?s)\\n\\s*\\n.*", "")
                .replaceAll("\\nOriginal Line:[^\\n]*", "")
                .replaceFirst("^(Invalid Input|Conversion|IO) Error: ", "")
                .replaceAll("[.:]?\\s*\\n", ": ")
                .strip();
    }

    private static long copy(
            Statement statement, String rows, Format format, List<Column> columns, Path to)
            throws SQLException {
        String options = format == Format.CSV ? csv(columns) : "format parquet";
        return statement.executeLargeUpdate(
                "copy " + rows + " to " + quoted(to) + " (" + options + ")");
    }

    /** What Parquet has no type for: DuckDB would read something near to it. */
    private static List<Column> changed(List<Column> columns, List<Column> kept) {
        List<Column> changed = new ArrayList<>(columns);
        changed.removeAll(kept);
        return List.copyOf(changed);
    }

    private static String asText(String rows, List<Column> columns) {
        return "select * replace ("
                + columns.stream()
                        .map(column -> ViewSql.identifier(column.name()))
                        .map(name -> "cast(" + name + " as varchar) as " + name)
                        .collect(Collectors.joining(", "))
                + ") from "
                + rows;
    }

    private static String csv(List<Column> columns) {
        String texts =
                columns.stream()
                        .filter(column -> column.type().equals("VARCHAR"))
                        .map(column -> ViewSql.identifier(column.name()))
                        .collect(Collectors.joining(", "));
        return "format csv, header, nullstr 'NULL'"
                + (texts.isEmpty() ? "" : ", force_quote (" + texts + ")");
    }

    private static List<Column> columns(Statement statement, String rows) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("describe from " + rows)) {
            while (described.next()) {
                columns.add(new Column(described.getString(1), described.getString(2)));
            }
        }
        return columns;
    }

    /** A query of DuckDB with the file's rows. */
    public String sql() throws IOException {
        Map<String, String> types = FixtureTypes.of(parent()).typesOf(name());
        if (name().endsWith(Format.PARQUET.ending())) {
            String casts =
                    types.entrySet().stream()
                            .map(e -> Map.entry(ViewSql.identifier(e.getKey()), e.getValue()))
                            .map(e -> "cast(%s as %s) as %1$s".formatted(e.getKey(), e.getValue()))
                            .collect(Collectors.joining(", "));
            return "select *"
                    + (casts.isEmpty() ? "" : " replace (" + casts + ")")
                    + " from "
                    + parquet(file);
        }
        types.keySet().retainAll(header()); // DuckDB refuses a type for a column taken out
        return "select * from read_csv("
                + ViewSql.literal(file)
                + ", header = true, auto_detect = true, delim = ',', quote = '\"', escape = '\"'"
                + ", nullstr = ['NULL', ''], allow_quoted_nulls = false, sample_size = -1"
                + (types.isEmpty()
                        ? ""
                        : types.entrySet().stream()
                                .map(e -> text(e.getKey()) + ": " + text(e.getValue()))
                                .collect(Collectors.joining(", ", ", types = {", "}")))
                + ")";
    }

    private static String parquet(Path file) {
        return "read_parquet(" + ViewSql.literal(file) + ", hive_partitioning = false)";
    }

    private List<String> header() throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            return reader.stream().findFirst().map(CsvRecord::getFields).orElse(List.of());
        }
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private Path parent() {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String quoted(Path path) {
        return text(path.toString().replace('\\', '/'));
    }
}
