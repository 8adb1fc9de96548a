package dev.dvtls.sql;

import dev.dvtls.sql.SqlQuery.Clause;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What SQL can name at a cursor, finished or not.
 *
 * @param place what is due there
 * @param qualifier {@code o} of {@code o.na|}
 * @param quoted the cursor is inside a name's double quotes
 * @param relations what the FROM around it reads, the nearest query's first
 * @param columns of all of them that can be named without a qualifier, in order, ambiguous ones too
 * @param ctes names of the queries that a WITH defines for it
 */
public record SqlScope(
        Place place,
        Optional<String> qualifier,
        boolean quoted,
        List<Relation> relations,
        List<Named> columns,
        List<String> ctes) {

    /** What a name at the cursor would be. */
    public enum Place {
        COLUMN,
        /** A table of a FROM. */
        TABLE,
        /** An alias, a keyword, text. */
        NOTHING
    }

    /**
     * A relation by the name that it has in the query.
     *
     * @param columns those that are known
     */
    public record Relation(String name, List<SqlColumn> columns) {}

    /**
     * A column that needs no qualifier, or one because another relation has its name too.
     *
     * @param relation the name of its relation
     */
    public record Named(SqlColumn column, String relation, boolean ambiguous) {}

    /** The tables that a query reads and does not define itself. */
    public interface Tables {
        /**
         * @param name as written, quotes removed
         * @param span of the name in the text that was given
         */
        List<SqlColumn> columns(String name, Span span);
    }

    /** Words after which an expression begins. */
    private static final Set<String> BEFORE_EXPRESSION =
            Set.of(
                    "select",
                    "distinct",
                    "all",
                    "where",
                    "and",
                    "or",
                    "not",
                    "on",
                    "by",
                    "having",
                    "qualify",
                    "case",
                    "when",
                    "then",
                    "else",
                    "in",
                    "like",
                    "ilike",
                    "between",
                    "filter",
                    "similar",
                    "to",
                    "glob",
                    "returning",
                    "over",
                    "partition",
                    "is",
                    "exclude",
                    "interval",
                    "from");

    private static final SqlScope NOTHING =
            new SqlScope(Place.NOTHING, Optional.empty(), false, List.of(), List.of(), List.of());

    /** Never fails; nothing is named where nothing is certain. */
    public static SqlScope at(String sql, int offset, Tables tables) {
        if (SqlToken.endsInComment(sql.substring(0, offset))) {
            return NOTHING;
        }
        String text = sql;
        List<SqlToken> before = SqlToken.all(sql.substring(0, offset));
        Optional<SqlToken> last =
                before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1));
        boolean quoted = last.filter(t -> isOpenName(t, sql, offset)).isPresent();
        if (quoted && !isClosed(sql, offset)) {
            // Its quote would swallow what follows.
            int quote = last.get().span().start() - 1;
            text = sql.substring(0, quote) + ' ' + sql.substring(quote + 1);
        }
        Statement statement = Statement.around(text, offset);
        Cursor cursor = Cursor.of(statement.tokens(), offset, quoted);
        if (cursor.inLiteral()) {
            return NOTHING;
        }
        SqlQuery query = SqlQueryReader.read(statement.tokens(), statement.area());
        SqlNaming naming = new SqlNaming(tables);
        SqlNaming.Seen seen = naming.at(query, offset);
        return new SqlScope(
                place(seen.clause(), cursor),
                cursor.qualifier(),
                quoted,
                seen.relations(),
                seen.clause() == Clause.USING ? shared(seen.columns()) : seen.columns(),
                seen.ctes());
    }

    /** The columns that a text's last query gives, those with a certain name. */
    public static List<SqlColumn> outputs(String sql, Tables tables) {
        Statement last = Statement.around(sql.stripTrailing().replaceAll(";+$", ""), sql.length());
        return new SqlNaming(tables).outputs(SqlQueryReader.read(last.tokens(), last.area()));
    }

    /** What both sides of a join have. */
    private static List<Named> shared(List<Named> columns) {
        List<Named> shared = new ArrayList<>();
        for (Named column : columns) {
            String name = column.column().name();
            boolean known = shared.stream().anyMatch(s -> s.column().name().equalsIgnoreCase(name));
            if (column.ambiguous() && !known) {
                shared.add(new Named(column.column(), column.relation(), false));
            }
        }
        return List.copyOf(shared);
    }

    private static boolean isOpenName(SqlToken token, String sql, int offset) {
        return token.kind() == SqlToken.Kind.QUOTED_NAME
                && token.span().end() == offset
                // A closed one ends before its quote.
                && token.span().start() > 0
                && sql.charAt(token.span().start() - 1) == '"';
    }

    /** A quoted name goes on to its quote, on the same line and with nothing but a name's text. */
    private static boolean isClosed(String sql, int offset) {
        int i = offset;
        while (i < sql.length() && "\"\r\n,()=<>;.".indexOf(sql.charAt(i)) < 0) {
            i++;
        }
        return i < sql.length() && sql.charAt(i) == '"';
    }

    private static Place place(Clause clause, Cursor cursor) {
        return switch (clause) {
            case START, LIMIT -> Place.NOTHING;
            case FROM -> cursor.tableDue() ? Place.TABLE : Place.NOTHING;
            case SELECT, ON, USING, WHERE, AFTER_SELECT ->
                    cursor.expressionDue() ? Place.COLUMN : Place.NOTHING;
        };
    }

    /** The statement around a cursor, of several that a text may have. */
    private record Statement(List<SqlToken> tokens, Span area) {
        static Statement around(String text, int offset) {
            List<SqlToken> all = SqlToken.all(text);
            int from = 0;
            int start = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).is(";")) {
                    int end = all.get(i).span().start();
                    if (offset <= end) {
                        return new Statement(all.subList(from, i), new Span(start, end));
                    }
                    from = i + 1;
                    start = all.get(i).span().end();
                }
            }
            return new Statement(
                    all.subList(from, all.size()), new Span(start, Math.max(start, text.length())));
        }
    }

    /**
     * The words before the cursor.
     *
     * @param before the token before the name at the cursor, and its qualifier
     */
    private record Cursor(
            boolean inLiteral, Optional<String> qualifier, Optional<SqlToken> before) {

        static Cursor of(List<SqlToken> tokens, int offset, boolean quoted) {
            int i = 0;
            while (i < tokens.size() && tokens.get(i).span().end() < offset) {
                i++;
            }
            // The name that is being written, if there is one, is not what stands before it.
            boolean touches = i < tokens.size() && tokens.get(i).span().start() < offset;
            boolean literal = touches && tokens.get(i).kind() == SqlToken.Kind.LITERAL;
            boolean name = touches && tokens.get(i).isName();
            int previous = touches && !name ? i : i - 1;
            if (quoted && i < tokens.size() && tokens.get(i).span().touches(offset)) {
                previous = i - 1;
            }
            Optional<String> qualifier = Optional.empty();
            if (previous >= 1
                    && tokens.get(previous).is(".")
                    && tokens.get(previous - 1).isName()) {
                qualifier = Optional.of(tokens.get(previous - 1).text());
                previous -= 2;
            }
            return new Cursor(
                    literal,
                    qualifier,
                    previous >= 0 ? Optional.of(tokens.get(previous)) : Optional.empty());
        }

        boolean tableDue() {
            String word = before.map(SqlToken::keyword).orElse("");
            return Set.of("from", "join", "lateral").contains(word)
                    || before.filter(t -> t.is(",") || t.is("(")).isPresent();
        }

        boolean expressionDue() {
            if (before.isEmpty()) {
                return false;
            }
            SqlToken token = before.get();
            return switch (token.kind()) {
                case MARK -> !token.is(")") && !token.is("]") && !token.is(";") && !token.is(".");
                case WORD -> BEFORE_EXPRESSION.contains(token.keyword());
                case QUOTED_NAME, LITERAL -> false;
            };
        }
    }
}
