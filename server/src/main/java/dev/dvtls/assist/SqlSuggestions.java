package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.InString;
import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.sql.SqlColumn;
import dev.dvtls.sql.SqlIdentifier;
import dev.dvtls.sql.SqlScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns and relations of a query, as suggestions.
 *
 * @param string the Python literal that the SQL is in, if it is in one
 */
record SqlSuggestions(Replacement range, Optional<InString> string) {

    /** Those of the qualifier, else of all relations, and the names of these. */
    List<Suggestion> columns(SqlScope scope) {
        List<Suggestion> all = new ArrayList<>();
        if (scope.qualifier().isPresent()) {
            scope.relations().stream()
                    .filter(r -> r.name().equalsIgnoreCase(scope.qualifier().get()))
                    .findFirst()
                    .ifPresent(
                            relation -> relation.columns().forEach(c -> column(scope, c, "", all)));
            return List.copyOf(all);
        }
        for (SqlScope.Named named : scope.columns()) {
            column(scope, named.column(), named.ambiguous() ? named.relation() : "", all);
        }
        if (!all.isEmpty() && !scope.quoted()) {
            for (SqlScope.Relation relation : scope.relations()) {
                written(SqlIdentifier.of(relation.name()))
                        .filter(name -> isName(relation.name()))
                        .ifPresent(
                                name ->
                                        all.add(
                                                range.suggestColumn(
                                                        relation.name(),
                                                        relation.name(),
                                                        name,
                                                        "relation",
                                                        "",
                                                        "2" + relation.name())));
            }
        }
        return List.copyOf(all);
    }

    /** The names that a WITH gives. */
    List<Suggestion> ctes(SqlScope scope) {
        return scope.ctes().stream()
                .distinct()
                .map(name -> range.suggest(name, Kind.TABLE, "WITH " + name, "", "0"))
                .toList();
    }

    /** Columns of a frame, which are strings in Python. */
    static List<Suggestion> plain(List<SqlColumn> columns, Replacement range) {
        List<Suggestion> all = new ArrayList<>();
        for (SqlColumn column : columns.stream().filter(c -> isName(c.name())).toList()) {
            all.add(
                    range.suggestColumn(
                            column.name(),
                            column.name(),
                            column.name(),
                            detail(column),
                            column.description(),
                            order(all.size())));
        }
        return List.copyOf(all);
    }

    private void column(SqlScope scope, SqlColumn column, String qualifier, List<Suggestion> all) {
        if (!isName(column.name()) || (scope.quoted() && !qualifier.isEmpty())) {
            return;
        }
        String name =
                scope.quoted()
                        ? column.name().replace("\"", "\"\"")
                        : SqlIdentifier.of(column.name());
        String text = qualifier.isEmpty() ? name : SqlIdentifier.of(qualifier) + "." + name;
        String label = qualifier.isEmpty() ? column.name() : qualifier + "." + column.name();
        written(text)
                .ifPresent(
                        written ->
                                all.add(
                                        range.suggestColumn(
                                                label,
                                                column.name(),
                                                written,
                                                detail(column),
                                                column.description(),
                                                order(all.size()))));
    }

    /** Not what an f-string or a template puts in. */
    private static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf(SqlText.HOLE) < 0;
    }

    private static String detail(SqlColumn column) {
        return Stream.of(column.type(), column.from())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** In the relation's order, before anything else. */
    private static String order(int index) {
        return Integer.toString(10_000 + index);
    }

    /** As the string's literal has to have it; empty where it cannot. */
    private Optional<String> written(String sql) {
        if (string.isEmpty()) {
            return Optional.of(sql);
        }
        InString literal = string.get();
        String text = literal.formatted() ? sql.replace("{", "{{").replace("}", "}}") : sql;
        if (literal.raw()) {
            return !literal.triple() && text.indexOf(literal.quote()) >= 0
                    ? Optional.empty()
                    : Optional.of(text);
        }
        String escaped = text.replace("\\", "\\\\");
        String quote = String.valueOf(literal.quote());
        return Optional.of(literal.triple() ? escaped : escaped.replace(quote, "\\" + quote));
    }
}
