package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the tables that a piece of DuckDB SQL reads. Comments, literals, aliases, columns,
 * functions and names that a {@code WITH} defines are passed over; nothing is ever refused.
 */
public final class SqlNames {
    /**
     * A table's name, with its place in the text that was given.
     *
     * @param name as written, quotes removed
     * @param span of the name, inside its quotes when it has them
     */
    public record Found(String name, Span span) {}

    /** After these the list of tables of a FROM is over. */
    static final Set<String> ENDS_FROM =
            Set.of(
                    "where",
                    "group",
                    "having",
                    "order",
                    "limit",
                    "offset",
                    "union",
                    "intersect",
                    "except",
                    "select",
                    "window",
                    "qualify",
                    "set",
                    "values",
                    "returning",
                    "fetch");

    /** After these a table's name is due. */
    private static final Set<String> TABLE_FOLLOWS =
            Set.of("from", "join", "describe", "summarize", "pivot", "unpivot", "table");

    /** Between the keyword and its table, or before a subquery. */
    private static final Set<String> PASSED_OVER = Set.of("lateral", "only");

    private static final Set<String> CREATE_WORDS =
            Set.of(
                    "or",
                    "replace",
                    "temp",
                    "temporary",
                    "recursive",
                    "table",
                    "view",
                    "if",
                    "not",
                    "exists");

    /** Functions whose arguments hold a FROM of their own. */
    private static final Set<String> FROM_INSIDE =
            Set.of("extract", "trim", "substring", "overlay", "position");

    private final List<SqlToken> tokens;
    private final List<Found> found = new ArrayList<>();

    private SqlNames(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * Names of the shape {@code a__b} or {@code __model__x} in the place of a table, in order,
     * repeated ones too. A name with a schema before it is somebody else's, unless the schema is
     * the session's own ({@code main}).
     */
    public static List<Found> tables(CharSequence sql) {
        SqlNames reader = new SqlNames(SqlToken.all(sql));
        reader.read();
        List<WithName> withNames = SqlCtes.of(reader.tokens).stream().map(WithName::of).toList();
        return reader.found.stream()
                .filter(f -> looksLikeOurs(f.name()))
                .filter(f -> withNames.stream().noneMatch(w -> w.hides(f)))
                .toList();
    }

    /** The tables and views that {@code CREATE} makes, as written, without a schema. */
    public static List<String> made(CharSequence sql) {
        List<SqlToken> tokens = SqlToken.all(sql);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).keyword().equals("create")) {
                continue;
            }
            int at = i + 1;
            while (at < tokens.size() && CREATE_WORDS.contains(tokens.get(at).keyword())) {
                at++;
            }
            if (at < tokens.size() && tokens.get(at).isName()) {
                made.add(tokens.get(at).text());
            }
        }
        return made;
    }

    private static boolean looksLikeOurs(String name) {
        int from = name.startsWith("__model__") ? "__model__".length() : 1;
        return from > 1
                ? name.length() > from
                : name.indexOf("__", from) > 0 && name.indexOf("__", from) + 2 < name.length();
    }

    /** A query's own name for a part of it; its body may still read the table of that name. */
    private record WithName(String name, int visibleFrom) {
        static WithName of(SqlCtes.Cte cte) {
            int pastBody = cte.closed() ? cte.body().end() : Integer.MAX_VALUE;
            return new WithName(cte.name(), cte.recursive() ? cte.nameSpan().end() : pastBody);
        }

        boolean hides(Found table) {
            return table.name().equalsIgnoreCase(name) && table.span().start() >= visibleFrom;
        }
    }

    private void read() {
        List<Boolean> inFrom = new ArrayList<>(List.of(false)); // one a bracket that is open
        List<Boolean> noFrom = new ArrayList<>(List.of(false));
        boolean tableDue = false;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            int depth = inFrom.size() - 1;
            String word = token.keyword();
            if (token.is("(")) {
                boolean call = i > 0 && FROM_INSIDE.contains(tokens.get(i - 1).keyword());
                inFrom.add(tableDue);
                noFrom.add(call);
            } else if (token.is(")")) {
                tableDue = false;
                if (depth > 0) {
                    inFrom.remove(depth);
                    noFrom.remove(depth);
                }
            } else if (token.is(",")) {
                tableDue = inFrom.get(depth);
            } else if (ENDS_FROM.contains(word)) {
                inFrom.set(depth, false);
                tableDue = false;
            } else if (TABLE_FOLLOWS.contains(word)) {
                if (isKeywordHere(word, i, tableDue) && !noFrom.get(depth)) {
                    tableDue = true;
                    inFrom.set(depth, inFrom.get(depth) || word.equals("from"));
                }
            } else if (tableDue && !PASSED_OVER.contains(word)) {
                i = table(i);
                tableDue = false;
            }
        }
    }

    private boolean isKeywordHere(String word, int at, boolean tableDue) {
        String before = at > 0 ? tokens.get(at - 1).keyword() : "";
        return switch (word) {
            case "from" -> !before.equals("distinct"); // IS DISTINCT FROM
            case "table" ->
                    !before.equals("create")
                            && !before.equals("replace")
                            && !before.equals("temp")
                            && !before.equals("temporary");
            case "describe", "summarize", "pivot", "unpivot" -> at == 0 || tableDue;
            default -> true;
        };
    }

    /** Reads a table's name that begins at a token; the index of its last token. */
    private int table(int first) {
        int last = first;
        while (last + 2 < tokens.size()
                && tokens.get(last).isName()
                && tokens.get(last + 1).is(".")
                && tokens.get(last + 2).isName()) {
            last += 2;
        }
        SqlToken name = tokens.get(last);
        boolean function = last + 1 < tokens.size() && tokens.get(last + 1).is("(");
        boolean own = last == first || tokens.get(last - 2).text().equalsIgnoreCase("main");
        if (name.isName() && !function && own) {
            found.add(new Found(name.text(), name.span()));
        }
        return last;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
