package dev.dvtls.run.transfer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells the rows of an upsert apart in MariaDB.
 *
 * @param keys names of the key's columns
 * @param columns of the rows
 * @param indexes of the table that is there, the columns of each
 */
record MySqlKey(List<String> keys, List<MySqlLoad.In> columns, List<List<String>> indexes) {
    private static final int PREFIX = 191;
    private static final int BUDGET = 700;

    /** The first condition can use an index, the second tells what a collation does not. */
    String match() {
        return keys.stream()
                .map(
                        key -> {
                            String name = MySqlText.name(key);
                            String same = "t." + name + " = b." + name;
                            return isText(key)
                                    ? same
                                            + " and convert(t."
                                            + name
                                            + " using utf8mb4) collate "
                                            + MySqlTypes.COLLATION
                                            + " = convert(b."
                                            + name
                                            + " using utf8mb4)"
                                    : same;
                        })
                .collect(Collectors.joining(" and "));
    }

    private boolean isText(String key) {
        return declared(key).matches("(?i)(tiny|medium|long)?text.*|(var)?char.*|json.*");
    }

    private String declared(String key) {
        return columns.stream()
                .filter(c -> c.name().equalsIgnoreCase(key))
                .findFirst()
                .map(MySqlLoad.In::definition)
                .orElse("");
    }

    boolean isIndexed() {
        return indexes.stream()
                .anyMatch(
                        index ->
                                index.stream()
                                        .limit(keys.size())
                                        .allMatch(
                                                name ->
                                                        keys.stream()
                                                                .anyMatch(name::equalsIgnoreCase)));
    }

    /** Without it each row of a load would look at the whole table. */
    String index() {
        long texts = keys.stream().filter(this::isLong).count();
        long prefix = texts == 0 ? 0 : Math.min(PREFIX, BUDGET / texts);
        return "key `_dvt_key` ("
                + keys.stream()
                        .map(key -> MySqlText.name(key) + (isLong(key) ? "(" + prefix + ")" : ""))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private boolean isLong(String key) {
        return declared(key).matches("(?i)((tiny|medium|long)?(text|blob)|json).*");
    }
}
