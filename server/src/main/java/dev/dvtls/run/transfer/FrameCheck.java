package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.List;

/** Values that a target cannot hold at all, found before anything is loaded. */
final class FrameCheck {
    /**
     * @param condition on rows that must not be there, in DuckDB's SQL
     * @param sentence about the column, after its name
     */
    record Rule(Column column, String condition, String sentence) {}

    private FrameCheck() {}

    /** A key that is NULL matches nothing, so the row would come in again with each run. */
    static List<Rule> keys(Load load) throws TransferException {
        List<Rule> rules = new ArrayList<>();
        if (load.mode() == Mode.UPSERT) {
            for (String key : load.keys()) {
                Column column =
                        load.columns().stream()
                                .filter(c -> c.name().equals(key))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new TransferException(
                                                        "The result has no column '"
                                                                + key
                                                                + "', which `unique_key` names."));
                rules.add(
                        new Rule(
                                column,
                                Sql.name(key) + " is null",
                                "is a `unique_key` and is NULL"));
            }
        }
        return rules;
    }

    /** What no PostgreSQL text or JSON can hold. */
    static List<Rule> postgres(List<Column> columns) {
        List<Rule> rules = new ArrayList<>();
        for (Column column : columns) {
            String name = Sql.name(column.name());
            switch (DuckType.of(column.type()).family()) {
                case TEXT ->
                        rules.add(
                                new Rule(
                                        column,
                                        "contains(cast(" + name + " as varchar), chr(0))",
                                        "has text with a NUL character, which PostgreSQL cannot"
                                                + " hold,"));
                case JSON, NESTED -> rules.add(json(column));
                default -> {}
            }
        }
        return rules;
    }

    /** What no column of MariaDB can hold. */
    static List<Rule> mariadb(List<Column> columns) {
        List<Rule> rules = new ArrayList<>();
        for (Column column : columns) {
            String name = Sql.name(column.name());
            String dates = " not between date '0001-01-01' and ";
            switch (DuckType.of(column.type()).family()) {
                case FLOAT ->
                        rules.add(
                                new Rule(
                                        column,
                                        "not isfinite(" + name + ")",
                                        "has NaN or an infinity, which MariaDB cannot hold,"));
                case DATE, TIMESTAMP, TIMESTAMP_ZONED ->
                        rules.add(
                                new Rule(
                                        column,
                                        name
                                                + dates
                                                + (DuckType.of(column.type()).family()
                                                                == DuckType.Family.DATE
                                                        ? "date '9999-12-31'"
                                                        : "timestamp '9999-12-31 23:59:59.999999'"),
                                        "has a date before the year 1 or after 9999, which MariaDB"
                                                + " cannot hold,"));
                case JSON, NESTED -> rules.add(json(column));
                default -> {}
            }
        }
        return rules;
    }

    static Rule json(Column column) {
        return new Rule(
                column,
                notJson("cast(to_json(" + Sql.name(column.name()) + ") as varchar)"),
                "has a value that is not JSON (NaN, infinity or a NUL character inside)");
    }

    /** DuckDB writes NaN and infinity as bare words, and takes them for valid itself. */
    private static String notJson(String text) {
        return "not json_valid("
                + text
                + ") or contains("
                + text
                + ", '\\u0000') or regexp_matches(regexp_replace("
                + text
                + ", '\"([^\"\\\\]|\\\\.)*\"', '', 'g'), '(?i)nan|inf')";
    }

    static void check(Relation relation, Load load, List<Rule> rules, Programs programs)
            throws TransferException, InterruptedException {
        if (rules.isEmpty()) {
            return;
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            items.add("count(*) filter (where " + rules.get(i).condition() + ") as n" + i);
        }
        JsonObject row =
                programs.duckdb()
                        .query(
                                "select "
                                        + String.join(",\n ", items)
                                        + "\nfrom read_parquet("
                                        + Sql.text(load.parquet().toString())
                                        + ");",
                                programs.limits().data())
                        .get(0)
                        .getAsJsonObject();
        for (int i = 0; i < rules.size(); i++) {
            long rows = row.get("n" + i).getAsLong();
            if (rows > 0) {
                throw new TransferException(
                        "The column '"
                                + rules.get(i).column().name()
                                + "' for "
                                + relation.display()
                                + " "
                                + rules.get(i).sentence()
                                + " in "
                                + rows
                                + (rows == 1 ? " row" : " rows")
                                + "; nothing was loaded. Clean it in the model.");
            }
        }
    }
}
