package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape in which Sling carries rows unspoiled: a CSV file of text columns {@code c1, c2, ...}.
 * An empty field is NULL. A value is {@code =} and its text, so that Sling has no number, date or
 * empty string to guess about; or {@code ~} and the hex of its UTF-8 where the text has a control
 * character that CSV readers change (Go's turns CR LF into LF). Bytes are {@code =} and hex. A
 * column {@code c0} that is never empty stands in front: a row of one NULL would be a blank line,
 * which readers skip.
 */
final class Carrier {
    /** Control characters but tab and line feed, and the byte order mark. */
    static final String UNSAFE = "[\\x00-\\x08\\x0B-\\x1F\\x7F\\x{FEFF}]";

    /** What DuckDB's CSV reader takes in a line before it has to be told. */
    private static final long LONG_LINE = 1L << 28;

    /** Up to so many columns of a frame each have a column of their own. */
    private static final int WIDE = 100;

    static final String FIRST = "c0";

    private Carrier() {}

    /**
     * Wide frames go in groups, each a JSON array of texts in one column: a row of a thousand texts
     * is longer than a database page, and one long text is stored elsewhere.
     */
    static boolean isPacked(int columns) {
        return columns > WIDE;
    }

    /** How many columns, {@link #FIRST} apart, carry a frame. */
    static int width(int columns) {
        return isPacked(columns) ? (columns + WIDE - 1) / WIDE : columns;
    }

    /** The carrying column of a packed frame's column, and */
    static String group(int index) {
        return column(index / WIDE);
    }

    /** its place in the array. */
    static int place(int index) {
        return index % WIDE;
    }

    static String column(int index) {
        return "c" + (index + 1);
    }

    /** The text of a value, in DuckDB's SQL; NULL stays NULL. */
    static String write(Column column) {
        return write(DuckType.of(column.type()), Sql.name(column.name()));
    }

    /**
     * @param name of a value, in DuckDB's SQL
     */
    static String write(DuckType type, String name) {
        return switch (type.family()) {
            case BYTES -> "'=' || hex(" + name + ")";
            case TIMESTAMP_ZONED ->
                    "'=' || case when isfinite("
                            + name
                            + ") then cast(timezone('UTC', "
                            + name
                            + ") as varchar) || '+00' else cast("
                            + name
                            + " as varchar) end";
            case JSON -> "'=' || cast(" + name + " as varchar)"; // to_json would round numbers
            case NESTED -> "'=' || cast(to_json(" + name + ") as varchar)";
            case TEXT -> {
                String text = "cast(" + name + " as varchar)";
                yield "case when regexp_matches("
                        + text
                        + ", '"
                        + UNSAFE
                        + "') then '~' || hex(encode("
                        + text
                        + ")) else '=' || "
                        + text
                        + " end";
            }
            default -> "'=' || cast(" + name + " as varchar)";
        };
    }

    /** The statement that writes a frame for Sling. */
    static String write(Path parquet, List<Column> columns, Path csv) {
        List<String> items = new ArrayList<>();
        items.add("'r' as " + FIRST);
        for (int i = 0; i < width(columns.size()); i++) {
            items.add(
                    (isPacked(columns.size()) ? pack(columns, i) : write(columns.get(i)))
                            + " as "
                            + column(i));
        }
        return "copy (select\n  "
                + String.join(",\n  ", items)
                + "\nfrom read_parquet("
                + Sql.text(parquet.toString())
                + ")) to "
                + Sql.text(csv.toString())
                + " (format csv, header);";
    }

    private static String pack(List<Column> columns, int group) {
        int end = Math.min(columns.size(), (group + 1) * WIDE);
        return columns.subList(group * WIDE, end).stream()
                .map(Carrier::write)
                .collect(Collectors.joining(",\n    ", "cast(to_json([", "]) as varchar)"));
    }

    /** The first line of a file of so many columns. */
    static String header(int columns) {
        return IntStream.range(0, columns)
                .mapToObj(Carrier::column)
                .collect(Collectors.joining(",", FIRST + ",", "\n"));
    }

    /** How the reader of a CSV that Sling wrote is told to go about it. */
    enum Reading {
        QUICK,
        /** A line is longer than DuckDB expects, or rows went missing. */
        CAREFUL
    }

    /** The table function that reads what Sling wrote, every column as text. */
    static String read(Path csv, int columns, Reading reading) {
        List<String> types = new ArrayList<>();
        types.add(FIRST + ": 'varchar'");
        for (int i = 0; i < columns; i++) {
            types.add(column(i) + ": 'varchar'");
        }
        return "read_csv("
                + Sql.text(csv.toString())
                + ", auto_detect=false, header=true, delim=',', quote='\"', escape='\"',"
                + " nullstr='', columns={"
                + String.join(", ", types)
                + "}"
                + (reading == Reading.CAREFUL ? ", parallel=false, max_line_size=" + LONG_LINE : "")
                + ")";
    }

    /** True for an interval that Parquet cannot hold: it has neither signs nor microseconds. */
    static String lostSpan(String interval) {
        return "contains(cast("
                + interval
                + " as varchar), '-') or microsecond("
                + interval
                + ") % 1000 <> 0";
    }

    /** The text of a value that a database wrote, in DuckDB's SQL. */
    static String plain(int index) {
        return column(index) + "[2:]";
    }
}
