package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A frame on its way into MariaDB. Sling sends a row of the staging table as so many values of a
 * prepared statement, 14,000 rows of eight columns a second; so many rows of the frame stand in
 * one, as a JSON array of rows, each an array of the texts of {@link Carrier}. The server takes
 * them apart six times as fast.
 */
final class MySqlRows {
    /**
     * Bytes of text in a row of the staging table, or one row of the frame where that is longer.
     */
    private static final int CHUNK = 200_000;

    /** To find a value the server reads its array from the start, so long ones are parted, */
    private static final int NARROW = 32;

    /** but a join has 61 tables at most. */
    private static final int GROUPS = 50;

    private final List<Column> columns;
    private final int width;

    MySqlRows(List<Column> columns) {
        this.columns = columns;
        this.width = Math.max(NARROW, (columns.size() + GROUPS - 1) / GROUPS);
    }

    /** The statement that writes the frame for Sling, in DuckDB's SQL. */
    String write(Path parquet, Path csv) {
        String row =
                IntStream.range(0, groups())
                        .mapToObj(this::group)
                        .collect(Collectors.joining(", "));
        return "copy (select 'r' as "
                + Carrier.FIRST
                + ", '[' || string_agg(j, ',') || ']' as "
                + Carrier.column(0)
                + " from (select j, sum(strlen(j)) over (rows between unbounded preceding and"
                + " current row) // "
                + CHUNK
                + " as chunk from (select "
                + (groups() == 1 ? row : "cast(to_json([" + row + "]) as varchar)")
                + " as j from read_parquet("
                + Sql.text(parquet.toString())
                + "))) group by chunk) to "
                + Sql.text(csv.toString())
                + " (format csv, header);";
    }

    private String group(int group) {
        return members(group)
                .mapToObj(i -> Carrier.write(columns.get(i)))
                .collect(Collectors.joining(",\n ", "cast(to_json([", "]) as varchar)"));
    }

    /** What stands behind {@code from} to have the frame's rows again, in MariaDB's SQL. */
    String source(String stage) {
        String rows = stage + " as s, ";
        if (groups() == 1) {
            return rows + texts("s." + Carrier.column(0), "$[*]", "v", members(0), 0);
        }
        String parts =
                texts(
                        "s." + Carrier.column(0),
                        "$[*]",
                        "g",
                        IntStream.range(0, groups()),
                        groups());
        return rows
                + parts
                + IntStream.range(0, groups())
                        .mapToObj(
                                group ->
                                        ", "
                                                + texts(
                                                        "g" + groups() + ".g" + group,
                                                        "$",
                                                        "v",
                                                        members(group),
                                                        group))
                        .collect(Collectors.joining());
    }

    /** The array's texts as columns of a table, whose name ends with the number. */
    private String texts(String json, String path, String prefix, IntStream members, int number) {
        int first = prefix.equals("v") ? number * width : 0;
        return "json_table("
                + json
                + ", '"
                + path
                + "' columns ("
                + members.mapToObj(
                                i ->
                                        prefix
                                                + i
                                                + " longtext character set utf8mb4 path '$["
                                                + (i - first)
                                                + "]'")
                        .collect(Collectors.joining(", "))
                + ")) as "
                + prefix
                + number;
    }

    /** The value of a column out of {@link #source}, in a form that its type takes. */
    String value(int index) {
        String carried = "v" + index / width + ".v" + index;
        String text = "substr(" + carried + ", 2)";
        DuckType type = DuckType.of(columns.get(index).type());
        return switch (type.family()) {
            case BOOLEAN -> "case " + text + " when 'true' then 1 when 'false' then 0 end";
            case BYTES -> "unhex(" + text + ")";
            case TEXT ->
                    "if(left("
                            + carried
                            + ", 1) = '~', convert(unhex("
                            + text
                            + ") using utf8mb4), "
                            + text
                            + ")";
            case TIMESTAMP_ZONED -> "replace(" + text + ", '+00', '')";
            case FLOAT -> // what DuckDB writes for the greatest float is a bit more than that
                    type.name().equalsIgnoreCase("FLOAT")
                            ? "least(greatest("
                                    + text
                                    + " + 0e0, -3.4028234663852886e38), 3.4028234663852886e38)"
                            : text;
            default -> text;
        };
    }

    private int groups() {
        return (columns.size() + width - 1) / width;
    }

    private IntStream members(int group) {
        return IntStream.range(group * width, Math.min(columns.size(), (group + 1) * width));
    }
}
