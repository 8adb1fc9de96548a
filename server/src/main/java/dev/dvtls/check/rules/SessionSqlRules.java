package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Outside.SqlTrouble;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.SqlText;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.sql.SqlHoles;
import dev.dvtls.sql.SqlNames;
import dev.dvtls.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * sql-syntax and unknown-column: what DuckDB says of the SQL that the session is given. Of a text
 * that can be several, only what is wrong with each of them.
 */
final class SessionSqlRules implements Rule {
    private static final String MODEL = "__model__";

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            boolean broken = !file.model().problems().isEmpty();
            if (broken || python.sqlTexts().isEmpty() || !RunsHere.isCertain(file, python)) {
                continue;
            }
            for (List<SqlText> variants : python.sqlTexts()) {
                Optional<Finding> syntax = ofAll(variants, text -> syntax(file, text));
                syntax.or(() -> ofAll(variants, text -> column(file, text)))
                        .ifPresent(f -> found.accept(f.problem()));
            }
        }
    }

    /** The first complaint, when every text has one. */
    private static Optional<Finding> ofAll(
            List<SqlText> variants, Function<SqlText, Optional<Finding>> rule) {
        Optional<Finding> first = Optional.empty();
        for (SqlText text : variants) {
            Optional<Finding> finding = rule.apply(text);
            if (finding.isEmpty()) {
                return Optional.empty();
            }
            first = first.or(() -> finding);
        }
        return first;
    }

    private static Optional<Finding> syntax(CheckedFile file, SqlText text) {
        return file.outside()
                .syntax(text.sql())
                // What the hole holds may be what is missing: a clause, or a list of them.
                .filter(t -> t.offset() < SqlHoles.firstFree(text.sql(), SqlText.HOLE))
                .map(
                        t ->
                                Finding.of(
                                                file,
                                                Code.SQL_SYNTAX,
                                                place(file, text, word(text.sql(), t.offset())),
                                                "DuckDB cannot parse this SQL: "
                                                        + t.message()
                                                        + ".")
                                        .help(
                                                "Correct the SQL here; the session is DuckDB,"
                                                        + " whatever the target is."));
    }

    private static Optional<Finding> column(CheckedFile file, SqlText text) {
        if (text.sql().indexOf(SqlText.HOLE) >= 0) {
            return Optional.empty();
        }
        Map<String, List<Node.Column>> tables = new LinkedHashMap<>();
        for (SqlNames.Found table : SqlNames.tables(text.sql())) {
            Optional<List<Node.Column>> columns =
                    node(file, table.name())
                            .flatMap(n -> file.outside().columns(file.manifest(), n));
            if (columns.isEmpty()) {
                return Optional.empty();
            }
            tables.put(table.name(), columns.get());
        }
        return tables.isEmpty()
                ? Optional.empty()
                : file.outside()
                        .missingColumn(text.sql(), tables)
                        .map(t -> unknown(file, text, t, tables));
    }

    private static Optional<Node> node(CheckedFile file, String table) {
        Target target =
                table.startsWith(MODEL)
                        ? ModelTarget.of(table.substring(MODEL.length()))
                        : new SessionTable(table);
        return file.manifest().resolve(target) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }

    private static Finding unknown(
            CheckedFile file,
            SqlText text,
            SqlTrouble trouble,
            Map<String, List<Node.Column>> tables) {
        String column = trouble.name().orElse("");
        Span span = place(file, text, word(text.sql(), trouble.offset()));
        List<String> all =
                tables.values().stream().flatMap(List::stream).map(Node.Column::name).toList();
        if (all.stream().anyMatch(column::equalsIgnoreCase)) {
            return Finding.of(
                            file,
                            Code.UNKNOWN_COLUMN,
                            span,
                            "The column '" + column + "' cannot be read in this part of the query.")
                    .help("The query or alias that it is read from does not pass it on.");
        }
        List<String> nearest = Nearest.of(column, all);
        String where =
                tables.size() == 1
                        ? tables.keySet().iterator().next() + " has"
                        : "None of " + String.join(", ", tables.keySet()) + " has";
        Finding finding =
                Finding.of(
                                file,
                                Code.UNKNOWN_COLUMN,
                                span,
                                (tables.size() == 1
                                                ? where + " no column '" + column + "'."
                                                : where + " a column '" + column + "'.")
                                        + References.didYouMean(nearest))
                        .help(
                                "There are: "
                                        + String.join(
                                                ", ", all.subList(0, Math.min(12, all.size())))
                                        + (all.size() > 12 ? ", ..." : "")
                                        + ".");
        int dot = span.of(file.text()).lastIndexOf('.') + 1;
        return References.withReplacements(
                finding, file, new Span(span.start() + dot, span.end()), column, nearest);
    }

    /** The name, number or mark that begins at an offset. */
    private static Span word(String sql, int offset) {
        int start = Math.min(offset, sql.length());
        if (start == sql.length()) { // at the end: what stands last
            int last = sql.stripTrailing().length();
            return new Span(Math.max(last - 1, 0), Math.max(last, Math.min(1, sql.length())));
        }
        int end = start;
        while (end < sql.length()
                && (Character.isJavaIdentifierPart(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        return new Span(start, Math.max(end, start + 1));
    }

    private static Span place(CheckedFile file, SqlText text, Span word) {
        Span place = text.places().source(word);
        return new Span(
                Math.min(place.start(), file.text().length()),
                Math.min(place.end(), file.text().length()));
    }
}
