package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How SQL is laid out, for editors: never fails, and says nothing of what it cannot read.
 *
 * @param brackets round ones, from the opening to past the closing one, in source order
 * @param comments {@code --} and block comments, in source order
 * @param keywords words that DuckDB reserves and its common verbs, not where they name a column
 */
public record SqlShape(
        List<Span> brackets, List<Cte> ctes, List<Span> comments, List<Span> keywords) {
    /**
     * A query's own name for a part of it.
     *
     * @param body with its brackets
     */
    public record Cte(String name, Span nameSpan, Span body) {}

    private static final Pattern COMMENT = Pattern.compile("--[^\\r\\n]*|/\\*(?s:.*?)(?:\\*/|\\z)");

    /** DuckDB's reserved words ({@code duckdb_keywords()}), and those that only begin clauses. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("all analyze and anti any array as asc asof between both by case cast check"
                                    + " collate column constraint create cross default delete desc"
                                    + " describe distinct do else end except exclude exists false"
                                    + " fetch for foreign from full group having ilike in inner"
                                    + " insert intersect into is join lateral left like limit"
                                    + " materialized natural not null nulls offset on only or order"
                                    + " outer over partition pivot positional primary qualify"
                                    + " recursive references returning right select semi set some"
                                    + " summarize table tablesample then to trailing true union"
                                    + " unique unpivot update using values when where window with"
                                    + " within")
                            .split(" "));

    public static SqlShape of(CharSequence sql) {
        List<SqlToken> tokens = SqlToken.all(sql);
        return new SqlShape(
                brackets(tokens),
                SqlCtes.of(tokens).stream()
                        .map(c -> new Cte(c.name(), c.nameSpan(), c.body()))
                        .toList(),
                comments(sql, tokens),
                keywords(tokens));
    }

    private static List<Span> brackets(List<SqlToken> tokens) {
        List<Span> found = new ArrayList<>();
        Deque<SqlToken> open = new ArrayDeque<>();
        for (SqlToken token : tokens) {
            if (token.is("(")) {
                open.push(token);
            } else if (token.is(")") && !open.isEmpty()) {
                found.add(new Span(open.pop().span().start(), token.span().end()));
            }
        }
        found.sort(Comparator.comparingInt(Span::start));
        return List.copyOf(found);
    }

    /** They stand between tokens. */
    private static List<Span> comments(CharSequence sql, List<SqlToken> tokens) {
        List<Span> found = new ArrayList<>();
        Matcher comment = COMMENT.matcher(sql);
        int at = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            int to = i < tokens.size() ? tokens.get(i).span().start() : sql.length();
            comment.region(Math.min(at, to), to);
            while (comment.find()) {
                found.add(new Span(comment.start(), comment.end()));
            }
            at = i < tokens.size() ? tokens.get(i).span().end() : to;
        }
        return List.copyOf(found);
    }

    private static List<Span> keywords(List<SqlToken> tokens) {
        List<Span> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            boolean member = i > 0 && tokens.get(i - 1).is(".");
            if (!member && KEYWORDS.contains(tokens.get(i).keyword())) {
                found.add(tokens.get(i).span());
            }
        }
        return List.copyOf(found);
    }
}
