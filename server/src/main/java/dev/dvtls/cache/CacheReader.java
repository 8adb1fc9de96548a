package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks into cached relations with an in-memory DuckDB. The first use loads DuckDB (about half a
 * second): never call this on the message loop.
 */
public final class CacheReader implements AutoCloseable {
    /** What a merge may hold in memory: it runs inside the editor's server. */
    private static final String MEMORY = "512MB";

    private final Connection duckdb;

    private CacheReader(Connection duckdb) {
        this.duckdb = duckdb;
    }

    public static CacheReader open() throws IOException {
        try {
            return new CacheReader(DriverManager.getConnection("jdbc:duckdb:"));
        } catch (SQLException e) {
            throw new IOException("DuckDB did not open: " + e.getMessage(), e);
        }
    }

    /**
     * A reader for queries that a user writes: the relations are views under these names, and it
     * reaches no other file, nor the network.
     *
     * @param spill a folder for what does not fit into memory; need not exist
     */
    public static CacheReader over(Map<String, CachedRelation> relations, Path spill)
            throws IOException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        try {
            CacheReader reader =
                    new CacheReader(DriverManager.getConnection("jdbc:duckdb:", streaming));
            try (Statement statement = reader.duckdb.createStatement()) {
                for (Map.Entry<String, CachedRelation> relation : relations.entrySet()) {
                    statement.execute(
                            "create view \""
                                    + relation.getKey().replace("\"", "\"\"")
                                    + "\" as "
                                    + relation.getValue().sql());
                }
                statement.execute("set temp_directory = " + quoted(spill));
                statement.execute(
                        "set allowed_paths = ["
                                + relations.values().stream()
                                        .flatMap(relation -> relation.parts().stream())
                                        .map(CachedRelation.Part::file)
                                        // as views name it, and as it is then opened
                                        .flatMap(f -> Stream.of(ViewSql.literal(f), quoted(f)))
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + "]");
                statement.execute("set enable_external_access = false");
                statement.execute("set lock_configuration = true");
                return reader;
            } catch (SQLException e) {
                reader.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * The first rows of a relation.
     *
     * @param rows values as DuckDB prints them; empty: NULL
     */
    public record Preview(List<Column> columns, List<List<Optional<String>>> rows) {}

    /** A query that DuckDB refuses; the message is DuckDB's. */
    public static final class QueryRefused extends Exception {
        private static final long serialVersionUID = 1L;

        QueryRefused(String message) {
            super(message);
        }
    }

    /**
     * The first rows of a query.
     *
     * @param limit at most so many
     */
    public Preview query(String sql, int limit) throws QueryRefused {
        try (Statement statement = duckdb.createStatement()) {
            List<Column> columns = described(sql);
            boolean timed = columns.stream().anyMatch(column -> isTime(column.type()));
            if (!statement.execute(timed ? asText(sql, columns) : sql)) {
                return new Preview(List.of(), List.of());
            }
            try (ResultSet result = statement.getResultSet()) {
                Preview rows = read(result, limit);
                return timed ? new Preview(columns, rows.rows()) : rows;
            }
        } catch (SQLException e) {
            throw new QueryRefused(
                    String.valueOf(e.getMessage()).replaceFirst("(?s)^.*?\\nError: ", "").strip());
        }
    }

    /** JDBC has other texts for dates and times than DuckDB, and none for infinity. */
    private static String asText(String sql, List<Column> columns) {
        List<String> names = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Column column : columns) {
            String name = "c" + names.size();
            names.add(name);
            items.add(isTime(column.type()) ? "cast(" + name + " as varchar)" : name);
        }
        return "select %s from (%s\n) as q(%s)"
                .formatted(String.join(", ", items), sql, String.join(", ", names));
    }

    private static boolean isTime(String type) {
        return type.startsWith("TIME") || type.equals("DATE");
    }

    /** Of a query; empty for another statement. */
    private List<Column> described(String sql) throws SQLException {
        try (PreparedStatement prepared = duckdb.prepareStatement(sql)) {
            ResultSetMetaData meta = prepared.getMetaData();
            return meta == null ? List.of() : columns(meta);
        }
    }

    private static List<Column> columns(ResultSetMetaData meta) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i)));
        }
        return List.copyOf(columns);
    }

    public List<Column> columns(CachedRelation relation) throws IOException {
        return preview(relation, 0).columns();
    }

    public Preview preview(CachedRelation relation, int limit) throws IOException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "select * from (" + relation.sql() + ") limit " + limit)) {
            return read(result, limit);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static Preview read(ResultSet result, int limit) throws SQLException {
        List<Column> columns = columns(result.getMetaData());
        List<List<Optional<String>>> rows = new ArrayList<>();
        while (rows.size() < limit && result.next()) {
            List<Optional<String>> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(Optional.ofNullable(result.getString(i)));
            }
            rows.add(List.copyOf(row));
        }
        return new Preview(columns, List.copyOf(rows));
    }

    /**
     * Writes a query's rows to a new Parquet file, in bounded memory: the rest goes to a folder
     * that is gone afterwards.
     *
     * @return how many
     */
    static long copy(String sql, Path file, Path spill) throws IOException {
        try (CacheReader reader = open();
                Statement statement = reader.duckdb.createStatement()) {
            statement.execute("set memory_limit = '" + MEMORY + "'");
            statement.execute("set threads = 2"); // each holds row groups in memory
            statement.execute("set temp_directory = " + quoted(spill));
            return statement.executeLargeUpdate(
                    "copy (" + sql + ") to " + quoted(file) + " (format parquet)");
        } catch (SQLException e) {
            Files.deleteIfExists(file);
            throw unreadable(e);
        } finally {
            AtomicFiles.deleteTree(spill);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            duckdb.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB did not close: " + e.getMessage(), e);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace('\\', '/').replace("'", "''") + "'";
    }

    private static IOException unreadable(SQLException e) {
        return new IOException("The cache could not be read: " + e.getMessage(), e);
    }
}
