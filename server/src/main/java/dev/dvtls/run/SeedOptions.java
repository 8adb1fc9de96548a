package dev.dvtls.run;

import dev.dvtls.project.YamlNull;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a seed's configuration says of its file, in dbt's words.
 *
 * @param columnTypes SQL types by column name, as the user wrote both
 * @param delimiter between fields
 * @param names what becomes of the header's names
 */
public record SeedOptions(Map<String, String> columnTypes, char delimiter, Case names) {
    /** {@code quote_columns: false} leaves the case of names to the database, as dbt does. */
    public enum Case {
        AS_WRITTEN,
        LOWER,
        UPPER;

        /** A name as the database would store it. */
        public String of(String name) {
            return switch (this) {
                case AS_WRITTEN -> name;
                case LOWER -> name.toLowerCase(Locale.ROOT);
                case UPPER -> name.toUpperCase(Locale.ROOT);
            };
        }
    }

    public static final SeedOptions NONE = new SeedOptions(Map.of(), ',', Case.AS_WRITTEN);

    private static final Set<String> LOWER = Set.of("postgres", "redshift", "trino", "databricks");
    private static final Set<String> UPPER = Set.of("snowflake", "oracle");

    /**
     * @param file of the seed, for messages
     * @param config of its node
     * @param targetType where it is loaded, such as {@code postgres}
     */
    public static SeedOptions of(Path file, Map<String, Object> config, String targetType)
            throws BadSeed {
        Case names = Case.AS_WRITTEN;
        if (Boolean.FALSE.equals(config.get("quote_columns"))) {
            names =
                    LOWER.contains(targetType)
                            ? Case.LOWER
                            : UPPER.contains(targetType) ? Case.UPPER : Case.AS_WRITTEN;
        }
        return new SeedOptions(
                types(file, config.get("column_types")),
                delimiter(file, config.get("delimiter")),
                names);
    }

    private static Map<String, String> types(Path file, @Nullable Object value) throws BadSeed {
        if (value == null || value == YamlNull.NULL) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadSeed(
                    file,
                    0,
                    "`column_types` of this seed is no map. Give names and types, like"
                            + " column_types: {id: bigint}.");
        }
        Map<String, String> types = new LinkedHashMap<>();
        map.forEach((name, type) -> types.put(String.valueOf(name), String.valueOf(type)));
        return types;
    }

    private static char delimiter(Path file, @Nullable Object value) throws BadSeed {
        if (value == null || value == YamlNull.NULL) {
            return ',';
        }
        String text = value.toString();
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            throw new BadSeed(
                    file,
                    0,
                    "`delimiter` of this seed is '"
                            + text
                            + "'. Give one character, like delimiter: \";\".");
        }
        return text.charAt(0);
    }
}
