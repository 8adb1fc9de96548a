package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Columns of a relation that grows; databases compare names without case. Pure. */
final class Columns {
    private static final List<String> SIGNED = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT");
    private static final Set<String> FLOATS = Set.of("FLOAT", "DOUBLE");
    private static final Set<String> TIMESTAMPS = Set.of("TIMESTAMP", "TIMESTAMP WITH TIME ZONE");

    private Columns() {}

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static Map<String, Column> byName(List<Column> columns) {
        Map<String, Column> map = new LinkedHashMap<>();
        columns.forEach(column -> map.put(fold(column.name()), column));
        return map;
    }

    /**
     * Old columns keep their place, new ones follow.
     *
     * @param added columns of rows that the target has taken
     * @return empty when a value of {@code added} could come out of the cache another than out of
     *     the target
     */
    static Optional<List<Column>> union(List<Column> old, List<Column> added) {
        Map<String, Column> all = byName(old);
        for (Column column : added) {
            String name = fold(column.name());
            Column there = all.get(name);
            if (there == null) {
                all.put(name, column);
                continue;
            }
            Optional<String> type = together(there.type(), column.type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            all.put(name, new Column(there.name(), type.get()));
        }
        return Optional.of(List.copyOf(all.values()));
    }

    /**
     * The type of a column that also takes these values. Only what no cast can change: a float that
     * a column of decimals took was rounded by the target in its own way.
     */
    private static Optional<String> together(String there, String added) {
        if (there.equals(added)) {
            return Optional.of(there);
        }
        int old = SIGNED.indexOf(there);
        int more = SIGNED.indexOf(added);
        if (old >= 0 && more >= 0) {
            return Optional.of(there); // the target took the values into a column of it
        }
        // pandas makes floats of integers with a gap; a target takes whole ones only
        boolean whole = old > 0 && FLOATS.contains(added);
        // a column without a value is INTEGER; a target takes others for numbers only
        boolean empty = more == 2;
        boolean wider =
                (there.equals("DOUBLE") && more >= 0)
                        || (there.equals("TIMESTAMP") && added.equals("DATE"));
        return whole || wider || (empty && takesNoInteger(there))
                ? Optional.of(there)
                : Optional.empty();
    }

    private static boolean takesNoInteger(String type) {
        // MariaDB's BOOLEAN takes 5 and keeps it
        return Set.of("VARCHAR", "DATE", "TIME", "UUID", "BLOB").contains(type)
                || TIMESTAMPS.contains(type);
    }
}
