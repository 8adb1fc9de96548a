package dev.dvtls.run;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.run.Transfers.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether cached columns are what a table would give, were it extracted. Pure. */
final class Shape {
    /** Databases' names of types whose values come back as they were loaded. */
    private static final Map<String, String> SAME =
            Map.ofEntries(
                    Map.entry("boolean", "BOOLEAN"),
                    Map.entry("smallint", "SMALLINT"),
                    Map.entry("integer", "INTEGER"),
                    Map.entry("bigint", "BIGINT"),
                    Map.entry("real", "FLOAT"),
                    Map.entry("double precision", "DOUBLE"),
                    Map.entry("text", "VARCHAR"),
                    Map.entry("character varying", "VARCHAR"),
                    Map.entry("bytea", "BLOB"),
                    Map.entry("uuid", "UUID"),
                    Map.entry("date", "DATE"),
                    Map.entry("time without time zone", "TIME"),
                    Map.entry("timestamp without time zone", "TIMESTAMP"),
                    Map.entry("timestamp with time zone", "TIMESTAMP WITH TIME ZONE"));

    private static final Pattern NUMERIC = Pattern.compile("numeric(\\(\\d+,\\d+\\))");

    /** DuckDB's own that come back as others, at times. */
    private static final Set<String> UNSTEADY = Set.of("INTERVAL", "HUGEINT", "UHUGEINT");

    private Shape() {}

    static boolean same(List<CachedRelation.Column> cached, List<Column> existing) {
        if (cached.size() != existing.size()) {
            return false;
        }
        for (int i = 0; i < cached.size(); i++) {
            Column there = existing.get(i);
            if (!cached.get(i).name().equalsIgnoreCase(there.name())
                    || !duckType(there.type()).equals(Optional.of(cached.get(i).type()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * DuckDB's type of a column's values once they are extracted; empty where that is not certain.
     *
     * @param type the database's own name of it
     */
    static Optional<String> duckType(String type) {
        if (SAME.containsKey(type)) {
            return Optional.of(SAME.get(type));
        }
        var numeric = NUMERIC.matcher(type);
        if (numeric.matches()) {
            return Optional.of("DECIMAL" + numeric.group(1));
        }
        boolean duckDb = !type.isEmpty() && Character.isUpperCase(type.charAt(0));
        return duckDb && !UNSTEADY.contains(type) ? Optional.of(type) : Optional.empty();
    }
}
