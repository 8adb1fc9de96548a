package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Field;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's types and DuckDB's. */
final class PgTypes {
    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");
    private static final int DECIMAL_DIGITS = 38;

    /** Element types whose JSON array DuckDB reads as a list of the same. */
    private static final Set<String> LISTS =
            Set.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "real",
                    "double precision",
                    "boolean",
                    "text",
                    "character varying",
                    "date",
                    "timestamp without time zone",
                    "uuid");

    private PgTypes() {}

    /** The type of a column for a frame's. */
    static String of(DuckType type) {
        return switch (type.family()) {
            case BOOLEAN -> "boolean";
            case INTEGER -> integer(type.name().toUpperCase(Locale.ROOT));
            case DECIMAL -> "numeric(" + type.precision() + "," + type.scale() + ")";
            case FLOAT -> type.name().equalsIgnoreCase("FLOAT") ? "real" : "double precision";
            case TEXT, BITS, NOTHING -> "text";
            case BYTES -> "bytea";
            case DATE -> "date";
            case TIME -> "time without time zone";
            case TIME_ZONED -> "time with time zone";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMP_ZONED -> "timestamp with time zone";
            case INTERVAL -> "interval";
            case UUID -> "uuid";
            case JSON, NESTED -> "jsonb";
        };
    }

    private static String integer(String name) {
        return switch (name) {
            case "TINYINT", "UTINYINT", "SMALLINT" -> "smallint";
            case "USMALLINT", "INTEGER" -> "integer";
            case "UINTEGER", "BIGINT" -> "bigint";
            case "UBIGINT" -> "numeric(20,0)";
            default -> "numeric(39,0)";
        };
    }

    /**
     * @param type as {@code format_type} writes it, domains resolved
     * @param document it leaves as JSON
     * @param index of the column among those carried
     */
    static Leaving leaving(String name, String type, boolean document, int index) {
        String column = PgText.name(name);
        String text = "'=' || cast(" + column + " as text)";
        String plain = Carrier.plain(index);
        if (document) {
            return json(column, plain);
        }
        if (type.endsWith("[]")) {
            return array(column, type.substring(0, type.length() - 2), plain);
        }
        Matcher numeric = NUMERIC.matcher(type);
        if (numeric.matches()) {
            return decimal(
                    text,
                    Integer.parseInt(numeric.group(1)),
                    Integer.parseInt(numeric.group(2)),
                    plain);
        }
        return switch (type.replaceFirst("\\(\\d+\\)", "")) {
            case "smallint" -> leaving(text, "SMALLINT", plain);
            case "integer" -> leaving(text, "INTEGER", plain);
            case "bigint", "oid" -> leaving(text, "BIGINT", plain);
            case "real" -> leaving(text, "FLOAT", plain);
            case "double precision" -> leaving(text, "DOUBLE", plain);
            case "boolean" -> leaving(text, "BOOLEAN", plain);
            case "uuid" -> leaving(text, "UUID", plain);
            case "numeric" -> Leaving.decimal(text, plain);
            case "money" ->
                    leaving(
                            "'=' || cast(cast(" + column + " as numeric) as text)",
                            "DECIMAL(38,2)",
                            plain);
            case "bytea" ->
                    Leaving.plainly("'=' || encode(" + column + ", 'hex')", "unhex(" + plain + ")");
            case "date" -> leaving(text, "DATE", era(plain));
            case "time without time zone" -> leaving(text, "TIME", plain);
            case "time with time zone" -> leaving(text, "TIMETZ", plain);
            case "timestamp without time zone" -> leaving(text, "TIMESTAMP", era(plain));
            case "timestamp with time zone" ->
                    Leaving.plainly(
                            "'=' || cast((" + column + " at time zone 'UTC') as text)",
                            "cast(cast(" + era(plain) + " as timestamp) as timestamptz)");
            case "interval" -> interval(column, plain);
            case "json", "jsonb" -> leaving(text, "JSON", Carrier.plain(index));
            default -> Leaving.plainly(text, plain);
        };
    }

    private static Leaving leaving(String select, String type, String plain) {
        return Leaving.plainly(select, "cast(" + plain + " as " + type + ")");
    }

    private static Leaving decimal(String text, int precision, int scale, String plain) {
        return fits(precision, scale)
                ? leaving(text, "DECIMAL(" + precision + "," + scale + ")", plain)
                : Leaving.decimal(text, plain);
    }

    private static boolean fits(int precision, int scale) {
        return precision <= DECIMAL_DIGITS && scale >= 0 && scale <= precision;
    }

    private static Leaving array(String column, String element, String plain) {
        if (!LISTS.contains(element.replaceFirst("\\(\\d+\\)", ""))) {
            return json(column, plain);
        }
        String type =
                switch (element.replaceFirst("\\(\\d+\\)", "")) {
                    case "real" -> "FLOAT[]";
                    case "double precision" -> "DOUBLE[]";
                    case "timestamp without time zone" -> "TIMESTAMP[]";
                    case "text", "character varying" -> "VARCHAR[]";
                    default -> element.toUpperCase(Locale.ROOT) + "[]";
                };
        return Leaving.plainly(
                "'=' || cast(to_json(" + column + ") as text)",
                "cast(cast(" + plain + " as json) as " + type + ")");
    }

    private static Leaving json(String column, String plain) {
        return leaving("'=' || cast(to_json(" + column + ") as text)", "JSON", plain);
    }

    /** As months, days and microseconds: DuckDB does not read PostgreSQL's signs. */
    private static Leaving interval(String column, String plain) {
        String select =
                "'=' || cast(cast(extract(year from "
                        + column
                        + ") * 12 + extract(month from "
                        + column
                        + ") as bigint) as text) || ' ' || cast(cast(extract(day from "
                        + column
                        + ") as bigint) as text) || ' ' || cast(cast(extract(hour from "
                        + column
                        + ") * 3600000000 + extract(minute from "
                        + column
                        + ") * 60000000 + extract(microseconds from "
                        + column
                        + ") as bigint) as text)";
        String part = "cast(split_part(" + plain + ", ' ', %d) as bigint)";
        return Leaving.span(
                select,
                "to_months(cast("
                        + part.formatted(1)
                        + " as integer)) + to_days(cast("
                        + part.formatted(2)
                        + " as integer)) + to_microseconds("
                        + part.formatted(3)
                        + ")");
    }

    private static String era(String plain) {
        return "replace(" + plain + ", ' BC', ' (BC)')";
    }

    static Field field(String name, String type) {
        return new Field(name, type, Optional.ofNullable(extracted(type)));
    }

    private static @Nullable String extracted(String type) {
        Matcher numeric = NUMERIC.matcher(type);
        if (numeric.matches()) {
            boolean fits =
                    fits(Integer.parseInt(numeric.group(1)), Integer.parseInt(numeric.group(2)));
            return fits ? "DECIMAL(" + numeric.group(1) + "," + numeric.group(2) + ")" : null;
        }
        return switch (type) {
            case "boolean" -> "BOOLEAN";
            case "smallint" -> "SMALLINT";
            case "integer" -> "INTEGER";
            case "bigint" -> "BIGINT";
            case "real" -> "FLOAT";
            case "double precision" -> "DOUBLE";
            case "text", "character varying" -> "VARCHAR";
            case "bytea" -> "BLOB";
            case "uuid" -> "UUID";
            case "date" -> "DATE";
            case "time without time zone" -> "TIME";
            case "timestamp without time zone" -> "TIMESTAMP";
            case "timestamp with time zone" -> "TIMESTAMP WITH TIME ZONE";
            default -> null; // jsonb writes JSON its own way, an interval may come as text
        };
    }

    /** DuckDB's type whose values a column of this type holds; empty: none is known. */
    static Optional<String> holds(String type) {
        if (type.startsWith("numeric(")) {
            Matcher numeric = NUMERIC.matcher(type);
            return numeric.matches() && Integer.parseInt(numeric.group(1)) <= DECIMAL_DIGITS
                    ? Optional.of("DECIMAL(" + numeric.group(1) + "," + numeric.group(2) + ")")
                    : Optional.of("DECIMAL(38,0)");
        }
        return Optional.ofNullable(
                switch (type.replaceFirst("\\(\\d+\\)", "")) {
                    case "smallint" -> "SMALLINT";
                    case "integer" -> "INTEGER";
                    case "bigint" -> "BIGINT";
                    case "numeric" -> "DOUBLE";
                    case "real" -> "FLOAT";
                    case "double precision" -> "DOUBLE";
                    case "boolean" -> "BOOLEAN";
                    case "text", "character varying", "character" -> "VARCHAR";
                    case "bytea" -> "BLOB";
                    case "date" -> "DATE";
                    case "time without time zone" -> "TIME";
                    case "time with time zone" -> "TIMETZ";
                    case "timestamp without time zone" -> "TIMESTAMP";
                    case "timestamp with time zone" -> "TIMESTAMPTZ";
                    case "interval" -> "INTERVAL";
                    case "uuid" -> "UUID";
                    case "json", "jsonb" -> "JSON";
                    default -> null;
                });
    }
}
