package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column on its way out of a SQLite file, and the types that it may get, the best first. The last
 * one holds everything.
 *
 * @param declared its type's words, may be empty
 * @param expected whether the first way is what one expects by the declared type
 * @param index among the carried columns
 */
record SqliteLeaving(String name, String declared, int index, boolean expected, List<Way> ways) {
    /** An integer beyond it may be changed by becoming a double. */
    private static final String EXACT = "9007199254740992";

    /** Kinds of values in a column without a type that no type but text has. */
    private static final Set<String> MIXED = Set.of("it", "rt", "irt");

    /**
     * One type.
     *
     * @param misfit true for a carried value that has no place in it, in DuckDB's SQL; empty: all
     *     have
     * @param read the value, in DuckDB's SQL
     */
    private record Way(Optional<String> misfit, String read) {}

    /**
     * @param declared type, may be empty
     * @param kinds of the values that are there: letters of {@code dvt_sqlite/reading.py}
     */
    static SqliteLeaving of(String name, String declared, String kinds, int index) {
        String cell = Carrier.column(index);
        Optional<String> holds = SqliteTypes.holds(declared);
        List<Way> ways = new ArrayList<>();
        if (kinds.isEmpty()) {
            return new SqliteLeaving(
                    name,
                    declared,
                    index,
                    true,
                    List.of(way("cast(null as " + holds.orElse("VARCHAR") + ")")));
        }
        if (kinds.contains("b")) {
            ways.add(
                    way(
                            kinds.equals("b")
                                    ? "unhex(" + cell + "[2:])"
                                    : "case "
                                            + cell
                                            + "[1] when 'b' then unhex("
                                            + cell
                                            + "[2:]) when 'h' then unhex("
                                            + cell
                                            + "[2:]) else encode("
                                            + cell
                                            + "[2:]) end"));
            boolean bytes = kinds.equals("b") && holds.orElse("BLOB").equals("BLOB");
            return new SqliteLeaving(name, declared, index, bytes, ways);
        }
        holds.filter(type -> takes(DuckType.of(type), kinds))
                .ifPresent(type -> ways.add(as(DuckType.of(type), cell)));
        boolean expected = holds.isPresent() ? !ways.isEmpty() : !MIXED.contains(kinds);
        if (kinds.equals("i")) {
            ways.add(way("cast(" + cell + "[2:] as bigint)"));
        } else if (kinds.equals("r") || kinds.equals("ir")) {
            ways.add(as(DuckType.of("DOUBLE"), cell));
        }
        ways.add(way(text(cell)));
        return new SqliteLeaving(name, declared, index, expected, ways);
    }

    /** Whether values stored so can be of the type at all. */
    private static boolean takes(DuckType type, String kinds) {
        String allowed =
                switch (type.family()) {
                    case BOOLEAN -> "it";
                    case INTEGER -> "i";
                    case FLOAT -> "ir";
                    case DECIMAL -> "irt";
                    case BYTES -> "";
                    default -> "t";
                };
        return kinds.chars().allMatch(kind -> allowed.indexOf(kind) >= 0);
    }

    private static Way way(String read) {
        return new Way(Optional.empty(), read);
    }

    private static String text(String cell) {
        return "case when "
                + cell
                + "[1] = 'h' then decode(unhex("
                + cell
                + "[2:])) else "
                + cell
                + "[2:] end";
    }

    private static Way as(DuckType type, String cell) {
        String value = text(cell);
        String cast = "try_cast(" + value + " as " + type.name() + ")";
        String none = cast + " is null";
        String other = none + " or cast(" + cast + " as varchar) <> " + value;
        String misfit =
                switch (type.family()) {
                    case TEXT -> "";
                    case BOOLEAN -> "lower(" + value + ") not in ('0', '1', 'true', 'false')";
                    case INTEGER -> type.name().equals("BIGINT") ? "" : none;
                    case FLOAT ->
                            "("
                                    + cell
                                    + "[1] = 'i' and abs(try_cast("
                                    + value
                                    + " as hugeint)) > "
                                    + EXACT
                                    + ")"
                                    + (type.name().equals("FLOAT")
                                            ? " or cast("
                                                    + cast
                                                    + " as double) <> try_cast("
                                                    + value
                                                    + " as double)"
                                            : "");
                    case DECIMAL ->
                            none
                                    + " or not regexp_full_match("
                                    + value
                                    + ", '[+-]?[0-9]*([.][0-9]{0,"
                                    + type.scale()
                                    + "}0*)?')";
                    case DATE -> other;
                    case TIMESTAMP ->
                            "not regexp_full_match("
                                    + value
                                    + ", '[0-9]{4}-[0-9]{2}-[0-9]{2}(["
                                    + " T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?') and ("
                                    + other
                                    + ") or "
                                    + none;
                    case TIMESTAMP_ZONED ->
                            "not regexp_full_match("
                                    + value
                                    + ", '.*[0-9](Z|[+-][0-9]{2}(:?[0-9]{2})?)') and "
                                    + value
                                    + " not in ('infinity', '-infinity') or "
                                    + none;
                    case UUID -> none + " or cast(" + cast + " as varchar) <> lower(" + value + ")";
                    case JSON -> "not json_valid(" + value + ")";
                    case INTERVAL -> none + " or " + Carrier.lostSpan(cast);
                    default -> none;
                };
        return new Way(
                misfit.isEmpty() ? Optional.empty() : Optional.of(misfit),
                type.family() == DuckType.Family.TEXT ? value : cast);
    }

    /** What has to be counted before the type is known. */
    List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            String alias = " as " + alias(i);
            ways.get(i)
                    .misfit()
                    .ifPresent(
                            misfit ->
                                    questions.add(
                                            "count(*) filter (where "
                                                    + Carrier.column(index)
                                                    + " is not null and ("
                                                    + misfit
                                                    + "))"
                                                    + alias));
        }
        return questions;
    }

    /**
     * @param misfits the answers
     */
    String read(JsonObject misfits) {
        return ways.get(way(misfits)).read();
    }

    /** Whether the values are not what the declared type says. */
    boolean isOdd(JsonObject misfits) {
        return !expected || way(misfits) > 0;
    }

    private int way(JsonObject misfits) {
        for (int i = 0; i < ways.size(); i++) {
            if (ways.get(i).misfit().isEmpty() || DuckDb.number(misfits, alias(i)) == 0) {
                return i;
            }
        }
        throw new IllegalStateException("no type holds " + name);
    }

    private String alias(int way) {
        return "n" + index + "_" + way;
    }
}
