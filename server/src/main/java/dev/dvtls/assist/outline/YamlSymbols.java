package dev.dvtls.assist.outline;

import dev.dvtls.project.YamlNode;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models, sources, tables and columns of properties; the keys of a project file. */
final class YamlSymbols {
    /** How deep keys of keys are shown. */
    private static final int DEPTH = 6;

    private static final Map<String, Symbol.Kind> LISTS =
            Map.of(
                    "columns", Symbol.Kind.COLUMN,
                    "tables", Symbol.Kind.TABLE,
                    "sources", Symbol.Kind.SOURCE);

    private final String text;

    private YamlSymbols(String text) {
        this.text = text;
    }

    static List<Symbol> of(Source source) {
        boolean project =
                List.of("dbt_project.yml", "dvt_project.yml")
                        .contains(String.valueOf(source.file().getFileName()));
        YamlSymbols symbols = new YamlSymbols(source.text());
        return source.yaml()
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast)
                .map(root -> project ? symbols.keys(root, 0) : symbols.sections(root))
                .orElse(List.of());
    }

    /** The lists of a properties file. */
    private List<Symbol> sections(YamlNode.Mapping root) {
        List<Symbol> sections = new ArrayList<>();
        for (YamlNode.Entry entry : root.entries()) {
            if (entry.value() instanceof YamlNode.Sequence list && isOwn(entry)) {
                String key = entry.key().text();
                sections.add(
                        new Symbol(
                                label(key),
                                "",
                                Symbol.Kind.SECTION,
                                range(entry),
                                entry.key().span(),
                                named(list, LISTS.getOrDefault(key, Symbol.Kind.NODE))));
            }
        }
        return sections;
    }

    /** The entries of a list that have a name, with the lists in them. */
    private List<Symbol> named(YamlNode.Sequence list, Symbol.Kind kind) {
        List<Symbol> found = new ArrayList<>();
        for (YamlNode item : list.items().stream().distinct().toList()) {
            Optional<YamlNode> name =
                    item.at("name").or(() -> item.at("v")).filter(n -> n.string().isPresent());
            if (name.isPresent() && list.span().encloses(item.span())) {
                found.add(
                        new Symbol(
                                label(name.get().string().orElse("")),
                                item.at("data_type")
                                        .flatMap(YamlNode::string)
                                        .map(Symbols::brief)
                                        .orElse(""),
                                kind,
                                trimmed(item.span()),
                                item.span().encloses(name.get().span())
                                        ? name.get().span()
                                        : trimmed(item.span()),
                                inner(item)));
            }
        }
        return found;
    }

    private List<Symbol> inner(YamlNode item) {
        List<Symbol> found = new ArrayList<>();
        for (String key : List.of("tables", "columns", "versions")) {
            if (item.at(key).orElse(item) instanceof YamlNode.Sequence list
                    && item.span().encloses(list.span())) {
                found.addAll(named(list, LISTS.getOrDefault(key, Symbol.Kind.NODE)));
            }
        }
        return found;
    }

    private List<Symbol> keys(YamlNode node, int depth) {
        List<Symbol> found = new ArrayList<>();
        if (node instanceof YamlNode.Mapping mapping && depth < DEPTH) {
            for (YamlNode.Entry entry : mapping.entries()) {
                // What an anchor or a merge key brings in stands elsewhere.
                if (mapping.span().encloses(range(entry))) {
                    found.add(
                            new Symbol(
                                    label(entry.key().text()),
                                    entry.value() instanceof YamlNode.Mapping
                                            ? ""
                                            : Symbols.brief(
                                                    String.join(", ", entry.value().strings())),
                                    Symbol.Kind.KEY,
                                    range(entry),
                                    entry.key().span(),
                                    isOwn(entry) ? keys(entry.value(), depth + 1) : List.of()));
                }
            }
        }
        return found;
    }

    /** False for an alias, whose value stands elsewhere. */
    private static boolean isOwn(YamlNode.Entry entry) {
        return entry.value().span().start() >= entry.key().span().end();
    }

    private Span range(YamlNode.Entry entry) {
        Span key = entry.key().span();
        return trimmed(new Span(key.start(), Math.max(key.end(), entry.value().span().end())));
    }

    /** A block of YAML ends where the next thing begins; this one ends with its text. */
    private Span trimmed(Span span) {
        int end = span.end();
        while (end > span.start() && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Span(span.start(), end);
    }

    private static String label(String text) {
        return text.isBlank() ? "?" : text;
    }
}
