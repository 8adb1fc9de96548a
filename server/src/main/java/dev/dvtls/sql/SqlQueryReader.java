package dev.dvtls.sql;

import dev.dvtls.sql.SqlQuery.Clause;
import dev.dvtls.sql.SqlQuery.Core;
import dev.dvtls.sql.SqlQuery.Cte;
import dev.dvtls.sql.SqlQuery.FromItem;
import dev.dvtls.sql.SqlQuery.Mark;
import dev.dvtls.sql.SqlQuery.Source;
import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Reads a statement's tokens into queries. Never fails: brackets without an end reach to the
 * statement's, and words that fit nowhere are passed over.
 */
final class SqlQueryReader {
    private static final Set<String> SET_OPERATORS = Set.of("union", "intersect", "except");
    private static final Set<String> QUERY_STARTS = Set.of("select", "with", "from", "values");

    /** They stand before JOIN, and end the condition of the join before. */
    private static final Set<String> JOIN_WORDS =
            Set.of(
                    "inner",
                    "left",
                    "right",
                    "full",
                    "outer",
                    "cross",
                    "natural",
                    "anti",
                    "semi",
                    "asof",
                    "positional");

    /** No alias: what may follow a table, beside a word that ends the list of tables. */
    private static final Set<String> AFTER_TABLE =
            Set.of(
                    "join",
                    "on",
                    "using",
                    "tablesample",
                    "sample",
                    "as",
                    "with",
                    "pivot",
                    "unpivot",
                    "from");

    private final List<SqlToken> tokens;
    private final int end;

    /** The closing bracket of each opening one; -1 when there is none. */
    private final int[] closing;

