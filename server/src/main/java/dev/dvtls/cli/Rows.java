package dev.dvtls.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CachedRelation.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows for people or for programs. Pure. */
final class Rows {
    /** How they are printed. */
    enum Format {
        TEXT,
        JSON,
        CSV
    }

    private static final int WIDEST = 40;
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    /** DuckDB's types that are numbers in JSON too. */
    private static final Set<String> NUMBERS =
            Set.of(
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE");

    private Rows() {}

    static String print(Preview rows, Format format) {
        return switch (format) {
            case TEXT -> table(rows);
            case JSON -> json(rows);
            case CSV -> csv(rows);
        };
    }

    /** A line a row, columns aligned; numbers to the right, long cells cut. */
    static String table(Preview rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(rows.columns().stream().map(column -> cell(column.name())).toList());
        for (List<Optional<String>> row : rows.rows()) {
            lines.add(row.stream().map(value -> cell(value.orElse("NULL"))).toList());
        }
        int[] widths = new int[rows.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(line.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = lines.get(row).get(i);
                String blanks = " ".repeat(widths[i] - DisplayWidth.of(cell));
                boolean right = isNumber(rows.columns().get(i));
                line.append(i > 0 ? "  " : "").append(right ? blanks + cell : cell + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (row == 0) {
                for (int i = 0; i < widths.length; i++) {
                    text.append(i > 0 ? "  " : "").append("-".repeat(widths[i]));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** On one line: control characters, which could steer a terminal, are shown as escapes. */
    private static String cell(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints()
                .limit(2L * WIDEST)
                .forEach(
                        c -> {
                            switch (c) {
                                case '\n' -> line.append("\\n");
                                case '\r' -> line.append("\\r");
                                case '\t' -> line.append("\\t");
                                default -> {
                                    if (Character.isISOControl(c)) {
                                        line.append(String.format("\\x%02x", c));
                                    } else {
                                        line.appendCodePoint(c);
                                    }
                                }
                            }
                        });
        return DisplayWidth.cut(line.toString(), WIDEST);
    }

    /** An array of objects. Text, dates and what JSON has no word for are strings. */
    static String json(Preview rows) {
        JsonArray array = new JsonArray();
        for (List<Optional<String>> row : rows.rows()) {
            JsonObject object = new JsonObject();
            for (int i = 0; i < row.size(); i++) {
                Column column = rows.columns().get(i);
                object.add(
                        column.name(),
                        row.get(i).map(v -> json(v, column)).orElse(JsonNull.INSTANCE));
            }
            array.add(object);
        }
        return GSON.toJson(array) + "\n";
    }

    private static JsonElement json(String value, Column column) {
        if (column.type().equals("BOOLEAN")) {
            return new JsonPrimitive(Boolean.parseBoolean(value));
        }
        return isNumber(column) && value.matches("-?[0-9.]+([eE][-+]?[0-9]+)?")
                ? new JsonPrimitive(new LazilyParsedNumber(value))
                : new JsonPrimitive(value);
    }

    private static boolean isNumber(Column column) {
        return NUMBERS.contains(column.type()) || column.type().startsWith("DECIMAL");
    }

    /** RFC 4180; NULL is an empty field, an empty text is {@code ""}. */
    static String csv(Preview rows) {
        StringBuilder text = new StringBuilder();
        text.append(
                        rows.columns().stream()
                                .map(column -> quoted(column.name()))
                                .collect(Collectors.joining(",")))
                .append('\n');
        for (List<Optional<String>> row : rows.rows()) {
            text.append(
                            row.stream()
                                    .map(value -> value.map(Rows::quoted).orElse(""))
                                    .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
