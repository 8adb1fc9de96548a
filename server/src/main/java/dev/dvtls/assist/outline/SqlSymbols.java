package dev.dvtls.assist.outline;

import dev.dvtls.sql.SqlTemplate;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/** The model with its config, its {@code with} queries and what it reads; macros, snapshots. */
final class SqlSymbols {
    private SqlSymbols() {}

    static List<Symbol> of(Source source) {
        SqlTemplate template = SqlTemplate.of(source.text());
        List<Symbol> parts = new ArrayList<>();
        for (SqlTemplate.Section section : template.sections()) {
            section.named()
                    .ifPresent(
                            named ->
                                    parts.add(
                                            Symbol.leaf(
                                                    named.text(),
                                                    section.tag(),
                                                    section.tag().equals("snapshot")
                                                            ? Symbol.Kind.MODEL
                                                            : Symbol.Kind.MACRO,
                                                    section.span(),
                                                    named.span())));
        }
        boolean wholeFile = source.model().isPresent() && parts.isEmpty();
        List<Symbol> outer = wholeFile ? List.of(model(source)) : parts;
        List<Symbol> queries =
                template.sql().ctes().stream()
                        .map(
                                cte ->
                                        Symbol.leaf(
                                                cte.name().isEmpty() ? "?" : cte.name(),
                                                "with",
                                                Symbol.Kind.QUERY,
                                                new Span(cte.nameSpan().start(), cte.body().end()),
                                                cte.nameSpan()))
                        .toList();
        List<Symbol> declared = source.model().map(Symbols::declared).orElse(List.of());
        return Symbols.nested(outer, Symbols.nested(tree(queries), declared));
    }

    /** Queries inside queries. */
    private static List<Symbol> tree(List<Symbol> byPlace) {
        List<Symbol> roots = new ArrayList<>();
        int past = 0;
        for (int i = 0; i < byPlace.size(); i++) {
            Symbol query = byPlace.get(i);
            if (query.range().start() < past) {
                continue; // in the one before
            }
            past = query.range().end();
            int end = past;
            List<Symbol> inside =
                    byPlace.subList(i + 1, byPlace.size()).stream()
                            .filter(s -> s.range().end() <= end)
                            .toList();
            roots.add(
                    new Symbol(
                            query.label(),
                            query.detail(),
                            query.kind(),
                            query.range(),
                            query.name(),
                            tree(inside)));
        }
        return roots;
    }

    /** The file is the model; its name is the file's. */
    private static Symbol model(Source source) {
        String file = String.valueOf(source.file().getFileName());
        return Symbol.leaf(
                file.substring(0, file.length() - ".sql".length()),
                "model",
                Symbol.Kind.MODEL,
                new Span(0, source.text().length()),
                new Span(0, 0));
    }
}
