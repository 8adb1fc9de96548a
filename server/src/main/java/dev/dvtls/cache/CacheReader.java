package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * The first rows of a relation.
     *
     * @param rows values as DuckDB prints them; empty: NULL
     */
    public record Preview(List<Column> columns, List<List<Optional<String>>> rows) {}

    public List<Column> columns(CachedRelation relation) throws IOException {
        return preview(relation, 0).columns();
    }

    public Preview preview(CachedRelation relation, int limit) throws IOException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "select * from (" + relation.sql() + ") limit " + limit)) {
            ResultSetMetaData meta = result.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i)));
            }
            List<List<Optional<String>>> rows = new ArrayList<>();
            while (result.next()) {
                List<Optional<String>> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(Optional.ofNullable(result.getString(i)));
                }
                rows.add(List.copyOf(row));
            }
            return new Preview(List.copyOf(columns), List.copyOf(rows));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    public long count(CachedRelation relation) throws IOException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(*) from (" + relation.sql() + ")")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw unreadable(e);
        }
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
