package dev.dvtls.run.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a seed's column becomes. Conditions and casts are DuckDB's SQL over {@code %s},
 * the text without blanks around it.
 *
 * @param duckdb type; {@code DECIMAL}: with as many digits after the point as the values have
 * @param fits true for a text that keeps its value; NULL is false
 */
record SeedType(String duckdb, String fits, String cast) {
    static final SeedType TEXT = new SeedType("VARCHAR", "true", "%s");

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final String CLOCK = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?";
    private static final String MANTISSA = "regexp_replace(%s, '[eE].*', '')";
    private static final String ZONE = "(Z|[+-]\\d{2}(:?\\d{2})?)";

    /**
     * What is tried, in this order, where the configuration says nothing. A double keeps each of up
     * to 15 digits; longer numbers stay text.
     */
    static final List<SeedType> GUESSES =
            List.of(
                    of("BOOLEAN", "(?i)true|false"),
                    of("BIGINT", "0|-?[1-9]\\d*"),
                    and(
                            of("DOUBLE", "-?(0|[1-9]\\d*)?(\\.\\d+)?([eE][+-]?\\d+)?"),
                            "regexp_matches(%s, '^-?[0-9.]') and isfinite(try_cast(%s as double))"
                                    + " and length(ltrim(regexp_replace("
                                    + MANTISSA
                                    + ", '[-.]', '', 'g'), '0')) <= 15 and (try_cast(%s as double)"
                                    + " <> 0 or not regexp_matches("
                                    + MANTISSA
                                    + ", '[1-9]'))"),
                    and(of("DATE", DAY), "%s >= '0001'"),
                    and(of("TIMESTAMP", DAY + "[ T]" + CLOCK), "%s >= '0001'"),
                    and(
                            of("TIMESTAMP WITH TIME ZONE", DAY + "[ T]" + CLOCK + ZONE),
                            "%s >= '0001'"));

    /** In DuckDB's SQL; NULL where there is no text. */
    String condition(String text) {
        return fits.replace("%s", text);
    }

    String value(String text) {
        return cast.replace("%s", text);
    }

    boolean isText() {
        return duckdb.equals("VARCHAR");
    }

    private static SeedType of(String duckdb, String pattern) {
        return new SeedType(
                duckdb,
                "regexp_full_match(%s, "
                        + Sql.text(pattern)
                        + ") and try_cast(%s as "
                        + duckdb
                        + ") is not null",
                "cast(%s as " + duckdb + ")");
    }

    private static SeedType and(SeedType type, String more) {
        return new SeedType(type.duckdb(), type.fits() + " and " + more, type.cast());
    }

    private static SeedType castable(String duckdb) {
        return new SeedType(
                duckdb, "try_cast(%s as " + duckdb + ") is not null", "cast(%s as " + duckdb + ")");
    }

    private static final Pattern WRITTEN = Pattern.compile("([^(]+)(?:\\(([^)]*)\\))?(.*)");

