package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.Field;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB's types and DuckDB's. */
final class MySqlTypes {
    /** Tells 'a' from 'A' and from 'a ', so that keys match as they do elsewhere. */
    static final String COLLATION = "utf8mb4_nopad_bin";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\).*");
    private static final int DECIMAL_DIGITS = 38;
    private static final Set<String> MARKS =
            Set.of("UTC", "interval", "time with time zone"); // a column's comment

    private MySqlTypes() {}

    /**
     * @param sql canonical: without a display width, {@code json} for text that is checked to be
     * @param mark comment of a column whose values are of a type that MariaDB does not have
     */
    record Type(String sql, String mark) {
        /** As a column of a new table is declared. */
        String definition() {
            String text = sql.equals("longtext") ? " character set utf8mb4 collate " : "";
            return sql
                    + (text.isEmpty() ? "" : text + COLLATION)
                    + (mark.isEmpty() ? "" : " comment '" + mark + "'");
        }

        /** As a user reads it. */
        String display() {
            return mark.isEmpty() ? sql : sql + " (" + mark + ")";
        }
    }

    static Type of(DuckType type) {
        return switch (type.family()) {
            case BOOLEAN -> plain("tinyint(1)");
            case INTEGER -> plain(integer(type.name().toUpperCase(Locale.ROOT)));
            case DECIMAL -> plain("decimal(" + type.precision() + "," + type.scale() + ")");
            case FLOAT -> plain(type.name().equalsIgnoreCase("FLOAT") ? "float" : "double");
            case TEXT, BITS, NOTHING -> plain("longtext");
            case BYTES -> plain("longblob");
            case DATE -> plain("date");
            case TIME -> plain("time(6)");
            case TIME_ZONED -> new Type("longtext", "time with time zone");
            case TIMESTAMP -> plain("datetime(6)");
            case TIMESTAMP_ZONED -> new Type("datetime(6)", "UTC");
            case INTERVAL -> new Type("longtext", "interval");
            case UUID -> plain("uuid");
            case JSON, NESTED -> plain("json");
        };
    }

    private static Type plain(String sql) {
        return new Type(sql, "");
    }

    private static String integer(String name) {
        return switch (name) {
            case "TINYINT" -> "tinyint";
            case "UTINYINT" -> "tinyint unsigned";
            case "SMALLINT" -> "smallint";
            case "USMALLINT" -> "smallint unsigned";
            case "INTEGER" -> "int";
            case "UINTEGER" -> "int unsigned";
            case "BIGINT" -> "bigint";
            case "UBIGINT" -> "bigint unsigned";
            case "BIGNUM" -> "decimal(65,0)";
            default -> "decimal(39,0)";
        };
    }

    /** A column's type as the catalog has it. */
    static Type read(String columnType, boolean json, String comment) {
        String sql =
                json
                        ? "json"
                        : columnType.startsWith("tinyint(1)")
                                ? columnType
                                : columnType.replaceFirst(
                                        "^((?:tiny|small|medium|big)?int)\\(\\d+\\)", "$1");
        return new Type(sql, MARKS.contains(comment) ? comment : "");
    }

    /** How a column leaves, the carried text being column {@code index}. */
    static Leaving leaving(String name, Type type, int index) {
        String column = MySqlText.name(name);
        String plain = Carrier.plain(index);
        String text = "concat('=', cast(" + column + " as char character set utf8mb4))";
        Matcher decimal = DECIMAL.matcher(type.sql());
        if (decimal.matches()) {
            return Integer.parseInt(decimal.group(1)) <= DECIMAL_DIGITS
                    ? as(text, plain, "DECIMAL(" + decimal.group(1) + "," + decimal.group(2) + ")")
                    : Leaving.decimal(text, plain);
        }
        String base = type.sql().replaceFirst("\\(.*\\)", "").replace(" zerofill", "");
        return switch (base) {
            case "tinyint" ->
                    type.sql().equals("tinyint(1)")
                            ? Leaving.unless(
                                    plain + " not in ('0', '1')",
                                    "cast(" + plain + " as TINYINT)",
                                    text,
                                    "cast(" + plain + " as BOOLEAN)")
                            : as(text, plain, "TINYINT");
            case "tinyint unsigned" -> as(text, plain, "UTINYINT");
            case "smallint", "year" -> as(text, plain, "SMALLINT");
            case "smallint unsigned" -> as(text, plain, "USMALLINT");
            case "mediumint", "int" -> as(text, plain, "INTEGER");
            case "mediumint unsigned", "int unsigned" -> as(text, plain, "UINTEGER");
            case "bigint" -> as(text, plain, "BIGINT");
            case "bigint unsigned" -> as(text, plain, "UBIGINT");
            case "float", "float unsigned" -> // by itself it shows six digits
                    as("concat('=', " + column + " * 1e0)", plain, "FLOAT");
            case "double", "double unsigned" -> as("concat('=', " + column + ")", plain, "DOUBLE");
            case "bit" ->
                    as(
                            "concat('=', " + column + " + 0)",
                            plain,
                            type.sql().equals("bit(1)") ? "BOOLEAN" : "UBIGINT");
            case "date" -> as(dated(column, text), plain, "DATE");
            case "datetime" ->
                    type.mark().equals("UTC")
                            ? Leaving.plainly(
                                    dated(column, text),
                                    "cast(cast(" + plain + " as timestamp) as timestamptz)")
                            : as(dated(column, text), plain, "TIMESTAMP");
            case "timestamp" -> // kept in UTC, shown in the session's time zone
                    Leaving.plainly(
                            "concat('=', nullif(unix_timestamp(" + column + "), 0))",
                            "make_timestamptz(cast(cast("
                                    + plain
                                    + " as DECIMAL(20,6)) * 1000000 as BIGINT))");
            case "time" ->
                    Leaving.unless(
                            plain + " is not null and try_cast(" + plain + " as TIME) is null",
                            plain,
                            text,
                            "try_cast(" + plain + " as TIME)");
            case "uuid" -> as(text, plain, "UUID");
            case "json" -> as(text(column), carried(index), "JSON");
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                    Leaving.plainly("concat('=', hex(" + column + "))", "unhex(" + plain + ")");
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" ->
                    Leaving.plainly("concat('=', st_astext(" + column + "))", plain);
            case "inet4", "inet6" -> Leaving.plainly(text, plain);
            default ->
                    switch (type.mark()) {
                        case "interval" -> Leaving.span(text, "cast(" + plain + " as interval)");
                        case "time with time zone" -> as(text, plain, "TIMETZ");
                        default -> Leaving.plainly(text(column), carried(index));
                    };
        };
    }

    private static Leaving as(String select, String plain, String type) {
        return Leaving.plainly(select, "cast(" + plain + " as " + type + ")");
    }

    /** A NUL character does not pass through CSV. */
    private static String text(String column) {
        String text = "convert(" + column + " using utf8mb4)";
        return "if(locate(char(0), "
                + text
                + ") > 0, concat('~', hex("
                + text
                + ")), concat('=', "
                + text
                + "))";
    }

    private static String carried(int index) {
        String value = Carrier.plain(index);
        return "case when "
                + Carrier.column(index)
                + "[1] = '~' then decode(unhex("
                + value
                + ")) else "
                + value
                + " end";
    }

    /** MariaDB's date 0000-00-00 is no date. */
    private static String dated(String column, String text) {
        return "if(" + column + " = 0, null, " + text + ")";
    }

    static Field field(String name, Type type) {
        return new Field(name, type.display(), extracted(type));
    }

    /** Only of the types that {@link #of} gives: others pad, cut or round what they take. */
    private static Optional<String> extracted(Type type) {
        return switch (type.sql()) {
            case "tinyint(1)" -> Optional.of("BOOLEAN");
            case "time(6)" -> Optional.of("TIME");
            case "datetime(6)" ->
                    Optional.of(
                            type.mark().equals("UTC") ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP");
            case "longtext" ->
                    switch (type.mark()) {
                        case "" -> Optional.of("VARCHAR");
                        case "time with time zone" -> Optional.of("TIME WITH TIME ZONE");
                        default -> Optional.empty(); // an interval may come as text
                    };
            case "tinyint",
                    "tinyint unsigned",
                    "smallint",
                    "smallint unsigned",
                    "int",
                    "int unsigned",
                    "bigint",
                    "bigint unsigned",
                    "float",
                    "double",
                    "date",
                    "longblob",
                    "uuid",
                    "json" ->
                    holds(type);
            default -> decimal(type);
        };
    }

    private static Optional<String> decimal(Type type) {
        return type.sql().matches("decimal\\(([12]?\\d|3[0-8]),\\d+\\)")
                ? holds(type)
                : Optional.empty();
    }

    /** DuckDB's type whose values a column of this type holds; empty: none is known. */
    static Optional<String> holds(Type type) {
        if (!type.mark().isEmpty()) {
            return Optional.of(
                    type.mark().equals("UTC")
                            ? "TIMESTAMPTZ"
                            : type.mark().toUpperCase(Locale.ROOT));
        }
        Matcher decimal = DECIMAL.matcher(type.sql());
        if (decimal.matches()) {
            return Integer.parseInt(decimal.group(1)) <= DECIMAL_DIGITS
                    ? Optional.of("DECIMAL(" + decimal.group(1) + "," + decimal.group(2) + ")")
                    : Optional.of("DECIMAL(38,0)");
        }
        return Optional.ofNullable(
                switch (type.sql().replaceFirst("\\(.*\\)", "")) {
                    case "tinyint" -> "TINYINT";
                    case "tinyint unsigned" -> "UTINYINT";
                    case "smallint" -> "SMALLINT";
                    case "smallint unsigned" -> "USMALLINT";
                    case "mediumint", "int" -> "INTEGER";
                    case "mediumint unsigned", "int unsigned" -> "UINTEGER";
                    case "bigint" -> "BIGINT";
                    case "bigint unsigned" -> "UBIGINT";
                    case "float" -> "FLOAT";
                    case "double" -> "DOUBLE";
                    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                            "VARCHAR";
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                            "BLOB";
                    case "date" -> "DATE";
                    case "time" -> "TIME";
                    case "datetime" -> "TIMESTAMP";
                    case "timestamp" -> "TIMESTAMPTZ";
                    case "uuid" -> "UUID";
                    case "json" -> "JSON";
                    default -> null;
                });
    }
}