    private SqlQueryReader(List<SqlToken> tokens, int end) {
        this.tokens = tokens;
        this.end = end;
        this.closing = new int[tokens.size()];
        Arrays.fill(closing, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) {
                open.push(i);
            } else if (tokens.get(i).is(")") && !open.isEmpty()) {
                closing[open.pop()] = i;
            }
        }
    }

    /**
     * @param tokens of one statement
     * @param area of the statement
     */
    static SqlQuery read(List<SqlToken> tokens, Span area) {
        return new SqlQueryReader(tokens, area.end()).query(0, tokens.size(), area);
    }

    private SqlQuery query(int from, int to, Span area) {
        List<Cte> ctes = new ArrayList<>();
        List<Core> cores = new ArrayList<>();
        int coreFrom = from;
        int coreStart = area.start();
        boolean started = false;
        int i = from;
        while (i < to) {
            SqlToken token = tokens.get(i);
            String word = token.keyword();
            if (word.equals("with") && !started) {
                i = ctes(i + 1, to, ctes);
                coreFrom = i;
                coreStart = i > from ? tokens.get(i - 1).span().end() : coreStart;
            } else if (SET_OPERATORS.contains(word) && !isStarExcept(i)) {
                cores.add(core(coreFrom, i, new Span(coreStart, token.span().start())));
                coreFrom = i + 1;
                coreStart = token.span().end();
                started = false;
                i++;
            } else {
                started |= word.equals("select") || word.equals("from");
                i = isQuery(i, to) || closing[i] >= 0 ? past(i, to) : i + 1;
            }
        }
        cores.add(core(coreFrom, to, new Span(coreStart, Math.max(coreStart, area.end()))));
        return new SqlQuery(area, List.copyOf(ctes), List.copyOf(cores));
    }

    /** {@code * except (a, b)}. */
    private boolean isStarExcept(int i) {
        return i > 0
                && tokens.get(i - 1).is("*")
                && i + 1 < tokens.size()
                && tokens.get(i + 1).is("(")
                && !isQuery(i + 1, tokens.size());
    }

    private boolean isQuery(int i, int to) {
        return tokens.get(i).is("(")
                && i + 1 < to
                && QUERY_STARTS.contains(tokens.get(i + 1).keyword());
    }

    /** The index after a bracket's end. */
    private int past(int open, int to) {
        return closing[open] >= 0 ? Math.min(closing[open] + 1, to) : to;
    }

    /** The query inside brackets. */
    private SqlQuery inside(int open, int to) {
        int last = closing[open] >= 0 ? Math.min(closing[open], to) : to;
        int start = tokens.get(open).span().end();
        int stop = closing[open] >= 0 ? tokens.get(closing[open]).span().start() : end;
        return query(open + 1, last, new Span(start, Math.max(start, stop)));
    }

    private int ctes(int from, int to, List<Cte> ctes) {
        int i = from;
        boolean recursive = i < to && tokens.get(i).keyword().equals("recursive");
        i += recursive ? 1 : 0;
        while (i < to && tokens.get(i).isName()) {
            String name = tokens.get(i).text();
            i++;
            List<String> columns = List.of();
            if (i < to && tokens.get(i).is("(") && closing[i] >= 0) {
                columns = names(i);
                i = past(i, to);
            }
            while (i < to
                    && Set.of("as", "not", "materialized").contains(tokens.get(i).keyword())) {
                i++;
            }
            if (i >= to || !tokens.get(i).is("(")) {
                return i;
            }
            ctes.add(new Cte(name, columns, inside(i, to), recursive));
            i = past(i, to);
            if (i >= to || !tokens.get(i).is(",")) {
                return i;
            }
            i++;
        }
        return i;
    }

    private List<String> names(int open) {
        List<String> names = new ArrayList<>();
        for (int i = open + 1; i < closing[open]; i++) {
            if (tokens.get(i).isName()) {
                names.add(tokens.get(i).text());
            }
        }
        return List.copyOf(names);
    }

    private Core core(int from, int to, Span area) {
        return new CoreReader().read(from, to, area);
    }

    /** One SELECT, word by word. */
    private final class CoreReader {
        private final List<Mark> marks = new ArrayList<>();
        private final List<List<SqlToken>> items = new ArrayList<>();
        private final List<FromItem> from = new ArrayList<>();
        private final List<String> merged = new ArrayList<>();
        private final List<SqlQuery> nested = new ArrayList<>();
        private List<SqlToken> item = new ArrayList<>();
        private Clause clause = Clause.START;
        private boolean natural;
        private boolean selects;
        private boolean itemDue;

        Core read(int first, int to, Span area) {
            int i = first;
            while (i < to) {
                i = isKeyword(i) && clause(i) ? i + 1 : other(i, to);
            }
            endItem();
            return new Core(
                    area,
                    List.copyOf(marks),
                    !selects,
                    List.copyOf(items),
                    List.copyOf(from),
                    List.copyOf(merged),
                    natural,
                    List.copyOf(nested));
        }

        /** Not a column of that name: {@code o.order}; {@code o.} before a line break is open. */
        private boolean isKeyword(int i) {
            SqlToken token = tokens.get(i);
            return !token.keyword().isEmpty()
                    && !(i > 0
                            && tokens.get(i - 1).is(".")
                            && tokens.get(i - 1).span().end() == token.span().start());
        }

        /** Takes a word that begins a clause. */
        private boolean clause(int i) {
            String word = tokens.get(i).keyword();
            boolean inFrom = clause == Clause.FROM || clause == Clause.ON || clause == Clause.USING;
            switch (word) {
                case "select" -> {
                    selects = true;
                    begin(i, Clause.SELECT);
                }
                case "from" -> {
                    if (i > 0 && tokens.get(i - 1).keyword().equals("distinct")) {
                        return false; // IS DISTINCT FROM
                    }
                    begin(i, Clause.FROM);
                    itemDue = true;
                }
                case "join" -> {
                    begin(i, Clause.FROM);
                    itemDue = true;
                }
                case "on", "using" -> {
                    if (!inFrom) {
                        return false;
                    }
                    begin(i, word.equals("on") ? Clause.ON : Clause.USING);
                }
                case "where" -> begin(i, Clause.WHERE);
                case "group", "order", "having", "qualify", "window" ->
                        begin(i, Clause.AFTER_SELECT);
                case "limit", "offset", "fetch", "sample", "tablesample" -> begin(i, Clause.LIMIT);
                default -> {
                    if (!inFrom || !JOIN_WORDS.contains(word) || isCall(i)) {
                        return false;
                    }
                    natural |= word.equals("natural");
                    begin(i, Clause.FROM);
                }
            }
            return true;
        }

        /** {@code left(x, 2)} is a function. */
        private boolean isCall(int i) {
            return i + 1 < tokens.size() && tokens.get(i + 1).is("(");
        }

        private void begin(int i, Clause next) {
            endItem();
            clause = next;
            itemDue = false;
            marks.add(new Mark(tokens.get(i).span().end(), next));
        }

        private void endItem() {
            if (clause == Clause.SELECT && !item.isEmpty()) {
                items.add(List.copyOf(item));
            }
            item = new ArrayList<>();
        }

        private int other(int i, int to) {
            SqlToken token = tokens.get(i);
            boolean inFrom = clause == Clause.FROM || clause == Clause.ON || clause == Clause.USING;
            if (token.is(",") && clause == Clause.SELECT) {
                endItem();
                return i + 1;
            } else if (token.is(",") && inFrom) {
                begin(i, Clause.FROM);
                itemDue = true;
                return i + 1;
            } else if (itemDue && clause == Clause.FROM) {
                return fromItem(i, to);
            }
            item.add(token);
            if (!token.is("(")) {
                return i + 1;
            }
            if (clause == Clause.USING && closing[i] >= 0) {
                merged.addAll(names(i));
            }
            return group(i, to);
        }

        /** Brackets in an expression: a query, or a piece that may hold some. */
        private int group(int open, int to) {
            if (isQuery(open, to)) {
                nested.add(inside(open, to));
                return past(open, to);
            }
            if (closing[open] < 0) {
                return open + 1; // not closed: what follows may well be the next clause
            }
            int stop = Math.min(closing[open], to);
            int i = open + 1;
            while (i < stop) {
                item.add(tokens.get(i));
                i = tokens.get(i).is("(") ? group(i, stop) : i + 1;
            }
            if (stop < to) {
                item.add(tokens.get(stop));
            }
            return past(open, to);
        }

        private int fromItem(int first, int to) {
            SqlToken token = tokens.get(first);
            if (token.is("(") && isQuery(first, to)) {
                return alias(new SqlQuery.Derived(inside(first, to)), "", past(first, to), to);
            } else if (token.is("(") || token.keyword().equals("lateral")) {
                return first + 1; // a join in brackets: its tables are ours
            } else if (!token.isName()) {
                itemDue = token.is(")");
                return token.kind() == SqlToken.Kind.LITERAL
                        ? alias(new SqlQuery.Unknown(), "", first + 1, to)
                        : first + 1;
            }
            int last = first;
            while (last + 2 < to && tokens.get(last + 1).is(".") && tokens.get(last + 2).isName()) {
                last += 2;
            }
            SqlToken name = tokens.get(last);
            if (last + 1 < to && tokens.get(last + 1).is("(")) {
                return alias(new SqlQuery.Unknown(), name.text(), group(last + 1, to), to);
            }
            boolean plain =
                    last == first
                            || (last == first + 2
                                    && tokens.get(first).text().equalsIgnoreCase("main"));
            return alias(
                    new SqlQuery.Table(name.text(), name.span(), plain), name.text(), last + 1, to);
        }

        private int alias(Source source, String name, int next, int to) {
            itemDue = false;
            int i = next;
            boolean as = i < to && tokens.get(i).keyword().equals("as");
            i += as ? 1 : 0;
            String alias = name;
            List<String> columns = List.of();
            if (i < to && tokens.get(i).isName() && isAlias(tokens.get(i).keyword())) {
                alias = tokens.get(i).text();
                i++;
                if (i < to && tokens.get(i).is("(") && closing[i] >= 0) {
                    columns = names(i);
                    i = past(i, to);
                }
            }
            from.add(new FromItem(source, alias, columns));
            return i;
        }

        private static boolean isAlias(String keyword) {
            return !AFTER_TABLE.contains(keyword)
                    && !SqlNames.ENDS_FROM.contains(keyword)
                    && !JOIN_WORDS.contains(keyword);
        }
    }
}
