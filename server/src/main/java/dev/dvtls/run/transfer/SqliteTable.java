package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.dvtls.run.Transfers.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a SQLite file says of a relation. Names there do not know capitals from small letters.
 *
 * @param kind {@code table} or {@code view}; empty: there is no such relation
 * @param columns with declared types
 * @param readers views, and the columns that each reads
 * @param made whether a load made the table, so that its types are ours to change
 */
record SqliteTable(
        Optional<String> kind,
        List<Column> columns,
        Map<String, List<String>> readers,
        Optional<String> loadId,
        boolean made) {
    static final SqliteTable NONE =
            new SqliteTable(Optional.empty(), List.of(), Map.of(), Optional.empty(), false);

    private record Answer(
            @Nullable String kind,
            List<List<String>> columns,
            Map<String, List<String>> readers,
            @Nullable String loadId,
            boolean made) {}

    static SqliteTable of(JsonObject json) {
        Answer answer = new Gson().fromJson(json, Answer.class);
        return new SqliteTable(
                Optional.ofNullable(answer.kind()),
                answer.columns().stream().map(c -> new Column(c.get(0), c.get(1))).toList(),
                answer.readers(),
                Optional.ofNullable(answer.loadId()),
                answer.made());
    }

    boolean isView() {
        return kind.equals(Optional.of("view"));
    }

    /** By {@link #key}. */
    Map<String, Column> byName() {
        Map<String, Column> map = new HashMap<>();
        columns.forEach(column -> map.put(key(column.name()), column));
        return map;
    }

    /** Views that read the column. */
    List<String> readersOf(String column) {
        return readers.entrySet().stream()
                .filter(
                        view ->
                                view.getValue().stream()
                                        .anyMatch(read -> key(read).equals(key(column))))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** SQLite folds the letters of ASCII only. */
    static String key(String name) {
        return name.chars().allMatch(c -> c < 128)
                ? name.toLowerCase(Locale.ROOT)
                : name.codePoints()
                        .map(c -> c < 128 ? Character.toLowerCase(c) : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }
}
