package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A frame on its way into MariaDB. Sling sends a row of the staging table as so many values of a
 * prepared statement, 14,000 rows of eight columns a second. So many rows of the frame stand in
 * one, as what follows {@code values} in an {@code insert}; the server runs one for each. That
 * costs the same for a value of a wide frame as for one of a narrow.
 */
final class MySqlRows {
    /**
     * Bytes of text in a row of the staging table, or one row of the frame where that is longer.
     * Sling's memory goes with it.
     */
    private static final int CHUNK = 50_000;

    private final List<Column> columns;

    MySqlRows(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * The statement that writes the frame for Sling, in DuckDB's SQL. Each row is one piece of the
     * file's text, and the first of a chunk starts a record: an aggregate of a chunk's rows would
     * hold the whole frame in memory.
     */
    String write(Path parquet, Path csv) {
        String row =
                columns.stream()
                        .map(MySqlRows::literal)
                        .collect(Collectors.joining(",\n ", "'(' || concat_ws(',', ", ") || ')'"));
        return "copy (select case when chunk is not distinct from before then ',' else case when"
                + " before is null then '"
                + Carrier.FIRST
                + ","
                + Carrier.column(0)
                + "' else '\"' end || chr(10) || chunk || ',\"' end || replace(row, '\"', '\"\"')"
                + " from (select row, chunk, lag(chunk) over () as before from (select row,"
                + " sum(strlen(row)) over (rows between unbounded preceding and current row) // "
                + CHUNK
                + " as chunk from (select "
                + row
                + " as row from read_parquet("
                + Sql.text(parquet.toString())
                + ")))) union all select '\"') to "
                + Sql.text(csv.toString())
                + " (format csv, header false, quote '', escape '');";
    }

    /** A value in MariaDB's SQL without backslash escapes, as an expression in DuckDB's. */
    private static String literal(Column column) {
        String name = Sql.name(column.name());
        DuckType type = DuckType.of(column.type());
        String literal =
                switch (type.family()) {
                    case BOOLEAN -> "cast(" + name + " as varchar)";
                    case BYTES -> "'x''' || hex(" + name + ") || ''''";
                    case NESTED -> text("cast(to_json(" + name + ") as varchar)");
                    case TIMESTAMP_ZONED -> text("cast(timezone('UTC', " + name + ") as varchar)");
                    case FLOAT -> // the greatest FLOAT has to be exact, else it is out of range
                            text("cast(cast(" + name + " as double) as varchar)");
                    default -> text("cast(" + name + " as varchar)");
                };
        return "coalesce(" + literal + ", 'null')";
    }

    /** In hex where readers of CSV would change it. */
    private static String text(String text) {
        return "case when regexp_matches("
                + text
                + ", '"
                + Carrier.UNSAFE
                + "') then '_utf8mb4 x''' || hex(encode("
                + text
                + ")) || '''' else '''' || replace("
                + text
                + ", '''', '''''') || '''' end";
    }

    /** The statement that makes the staging table. */
    static String table(String stage) {
        return "create table "
                + stage
                + " ("
                + Carrier.FIRST
                + " bigint primary key, "
                + Carrier.column(0)
                + " longtext character set utf8mb4)";
    }

    /** Inserts all rows: one transaction, which for each statement would be slow on a real disk. */
    static MySqlLoad.Fill fill(String stage) {
        return (typed, names) ->
                List.of(
                        "begin declare dvt_at bigint default -1",
                        "declare dvt_chunk longtext character set utf8mb4",
                        "set names utf8mb4",
                        "set session sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
                        "set dvt_rows = 0",
                        "start transaction",
                        "fill: loop set dvt_chunk = null",
                        "select "
                                + Carrier.FIRST
                                + ", "
                                + Carrier.column(0)
                                + " into dvt_at, dvt_chunk from "
                                + stage
                                + " where "
                                + Carrier.FIRST
                                + " > dvt_at order by "
                                + Carrier.FIRST
                                + " limit 1",
                        "if dvt_chunk is null then leave fill; end if",
                        "execute immediate concat("
                                + MySqlText.literal(
                                        "insert into " + typed + " (" + names + ") values ")
                                + ", dvt_chunk)",
                        "set dvt_rows = dvt_rows + row_count()",
                        "end loop",
                        "commit",
                        "end");
    }
}
