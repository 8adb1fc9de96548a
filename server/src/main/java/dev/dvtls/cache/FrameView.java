package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows of a frame are looked at, and in which order. Pure.
 *
 * @param orderBy the first counts most; equal rows stay in the order of the frame
 * @param filter all must hold
 */
public record FrameView(List<Order> orderBy, List<Filter> filter) {
    public static final FrameView ALL = new FrameView(List.of(), List.of());

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+)(?:\\.(\\d*))?");
    private static final int MOST_DIGITS = 38;

    public record Order(String column, boolean descending) {}

    /**
     * @param value as a user writes it; of no use to {@link Op#NULL} and {@link Op#NOT_NULL}
     */
    public record Filter(String column, Op op, String value) {}

    /** How a value is compared. Texts differ by case, but not in {@link #CONTAINS}. */
    public enum Op {
        CONTAINS("contains"),
        EQUAL("="),
        /** NULL differs from every value. */
        DIFFERENT("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        NULL("null"),
        NOT_NULL("notNull");

        private final String word;

        Op(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A column that the frame does not have. */
    static final class NoSuchColumn extends Exception {
        private static final long serialVersionUID = 1L;

        NoSuchColumn(String name) {
            super("The preview has no column " + name + ".");
        }
    }

    /** A value that a column is compared with: the text of it, and what DuckDB makes of that. */
    record Value(String text, String type, Column column) {}

    boolean isAll() {
        return orderBy.isEmpty() && filter.isEmpty();
    }

    /** The same for equal views alone. */
    String id() {
        return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    static int index(List<Column> columns, String name) throws NoSuchColumn {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new NoSuchColumn(name);
    }

    /** A condition with a parameter for each of {@link #values}. */
    String where(List<Column> columns) throws NoSuchColumn {
        List<String> conditions = new ArrayList<>();
        for (Filter one : filter) {
            int at = index(columns, one.column());
            String name = FrameFile.name(at);
            String text = "cast(" + name + " as varchar)";
            String left = isText(columns.get(at)) ? text : name;
            String right = "cast(? as " + type(one, columns.get(at)) + ")";
            conditions.add(
                    switch (one.op()) {
                        case CONTAINS -> "contains(lower(" + text + "), lower(?))";
                        case NULL -> name + " is null";
                        case NOT_NULL -> name + " is not null";
                        case DIFFERENT -> left + " is distinct from " + right;
                        default -> left + " " + one.op().word() + " " + right;
                    });
        }
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    List<Value> values(List<Column> columns) throws NoSuchColumn {
        List<Value> values = new ArrayList<>();
        for (Filter one : filter) {
            if (one.op() != Op.NULL && one.op() != Op.NOT_NULL) {
                Column column = columns.get(index(columns, one.column()));
                values.add(new Value(one.value(), type(one, column), column));
            }
        }
        return List.copyOf(values);
    }

    String order(List<Column> columns) throws NoSuchColumn {
        List<String> items = new ArrayList<>();
        for (Order one : orderBy) {
            items.add(
                    FrameFile.name(index(columns, one.column()))
                            + (one.descending() ? " desc" : " asc")
                            + " nulls last");
        }
        items.add("file_row_number");
        return String.join(", ", items);
    }

    /**
     * What the value is read as: a number keeps its own digits, so that {@code > 1.5} is right for
     * whole numbers, and {@code = 0.1} for decimals.
     */
    private static String type(Filter filter, Column column) {
        if (filter.op() == Op.CONTAINS || isText(column)) {
            return "varchar";
        }
        if (!isNumber(column)) {
            return column.type();
        }
        Matcher number = NUMBER.matcher(filter.value().strip());
        if (column.type().equals("FLOAT") || column.type().equals("DOUBLE") || !number.matches()) {
            return "double";
        }
        int scale = number.group(2) == null ? 0 : number.group(2).length();
        int digits = number.group(1).length() + scale;
        return digits > MOST_DIGITS ? "double" : "decimal(" + digits + ", " + scale + ")";
    }

    private static boolean isNumber(Column column) {
        return column.type().matches("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*");
    }

    /** Compared by what is shown: text, and what has no order that a user could mean. */
    private static boolean isText(Column column) {
        return isNested(column) || column.type().matches("VARCHAR|JSON|BLOB|BIT|ENUM.*");
    }

    static boolean isNested(Column column) {
        return column.type().endsWith("]")
                || column.type().matches("(?s)(STRUCT|MAP|UNION|VARIANT|GEOMETRY).*");
    }
}
