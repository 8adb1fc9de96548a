package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code WITH [RECURSIVE] name [(columns)] AS [NOT] [MATERIALIZED] ( ... ), ...}. */
final class SqlCtes {
    private static final Set<String> BEFORE_BODY =
            Set.of("as", "not", "materialized", "using", "key");

    private final List<SqlToken> tokens;

    private SqlCtes(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * A query's own name for a part of it.
     *
     * @param recursive its body may read itself
     * @param body with its brackets; without an end, to the last token
     */
    record Cte(String name, Span nameSpan, boolean recursive, Span body, boolean closed) {}

    static List<Cte> of(List<SqlToken> tokens) {
        return new SqlCtes(tokens).read();
    }

    private List<Cte> read() {
        List<Cte> found = new ArrayList<>();
        boolean recursive = false;
        Set<Integer> bodyEnds = new HashSet<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String before = i > 0 ? tokens.get(i - 1).keyword() : "";
            boolean next = i > 1 && tokens.get(i - 1).is(",") && bodyEnds.contains(i - 2);
            boolean first = before.equals("with") || before.equals("recursive");
            if (first) {
                recursive = before.equals("recursive");
            }
            SqlToken name = tokens.get(i);
            if (!name.isName() || !(first || next)) {
                continue;
            }
            int at = i + 1;
            if (tokens.get(at).is("(")) {
                at = closing(at) + 1;
            }
            while (at < tokens.size() && BEFORE_BODY.contains(tokens.get(at).keyword())) {
                at++;
            }
            if (at < tokens.size() && tokens.get(at).is("(")) {
                int end = closing(at);
                bodyEnds.add(end);
                SqlToken last = tokens.get(Math.min(end, tokens.size() - 1));
                Span body = new Span(tokens.get(at).span().start(), last.span().end());
                boolean closed = end < tokens.size();
                found.add(new Cte(name.text(), name.span(), recursive, body, closed));
            }
        }
        return found;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }
}