    /** Of a name in {@code column_types}, in any database's words; empty: not known. */
    static Optional<SeedType> named(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String arguments = parts.group(2) == null ? "" : parts.group(2).replace(" ", "");
        String name = (parts.group(1).strip() + " " + parts.group(3).strip()).strip();
        return switch (name) {
            case "boolean", "bool", "logical" -> Optional.of(castable("BOOLEAN"));
            case "tinyint", "int1" -> integer("TINYINT");
            case "smallint", "int2", "short" -> integer("SMALLINT");
            case "integer", "int", "int4", "signed", "mediumint", "int32" -> integer("INTEGER");
            case "bigint", "int8", "int64", "long" -> integer("BIGINT");
            case "hugeint", "int128" -> integer("DECIMAL(38,0)");
            case "utinyint", "tinyint unsigned", "uint8" -> integer("UTINYINT");
            case "usmallint", "smallint unsigned", "uint16" -> integer("USMALLINT");
            case "uinteger", "integer unsigned", "int unsigned", "uint32" -> integer("UINTEGER");
            case "ubigint", "bigint unsigned", "uint64" -> integer("UBIGINT");
            case "decimal", "numeric", "dec", "number", "fixed", "bignumeric" -> decimal(arguments);
            case "real", "float4", "float32" -> Optional.of(castable("FLOAT"));
            case "double", "double precision", "float", "float8", "float64" ->
                    Optional.of(castable("DOUBLE"));
            case "text",
                    "varchar",
                    "character varying",
                    "char",
                    "character",
                    "bpchar",
                    "string",
                    "nvarchar",
                    "nchar",
                    "varchar2",
                    "nvarchar2",
                    "clob",
                    "tinytext",
                    "mediumtext",
                    "longtext",
                    "ntext" ->
                    text(arguments);
            case "date" -> Optional.of(of("DATE", DAY));
            case "time", "time without time zone" -> Optional.of(of("TIME", CLOCK));
            case "timestamp",
                    "timestamp without time zone",
                    "timestamp_ntz",
                    "datetime",
                    "datetime2",
                    "smalldatetime" ->
                    Optional.of(of("TIMESTAMP", DAY + "([ T]" + CLOCK + ")?"));
            case "timestamptz",
                    "timestamp with time zone",
                    "timestamp with local time zone",
                    "timestamp_tz",
                    "timestamp_ltz",
                    "datetimeoffset" ->
                    Optional.of(
                            of("TIMESTAMP WITH TIME ZONE", DAY + "([ T]" + CLOCK + ZONE + "?)?"));
            case "interval" -> Optional.of(castable("INTERVAL"));
            case "uuid", "uniqueidentifier" -> Optional.of(castable("UUID"));
            case "json", "jsonb", "variant", "super" ->
                    Optional.of(new SeedType("JSON", "json_valid(%s)", "cast(%s as JSON)"));
            case "blob", "bytea", "binary", "varbinary", "bytes" ->
                    Optional.of(
                            new SeedType(
                                    "BLOB",
                                    "true",
                                    "case when regexp_full_match(%s,"
                                            + " '\\\\x([0-9a-fA-F]{2})*') then unhex(%s[3:]) else"
                                            + " encode(%s) end"));
            default -> Optional.empty();
        };
    }

    private static Optional<SeedType> integer(String duckdb) {
        return Optional.of(of(duckdb, "[+-]?\\d+"));
    }

    private static Optional<SeedType> text(String arguments) {
        return arguments.matches("\\d{1,9}")
                ? Optional.of(new SeedType("VARCHAR", "length(%s) <= " + arguments, "%s"))
                : Optional.of(TEXT);
    }

    /** A digit more than the type has after the point is an error, no rounding. */
    private static Optional<SeedType> decimal(String arguments) {
        String number = "[+-]?(\\d+\\.?\\d*|\\.\\d+)";
        if (arguments.isEmpty()) {
            return Optional.of(new SeedType("DECIMAL", of("DOUBLE", number).fits(), "%s"));
        }
        String[] digits = arguments.split(",", -1);
        if (digits.length > 2 || !arguments.matches("\\d{1,2}(,\\d{1,2})?")) {
            return Optional.empty();
        }
        String scale = digits.length == 1 ? "0" : digits[1];
        if (Integer.parseInt(digits[0]) > 38
                || Integer.parseInt(digits[0]) < 1
                || Integer.parseInt(scale) > Integer.parseInt(digits[0])) {
            return Optional.empty();
        }
        return Optional.of(
                and(
                        of("DECIMAL(" + digits[0] + "," + scale + ")", number),
                        SCALE + " <= " + scale));
    }

    /** How many digits a text has after its point, zeros at the end apart. */
    static final String SCALE = "length(rtrim(split_part(%s, '.', 2), '0'))";

    /** How many it has before. */
    static final String WHOLE = "length(ltrim(split_part(%s, '.', 1), '+-0'))";

    /** For a column whose values have been measured. */
    SeedType measured(int scale) {
        String type = "DECIMAL(38," + scale + ")";
        return new SeedType(type, fits, "cast(%s as " + type + ")");
    }
}
