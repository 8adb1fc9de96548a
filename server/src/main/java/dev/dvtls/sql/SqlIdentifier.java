package dev.dvtls.sql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as DuckDB's SQL writes them. */
public final class SqlIdentifier {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** DuckDB's reserved words ({@code duckdb_keywords()}). */
    private static final Set<String> RESERVED =
            Set.of(
                    "all",
                    "analyse",
                    "analyze",
                    "and",
                    "any",
                    "array",
                    "as",
                    "asc",
                    "asymmetric",
                    "both",
                    "case",
                    "cast",
                    "check",
                    "collate",
                    "column",
                    "constraint",
                    "create",
                    "default",
                    "deferrable",
                    "desc",
                    "describe",
                    "distinct",
                    "do",
                    "else",
                    "end",
                    "except",
                    "false",
                    "fetch",
                    "for",
                    "foreign",
                    "from",
                    "group",
                    "having",
                    "in",
                    "initially",
                    "intersect",
                    "into",
                    "lambda",
                    "lateral",
                    "leading",
                    "limit",
                    "not",
                    "null",
                    "offset",
                    "on",
                    "only",
                    "or",
                    "order",
                    "pivot",
                    "pivot_longer",
                    "pivot_wider",
                    "placing",
                    "primary",
                    "qualify",
                    "references",
                    "returning",
                    "select",
                    "show",
                    "some",
                    "summarize",
                    "symmetric",
                    "table",
                    "then",
                    "to",
                    "trailing",
                    "true",
                    "union",
                    "unique",
                    "unpivot",
                    "using",
                    "variadic",
                    "when",
                    "where",
                    "window",
                    "with");

    private SqlIdentifier() {}

    /** The name, in quotes where it needs them. */
    public static String of(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !isReserved(name);
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }
}
