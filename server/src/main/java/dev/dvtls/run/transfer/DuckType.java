package dev.dvtls.run.transfer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DuckDB type as far as loading cares.
 *
 * @param name as DuckDB writes it
 * @param precision and
 * @param scale of a decimal, else 0
 */
record DuckType(String name, Family family, int precision, int scale) {
    /** Types whose values are of one kind. */
    enum Family {
        BOOLEAN,
        INTEGER,
        DECIMAL,
        FLOAT,
        TEXT,
        BYTES,
        DATE,
        TIME,
        TIME_ZONED,
        TIMESTAMP,
        TIMESTAMP_ZONED,
        INTERVAL,
        UUID,
        JSON,
        NESTED,
        BITS,
        NOTHING;

        boolean isNumber() {
            return this == INTEGER || this == DECIMAL || this == FLOAT;
        }
    }

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    static DuckType of(String written) {
        String name = written.strip();
        Matcher decimal = DECIMAL.matcher(name.toUpperCase(Locale.ROOT));
        if (decimal.matches()) {
            return new DuckType(
                    name,
                    Family.DECIMAL,
                    Integer.parseInt(decimal.group(1)),
                    Integer.parseInt(decimal.group(2)));
        }
        return new DuckType(name, family(name.toUpperCase(Locale.ROOT)), 0, 0);
    }

    private static Family family(String name) {
        if (name.endsWith("]")
                || name.startsWith("STRUCT(")
                || name.startsWith("MAP(")
                || name.startsWith("UNION(")) {
            return Family.NESTED;
        }
        if (name.startsWith("ENUM(")) {
            return Family.TEXT;
        }
        return switch (name) {
            case "BOOLEAN" -> Family.BOOLEAN;
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "BIGNUM" ->
                    Family.INTEGER;
            case "FLOAT", "DOUBLE" -> Family.FLOAT;
            case "BLOB" -> Family.BYTES;
            case "DATE" -> Family.DATE;
            case "TIME", "TIME_NS" -> Family.TIME;
            case "TIME WITH TIME ZONE", "TIMETZ" -> Family.TIME_ZONED;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Family.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" -> Family.TIMESTAMP_ZONED;
            case "INTERVAL" -> Family.INTERVAL;
            case "UUID" -> Family.UUID;
            case "JSON" -> Family.JSON;
            case "BIT" -> Family.BITS;
            case "\"NULL\"", "NULL" -> Family.NOTHING;
            default -> Family.TEXT;
        };
    }
}
