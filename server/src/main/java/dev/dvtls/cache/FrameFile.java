package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Parquet file of a frame: its columns are called {@code c0}, {@code c1}, ..., so that nothing
 * that a user names stands in a query. Row groups are small: a page is read out of one or two.
 */
final class FrameFile {
    static final String MEMORY = "512MB";

    /** Options of a COPY. */
    static final String FORMAT = "(format parquet, row_group_size 4096)";

    private FrameFile() {}

    /**
     * @param more the query has more rows than were written
     */
    record Written(List<Column> columns, long rows, boolean more) {}

    /**
     * @param sql of our own, over files
     */
    static Written write(String sql, long limit, Path file, Path work) throws IOException {
        Path spill = work.resolve("spill-" + UUID.randomUUID());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            bounded(statement, spill);
            List<Column> columns = described(duckdb, sql);
            String named = "(" + sql + "\n) as q(" + names(columns.size()) + ")";
            long rows =
                    statement.executeLargeUpdate(
                            "copy (select * from "
                                    + named
                                    + " limit "
                                    + limit
                                    + ") to "
                                    + path(file)
                                    + " "
                                    + FORMAT);
            boolean more = rows == limit && isMore(statement, named, limit);
            return new Written(columns, rows, more);
        } catch (SQLException e) {
            throw new IOException("The rows could not be kept: " + e.getMessage(), e);
        } finally {
            AtomicFiles.deleteTree(spill);
        }
    }

    /** What DuckDB may use of this machine: it runs inside the editor's server. */
    static void bounded(Statement statement, Path spill) throws SQLException {
        statement.execute("set memory_limit = '" + MEMORY + "'");
        statement.execute("set threads = 2");
        statement.execute("set temp_directory = " + path(spill));
    }

    private static boolean isMore(Statement statement, String named, long limit)
            throws SQLException {
        try (ResultSet next =
                statement.executeQuery("select 1 from " + named + " limit 1 offset " + limit)) {
            return next.next();
        }
    }

    private static List<Column> described(Connection duckdb, String sql) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement prepared = duckdb.prepareStatement(sql)) {
            ResultSetMetaData meta = prepared.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i)));
            }
        }
        return List.copyOf(columns);
    }

    /** A query of no rows. */
    static String empty(List<Column> columns) {
        return columns.stream()
                .map(c -> "cast(null as " + c.type() + ") as " + ViewSql.identifier(c.name()))
                .collect(Collectors.joining(", ", "select ", " where false"));
    }

    static String name(int column) {
        return "c" + column;
    }

    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj(FrameFile::name)
                .collect(Collectors.joining(", "));
    }

    /**
     * An expression as text.
     *
     * @param longest characters; more are cut, and end in "…"; 0: as they are
     */
    static String text(String value, int longest) {
        String text = "cast(" + value + " as varchar)";
        return longest <= 0
                ? text
                : "case when length("
                        + text
                        + ") > "
                        + longest
                        + " then left("
                        + text
                        + ", "
                        + longest
                        + ") || '…' else "
                        + text
                        + " end";
    }

    /** As DuckDB writes to it. */
    static String path(Path file) {
        return "'" + file.toString().replace('\\', '/').replace("'", "''") + "'";
    }

    /** As DuckDB reads it. */
    static String scan(Path file) {
        return "read_parquet(" + ViewSql.literal(file) + ", file_row_number = true)";
    }
}
