package dev.dvtls.assist.outline;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outline of a file. */
public final class Symbols {
    private Symbols() {}

    /** Of models and YAML; other files of a project belong to other tools. */
    public static List<Symbol> of(Source source) {
        return switch (source.language()) {
            case PYTHON -> source.model().map(m -> PythonSymbols.of(source, m)).orElse(List.of());
            case SQL -> SqlSymbols.of(source);
            case YAML -> YamlSymbols.of(source);
            case OTHER -> List.of();
        };
    }

    /** What a model says of itself: each thing it reads, once, and its config keys, by place. */
    static List<Symbol> declared(ModelFile model) {
        Map<Reference.Target, Symbol> reads = new LinkedHashMap<>();
        for (Reference reference : model.references()) {
            if (reference.span().length() > 0) {
                reads.putIfAbsent(reference.target(), read(reference));
            }
        }
        List<Symbol> all = new ArrayList<>(reads.values());
        for (ConfigEntry entry : model.config()) {
            if (entry.keySpan().length() > 0) {
                all.add(config(entry));
            }
        }
        all.sort(Comparator.comparingInt(s -> s.range().start()));
        return all;
    }

    private static Symbol read(Reference reference) {
        Span name = inside(reference.names().get(reference.names().size() - 1), reference.span());
        Reference.Target target = reference.target();
        if (target instanceof SourceTarget source) {
            String label = source.source() + (source.table().isEmpty() ? "" : "." + source.table());
            return Symbol.leaf(label, "source", Symbol.Kind.SOURCE, reference.span(), name);
        } else if (target instanceof SessionTable table) {
            return Symbol.leaf(
                    table.name(), "table in SQL", Symbol.Kind.SOURCE, reference.span(), name);
        }
        ModelTarget model = (ModelTarget) target;
        String label =
                model.packageName().map(p -> p + ".").orElse("")
                        + model.name()
                        + model.version().map(v -> ".v" + v).orElse("");
        return Symbol.leaf(
                label.isEmpty() ? "?" : label, "ref", Symbol.Kind.REF, reference.span(), name);
    }

    private static Symbol config(ConfigEntry entry) {
        Span key = entry.keySpan();
        // A value that is bound elsewhere stands elsewhere.
        boolean beside = entry.valueSpan().start() >= key.end();
        Span range = beside ? new Span(key.start(), entry.valueSpan().end()) : key;
        return Symbol.leaf(
                entry.key().isEmpty() ? "?" : entry.key(),
                entry.value().map(Symbols::brief).orElse(""),
                Symbol.Kind.CONFIG,
                range,
                key);
    }

    static String brief(Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    private static Span inside(Span name, Span range) {
        return range.encloses(name) ? name : range;
    }

    /** Puts symbols into the innermost of those that enclose them; what is left stands outside. */
    static List<Symbol> nested(List<Symbol> outer, List<Symbol> inner) {
        List<Symbol> all = new ArrayList<>();
        List<Symbol> left = new ArrayList<>(inner);
        for (Symbol symbol : outer) {
            List<Symbol> within =
                    inner.stream().filter(i -> symbol.range().encloses(i.range())).toList();
            left.removeAll(within);
            all.add(
                    new Symbol(
                            symbol.label(),
                            symbol.detail(),
                            symbol.kind(),
                            symbol.range(),
                            symbol.name(),
                            nested(symbol.children(), within)));
        }
        all.addAll(left);
        all.sort(Comparator.comparingInt(s -> s.range().start()));
        return List.copyOf(all);
    }
}
