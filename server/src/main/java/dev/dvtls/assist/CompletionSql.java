package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.Bracket;
import dev.dvtls.assist.Cursor.InString;
import dev.dvtls.assist.PythonValues.Value;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.sql.SqlColumn;
import dev.dvtls.sql.SqlScope;
import dev.dvtls.sql.SqlScope.Place;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What to offer in SQL: tables, and columns of those that are known. */
final class CompletionSql {
    /** Functions of a session that take SQL. */
    private static final Set<String> SQL_CALLS =
            Set.of("sql", "execute", "query", "table", "from_query", "executemany", "view");

    /** Methods of a relation that take pieces of SQL over its columns. */
    private static final Set<String> PIECES =
            Set.of("filter", "project", "aggregate", "order", "select", "sort");

    private static final Pattern TABLE_EXPECTED =
            Pattern.compile("(?i)\\b(from|join|into|update|table)\\s+$|(?i)\\bfrom\\s[^()]*,\\s*$");

    private static final String SELECT = "select ";

    private final Manifest manifest;
    private final NodeColumns columns;
    private final Path file;

    CompletionSql(Manifest manifest, Known known, Path file) {
        this.manifest = manifest;
        this.columns = new NodeColumns(manifest, known.columns());
        this.file = file;
    }

    /** In a {@code .sql} model, outside of its Jinja. */
    Offer inModel(String text, int offset) {
        Optional<SqlText> sql = SqlInModel.of(manifest, text, offset);
        if (sql.isEmpty()) {
            return Offer.NOTHING;
        }
        SqlScope scope = scope(sql.get(), offset, name -> Optional.empty());
        Replacement word = word(text, offset);
        return switch (scope.place()) {
            case COLUMN -> Offer.of(new SqlSuggestions(word, Optional.empty()).columns(scope));
            case TABLE -> Offer.of(new SqlSuggestions(word, Optional.empty()).ctes(scope));
            case NOTHING -> Offer.NOTHING;
        };
    }

    /** In a string of a Python model. */
    Offer inString(String text, Cursor cursor, Names names) {
        InString string = cursor.string().orElseThrow();
        int offset = cursor.offset();
        PythonValues values = new PythonValues(manifest, file, text, offset);
        Optional<Value> subscripted = subscripted(text, cursor, values);
        if (subscripted.isPresent()) {
            return ofFrame(
                    subscripted.get(), Replacement.ofContent(text, offset, string.contentStart()));
        }
        SqlText sql =
                SqlText.ofPython(
                        text, string, offset, hole -> values.of(hole.strip()).flatMap(Value::node));
        SqlSuggestions suggestions = new SqlSuggestions(word(text, offset), Optional.of(string));
        Optional<Node> piece = pieceOf(cursor, values);
        if (piece.isPresent()) {
            return Offer.of(suggestions.columns(piece(sql, offset, piece.get())));
        }
        boolean call = isSqlCall(cursor);
        String before = text.substring(string.contentStart(), offset - cursor.word().length());
        String function = cursor.call().map(c -> last(c.callee())).orElse("");
        boolean wholeName = call && Set.of("table", "view").contains(function) && before.isBlank();
        if (wholeName || cursor.word().startsWith("__")) {
            return names.sessionTables(word(text, offset));
        }
        boolean isSql = call || isGivenToSession(text, offset);
        if (!isSql && !isQuery(sql)) {
            return Offer.NOTHING;
        }
        SqlScope scope =
                scope(
                        sql,
                        offset,
                        name -> values.sessionTable(name).or(() -> values.variable(name)));
        if (isSql
                && (scope.place() == Place.TABLE
                        || (scope.place() == Place.NOTHING
                                && TABLE_EXPECTED.matcher(before).find()))) {
            return names.sessionTables(word(text, offset)).and(suggestions.ctes(scope));
        }
        return scope.place() == Place.COLUMN ? Offer.of(suggestions.columns(scope)) : Offer.NOTHING;
    }

    private SqlScope scope(SqlText text, int offset, SqlText.Holes tables) {
        return SqlScope.at(
                text.sql(),
                offset - text.start(),
                (name, span) ->
                        Optional.ofNullable(text.nodes().get(span.start()))
                                .or(() -> tables.apply(name))
                                .map(columns::of)
                                .orElse(List.of()));
    }

    /** A piece of SQL over one relation, such as the condition of {@code .filter()}. */
    private SqlScope piece(SqlText text, int offset, Node node) {
        SqlText whole =
                new SqlText(
                        SELECT + text.sql() + " from " + SqlText.HOLE,
                        text.start() - SELECT.length(),
                        Map.of());
        return SqlScope.at(
                whole.sql(), offset - whole.start(), (String name, Span span) -> columns.of(node));
    }

    /** The relation whose {@code .filter("...")} or the like the cursor is in. */
    private static Optional<Node> pieceOf(Cursor cursor, PythonValues values) {
        if (!cursor.directlyInCall()) {
            return Optional.empty();
        }
        String subject = cursor.brackets().get(0).subject();
        int dot = subject.lastIndexOf('.');
        return dot > 0 && PIECES.contains(subject.substring(dot + 1).strip())
                ? values.of(subject.substring(0, dot).strip())
                        .filter(value -> value.kind() == PythonValues.Kind.RELATION)
                        .flatMap(Value::node)
                : Optional.empty();
    }

    /** The frame of {@code df["..."]} or {@code df[["..."]]}. */
    private static Optional<Value> subscripted(String text, Cursor cursor, PythonValues values) {
        List<Bracket> brackets = cursor.brackets();
        if (brackets.isEmpty() || brackets.get(0).open() != '[') {
            return Optional.empty();
        }
        Bracket inner = brackets.get(0);
        String subject =
                inner.subject().isEmpty()
                                && brackets.size() > 1
                                && brackets.get(1).open() == '['
                                && text.substring(brackets.get(1).start(), inner.start() - 1)
                                        .isBlank()
                        ? brackets.get(1).subject()
                        : inner.subject();
        return values.of(subject)
                .filter(
                        value ->
                                value.kind() != PythonValues.Kind.SESSION
                                        && value.node().isPresent());
    }

    private Offer ofFrame(Value frame, Replacement range) {
        List<SqlColumn> own = frame.node().map(columns::of).orElse(List.of());
        return Offer.of(SqlSuggestions.plain(own, range));
    }

    private static boolean isSqlCall(Cursor cursor) {
        return cursor.call()
                .filter(c -> c.callee().contains(".") && SQL_CALLS.contains(last(c.callee())))
                .isPresent();
    }

    /** A constant that is given to the session elsewhere. */
    private boolean isGivenToSession(String text, int offset) {
        return manifest.file(file).filter(model -> model.text().equals(text)).stream()
                .flatMap(model -> model.python().stream())
                .flatMap((PythonModel python) -> python.sqlStrings().stream())
                .anyMatch(sql -> sql.literal().start() < offset && offset < sql.literal().end());
    }

    private static boolean isQuery(SqlText text) {
        String sql = text.sql().toLowerCase(Locale.ROOT);
        return sql.contains("select") && sql.contains("from");
    }

    private static Replacement word(String text, int offset) {
        int start = offset;
        while (start > 0 && CursorScan.isNameChar(text.charAt(start - 1))) {
            start--;
        }
        return Replacement.ofWord(text, offset, start);
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }
}
