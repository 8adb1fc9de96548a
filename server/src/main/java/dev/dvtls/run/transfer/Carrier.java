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
 * character that CSV readers change (Go's turns CR LF into LF). Bytes are {@code =} and hex.
 */
final class Carrier {
    /** Control characters but tab and line feed, and the byte order mark. */
    private static final String UNSAFE = "[\\x00-\\x08\\x0B-\\x1F\\x7F\\x{FEFF}]";

    /** What DuckDB's CSV reader takes in a line before it has to be told. */
    private static final long LONG_LINE = 1L << 28;

    private Carrier() {}

    static String column(int index) {
        return "c" + (index + 1);
    }

    /** The text of a value, in DuckDB's SQL; NULL stays NULL. */
    static String write(Column column) {
        String name = Sql.name(column.name());
        DuckType type = DuckType.of(column.type());
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
            case JSON, NESTED -> "'=' || cast(to_json(" + name + ") as varchar)";
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
        String select =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> write(columns.get(i)) + " as " + column(i))
                        .collect(Collectors.joining(",\n  "));
        return "copy (select\n  "
                + select
                + "\nfrom read_parquet("
                + Sql.text(parquet.toString())
                + ")) to "
                + Sql.text(csv.toString())
                + " (format csv, header);";
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

    /** The text of a carried value in DuckDB's SQL. */
    static String text(int index) {
        String name = column(index);
        return "case when starts_with("
                + name
                + ", '~') then decode(unhex("
                + name
                + "[2:])) else "
                + name
                + "[2:] end";
    }

    /** As {@link #text} where the source never writes hex. */
    static String plain(int index) {
        return column(index) + "[2:]";
    }
}
