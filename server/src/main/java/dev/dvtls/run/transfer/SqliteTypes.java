package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Field;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQLite's declared types and DuckDB's. A declared type is any words; what is among them decides
 * how values are stored ({@code INT}: integers, {@code TEXT} and {@code CHAR}: text, {@code FLOA},
 * {@code DOUB} and {@code REAL}: doubles, most others: numbers where the text is one). So text that
 * may look like a number stands under a name with {@code TEXT} in it.
 */
final class SqliteTypes {
    /** A double holds every decimal of so many digits. */
    static final int EXACT_DIGITS = 15;

    private static final Pattern NUMBERS =
            Pattern.compile("\\s*\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)\\s*");
    private static final int MOST_DIGITS = 38;

    private SqliteTypes() {}

    /**
     * The declared type of a column for a frame's.
     *
     * @param wide whether it has numbers that SQLite would round, so that they have to be text
     */
    static String declared(DuckType type, boolean wide) {
        return switch (type.family()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> integer(type.name().toUpperCase(Locale.ROOT), wide);
            case DECIMAL ->
                    (wide ? "TEXT_DECIMAL(" : "DECIMAL(")
                            + type.precision()
                            + ","
                            + type.scale()
                            + ")";
            case FLOAT -> type.name().equalsIgnoreCase("FLOAT") ? "FLOAT4" : "DOUBLE";
            case TEXT, BITS, NOTHING -> "TEXT";
            case BYTES -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIME_ZONED -> "TIMETZ";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_ZONED -> "TIMESTAMPTZ";
            case INTERVAL -> "INTERVAL";
            case UUID -> "UUID";
            case JSON, NESTED -> "TEXT_JSON";
        };
    }

    /** INTEGER is any integer of 64 bits in files of others, so ours of 32 is INT4. */
    private static String integer(String name, boolean wide) {
        return switch (name) {
            case "INTEGER" -> "INT4";
            case "UBIGINT" -> wide ? "TEXT_DECIMAL(20,0)" : name;
            case "HUGEINT", "UHUGEINT", "BIGNUM" -> "TEXT_DECIMAL(38,0)";
            default -> name;
        };
    }

    /**
     * The condition, in DuckDB's SQL, for a number that SQLite would round.
     *
     * @param value of the type
     */
    static Optional<String> tooWide(DuckType type, String value) {
        if (type.name().equalsIgnoreCase("UBIGINT")) {
            return Optional.of(value + " > 9223372036854775807");
        }
        if (type.family() != DuckType.Family.DECIMAL || type.precision() <= EXACT_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(
                type.scale() == 0
                        ? "try_cast(" + value + " as bigint) is null and " + value + " is not null"
                        : "length(trim(replace(replace(cast("
                                + value
                                + " as varchar), '.', ''), '-', ''), '0')) > "
                                + EXACT_DIGITS);
    }

    /** Whether a column of the declared type keeps decimals as numbers. */
    static boolean isNumeric(String declared) {
        return declared.toUpperCase(Locale.ROOT).startsWith("DECIMAL")
                || declared.toUpperCase(Locale.ROOT).startsWith("NUMERIC");
    }

    static Field field(String name, String declared) {
        return new Field(name, declared, extracted(declared));
    }

    /** Empty where the values decide, and for intervals, which may come as text. */
    private static Optional<String> extracted(String declared) {
        return declared.isEmpty()
                ? Optional.empty()
                : holds(declared).filter(t -> !t.equals("INTERVAL"));
    }

    /** DuckDB's type for the values of a declared one; empty: SQLite takes anything there. */
    static Optional<String> holds(String declared) {
        String written = declared.toUpperCase(Locale.ROOT).strip();
        int bracket = written.indexOf('(');
        String name = (bracket < 0 ? written : written.substring(0, bracket)).strip();
        Optional<String> decimal =
                bracket < 0 ? Optional.empty() : decimal(written.substring(bracket));
        return switch (name) {
            case "BOOLEAN", "BOOL" -> Optional.of("BOOLEAN");
            case "INT4" -> Optional.of("INTEGER");
            case "TINYINT", "SMALLINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT" ->
                    Optional.of(name);
            case "FLOAT4" -> Optional.of("FLOAT");
            case "DECIMAL", "NUMERIC", "TEXT_DECIMAL" ->
                    decimal.isPresent() ? decimal : Optional.of("DOUBLE");
            case "DATE", "TIME", "INTERVAL", "UUID" -> Optional.of(name);
            case "TIMETZ" -> Optional.of("TIME WITH TIME ZONE");
            case "TIMESTAMP", "DATETIME" -> Optional.of("TIMESTAMP");
            case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" ->
                    Optional.of("TIMESTAMP WITH TIME ZONE");
            case "JSON", "JSONB", "TEXT_JSON" -> Optional.of("JSON");
            default -> byAffinity(name);
        };
    }

    private static Optional<String> decimal(String numbers) {
        Matcher matcher = NUMBERS.matcher(numbers);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int precision = Integer.parseInt(matcher.group(1));
        int scale = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return precision < 1 || precision > MOST_DIGITS || scale > precision
                ? Optional.empty()
                : Optional.of("DECIMAL(" + precision + "," + scale + ")");
    }

    private static Optional<String> byAffinity(String name) {
        if (name.contains("INT")) {
            return Optional.of("BIGINT");
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return Optional.of("VARCHAR");
        }
        if (name.contains("BLOB")) {
            return Optional.of("BLOB");
        }
        return name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")
                ? Optional.of("DOUBLE")
                : Optional.empty();
    }

    /** How Python makes the value of a carried text: a word of {@code dvt_sqlite}. */
    static String kind(DuckType type, String declared) {
        return switch (type.family()) {
            case BOOLEAN -> "boolean";
            case INTEGER ->
                    declared.toUpperCase(Locale.ROOT).startsWith("TEXT") ? "text" : "integer";
            case DECIMAL ->
                    declared.toUpperCase(Locale.ROOT).startsWith("TEXT")
                            ? "text"
                            : type.scale() == 0 ? "integer" : "real";
            case FLOAT -> "real";
            case BYTES -> "bytes";
            default -> "text";
        };
    }

    /** The carried text of a value, in DuckDB's SQL; NULL stays NULL. */
    static String write(DuckType type, String value) {
        return switch (type.family()) {
            case FLOAT -> "'=' || cast(cast(" + value + " as double) as varchar)"; // exact
            case TIMESTAMP_ZONED -> // SQLite's own functions read +00:00, not +00
                    "'=' || case when isfinite("
                            + value
                            + ") then cast(timezone('UTC', "
                            + value
                            + ") as varchar) || '+00:00' else cast("
                            + value
                            + " as varchar) end";
            default -> Carrier.write(type, value);
        };
    }
}
