package dev.dvtls.run.transfer;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * SQL for PostgreSQL in which nothing stands that Sling would split at, take for a quote or a
 * placeholder: it cuts statements at ';' inside quoted names and fills in braces.
 */
final class PgText {
    private PgText() {}

    /** A text literal. */
    static String literal(String value) {
        StringBuilder out = new StringBuilder("E'");
        value.codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                out.appendCodePoint(c);
                            } else if (c < 0x10000) {
                                out.append(String.format("\\u%04x", c));
                            } else {
                                out.append(String.format("\\U%08x", c));
                            }
                        });
        return out.append("'").toString();
    }

    /** An identifier. */
    static String name(String value) {
        StringBuilder out = new StringBuilder("U&\"");
        value.codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append(String.format("\\+%06x", c));
                            }
                        });
        return value.codePoints().allMatch(PgText::isPlain)
                ? "\"" + value + "\""
                : out.append("\"").toString();
    }

    static String names(Collection<String> values) {
        return values.stream().map(PgText::name).collect(Collectors.joining(", "));
    }

    static String table(String schema, String identifier) {
        return name(schema) + "." + name(identifier);
    }

    /** Statements as a single one: they are applied together or not at all. */
    static String together(Collection<String> statements) {
        return "do "
                + literal(
                        statements.stream()
                                .collect(Collectors.joining(";\n", "begin\n", ";\nend")));
    }

    private static boolean isPlain(int c) {
        return c < 128
                && (Character.isLetterOrDigit(c)
                        || c == '_'
                        || c == ' '
                        || c == ','
                        || c == '('
                        || c == ')'
                        || c == '=');
    }
}
