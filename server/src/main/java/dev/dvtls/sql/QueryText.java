package dev.dvtls.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Small changes to the text of one query, comments kept. Pure. */
public final class QueryText {
    /** A named query in front of another one. */
    public record Cte(String name, String sql) {}

    /** What may stand behind {@code order by} and bears no limit behind it. */
    private static final Set<String> AFTER_ORDER =
            Set.of("limit", "offset", "fetch", "for", "lock", "into", "procedure");

    private QueryText() {}

    /** The query without what ends a statement: semicolons, and white space at both ends. */
    public static String withoutSemicolon(String sql) {
        String text = sql.strip();
        List<SqlToken> tokens = SqlToken.all(text);
        for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).is(";"); i--) {
            int at = tokens.get(i).span().start();
            text = text.substring(0, at) + text.substring(at + 1);
        }
        return text.strip();
    }

    /** More than one statement. */
    public static boolean isSeveral(String sql) {
        return SqlToken.all(withoutSemicolon(sql)).stream().anyMatch(token -> token.is(";"));
    }

    /** Nothing but comments and white space. */
    public static boolean isBlank(String sql) {
        return SqlToken.all(sql).isEmpty();
    }

    /**
     * Puts queries in front: into the {@code with} that the query begins with, else before its
     * first word. A query that ends in a comment does not swallow the parenthesis.
     */
    public static String with(List<Cte> ctes, String sql) {
        if (ctes.isEmpty()) {
            return sql;
        }
        String text =
                ctes.stream()
                        .map(cte -> cte.name() + " as (\n" + cte.sql() + "\n)")
                        .collect(Collectors.joining(", "));
        List<SqlToken> tokens = SqlToken.all(sql);
        if (tokens.isEmpty() || !tokens.get(0).keyword().equals("with")) {
            int at = tokens.isEmpty() ? 0 : start(tokens.get(0));
            return sql.substring(0, at) + "with " + text + "\n" + sql.substring(at);
        }
        boolean recursive = tokens.size() > 1 && tokens.get(1).keyword().equals("recursive");
        int at = tokens.get(recursive ? 1 : 0).span().end();
        return sql.substring(0, at) + " " + text + "," + sql.substring(at);
    }

    /**
     * The first rows. A query with an {@code order by} and no limit of its own takes one at its
     * end: MariaDB and MySQL forget the order of a query that another one reads from, unless it has
     * a limit. Every line stays where it is.
     */
    public static String first(String sql, int rows) {
        return isOrderedWithoutLimit(sql)
                ? sql + "\nlimit " + rows
                : "select * from (" + sql + "\n) as dvt_preview limit " + rows;
    }

    private static boolean isOrderedWithoutLimit(String sql) {
        boolean ordered = false;
        int depth = 0;
        for (SqlToken token : SqlToken.all(sql)) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                ordered |= token.keyword().equals("order");
                if (AFTER_ORDER.contains(token.keyword())) {
                    return false;
                }
            }
        }
        return ordered;
    }

    private static int start(SqlToken token) {
        int inside = token.span().start();
        return token.kind() == SqlToken.Kind.QUOTED_NAME ? inside - 1 : inside;
    }
}
