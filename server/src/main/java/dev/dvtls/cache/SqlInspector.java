package dev.dvtls.cache;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * DuckDB's parser and binder, asked about a SQL text. Nothing of the text is executed, and it
 * reaches no file and no network. Opening it loads DuckDB (about half a second): never on the
 * message loop. Thread-safe.
 */
public final class SqlInspector implements AutoCloseable {
    private static final int REMEMBERED = 1_000;

    /**
     * What DuckDB says is wrong.
     *
     * @param offset in the text, UTF-16 code units
     * @param name of the column that is missing; empty for syntax
     */
    public record Trouble(String message, int offset, Optional<String> name) {}

    /**
     * @param query it is one query alone, which may be bound
     */
    private record Parsed(Optional<Trouble> trouble, boolean query) {}

    private record Question(String sql, Map<String, List<Column>> tables) {}

    private final Connection duckdb;
    private final Map<String, Parsed> parsed = remembering();
    private final Map<Question, Optional<Trouble>> bound = remembering();

    private SqlInspector(Connection duckdb) {
        this.duckdb = duckdb;
    }

    public static SqlInspector open() throws IOException {
        try {
            Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("set enable_external_access = false");
                statement.execute("set threads = 1");
                statement.execute("set memory_limit = '256MB'");
                statement.execute("set errors_as_json = true");
                statement.execute("set lock_configuration = true");
                return new SqlInspector(duckdb);
            } catch (SQLException e) {
                duckdb.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB did not open: " + e.getMessage(), e);
        }
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** The syntax error of one or more statements. */
    public synchronized Optional<Trouble> syntax(String sql) {
        return parsed.computeIfAbsent(sql, this::parse).trouble();
    }

    private Parsed parse(String sql) {
        try (PreparedStatement question =
                duckdb.prepareStatement("select json_serialize_sql(?::varchar)")) {
            question.setString(1, sql);
            try (ResultSet answer = question.executeQuery()) {
                return answer.next()
                        ? parsed(sql, JsonParser.parseString(answer.getString(1)).getAsJsonObject())
                        : new Parsed(Optional.empty(), false);
            }
        } catch (SQLException | JsonParseException | IllegalStateException e) {
            return new Parsed(Optional.empty(), false); // it has no opinion
        }
    }

    /** A statement that is no query is an error of another type: it was parsed. */
    private static Parsed parsed(String sql, JsonObject answer) {
        if (!answer.get("error").getAsBoolean()) {
            return new Parsed(Optional.empty(), answer.getAsJsonArray("statements").size() == 1);
        }
        boolean syntax = text(answer, "error_subtype").equals("SYNTAX_ERROR");
        Optional<Integer> position = position(answer);
        return new Parsed(
                syntax && position.isPresent()
                        ? Optional.of(
                                new Trouble(
                                        text(answer, "error_message"),
                                        ofCodePoints(sql, position.get()),
                                        Optional.empty()))
                        : Optional.empty(),
                false);
    }

    /**
     * A column that no table has, in one query that reads these tables and no others.
     *
     * @param tables by name, with their columns
     */
    public synchronized Optional<Trouble> missingColumn(
            String sql, Map<String, List<Column>> tables) {
        if (!parsed.computeIfAbsent(sql, this::parse).query()) {
            return Optional.empty();
        }
        return bound.computeIfAbsent(new Question(sql, Map.copyOf(tables)), this::bind);
    }

    private Optional<Trouble> bind(Question question) {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("begin transaction");
            try {
                for (Map.Entry<String, List<Column>> table : question.tables().entrySet()) {
                    statement.execute(create(table.getKey(), table.getValue()));
                }
                // Preparing one query binds it, and runs nothing.
                duckdb.prepareStatement(question.sql()).close();
                return Optional.empty();
            } catch (SQLException e) {
                return missing(question.sql(), String.valueOf(e.getMessage()));
            } finally {
                statement.execute("rollback");
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static String create(String table, List<Column> columns) {
        return "create table "
                + quoted(table)
                + columns.stream()
                        .map(c -> quoted(c.name()) + " " + c.type())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static Optional<Trouble> missing(String sql, String message) {
        JsonObject error;
        try {
            error = JsonParser.parseString(message).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
        String text = text(error, "exception_message");
        boolean column =
                text(error, "error_subtype").equals("COLUMN_NOT_FOUND")
                        || text.contains(" does not have a column named ");
        Optional<Integer> position = position(error);
        if (!column || position.isEmpty()) {
            return Optional.empty();
        }
        int offset = ofBytes(sql, position.get());
        return Optional.of(new Trouble(text, offset, Optional.of(name(error, text))));
    }

    private static String name(JsonObject error, String text) {
        String name = text(error, "name");
        if (!name.isEmpty()) {
            return name;
        }
        String before = " does not have a column named \"";
        int from = text.indexOf(before) + before.length();
        int to = text.indexOf('"', from);
        return text.contains(before) && to > from ? text.substring(from, to) : "";
    }

    private static Optional<Integer> position(JsonObject error) {
        try {
            return Optional.of(Integer.parseInt(text(error, "position")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** The parser counts code points. */
    private static int ofCodePoints(String sql, int points) {
        return sql.offsetByCodePoints(
                0, Math.min(Math.max(points, 0), sql.codePointCount(0, sql.length())));
    }

    /** The binder counts bytes of UTF-8. */
    private static int ofBytes(String sql, int bytes) {
        int at = 0;
        int counted = 0;
        while (at < sql.length() && counted < bytes) {
            int point = sql.codePointAt(at);
            counted += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            at += Character.charCount(point);
        }
        return at;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            duckdb.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
