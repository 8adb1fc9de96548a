package dev.dvtls.project;

import dev.dvtls.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value with its place in the text. */
public sealed interface YamlNode {
    /** From its first to past its last character, quotes included. */
    Span span();

    /**
     * A mapping, merge keys ({@code <<}) resolved.
     *
     * @param entries in source order
     */
    record Mapping(Span span, List<Entry> entries) implements YamlNode {
        public Optional<YamlNode> get(String key) {
            Optional<YamlNode> found = Optional.empty();
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    found = Optional.of(entry.value()); // the last one counts, as in PyYAML
                }
            }
            return found;
        }
    }

    record Sequence(Span span, List<YamlNode> items) implements YamlNode {}

    /**
     * @param text as a string
     * @param value String, Boolean, Long, Double or {@link YamlNull}
     */
    record Scalar(Span span, String text, Object value) implements YamlNode {
        /** False for nothing, {@code null} and {@code ~}. */
        public boolean isPresent() {
            return value != YamlNull.NULL;
        }

        /**
         * The place of its characters, without quotes.
         *
         * @param source the whole file
         */
        public Span content(String source) {
            int start = span.start();
            int end = span.end();
            boolean quoted =
                    end - start >= 2
                            && (source.charAt(start) == '"' || source.charAt(start) == '\'')
                            && source.charAt(end - 1) == source.charAt(start);
            return quoted ? new Span(start + 1, end - 1) : span;
        }
    }

    record Entry(Scalar key, YamlNode value) {}

    /** As Java's own: Map, List, String, Boolean, Long, Double, {@link YamlNull}; immutable. */
    default Object plain() {
        if (this instanceof Mapping mapping) {
            return mapping.plainMap();
        } else if (this instanceof Sequence sequence) {
            return sequence.items().stream().map(YamlNode::plain).toList();
        }
        return ((Scalar) this).value();
    }

    /** The plain values of a mapping, empty for anything else. */
    default Map<String, Object> plainMap() {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (this instanceof Mapping mapping) {
            mapping.entries().forEach(e -> plain.put(e.key().text(), e.value().plain()));
        }
        return java.util.Collections.unmodifiableMap(plain);
    }

    /** A scalar's text, empty for nothing or another shape. */
    default Optional<String> string() {
        return this instanceof Scalar scalar && scalar.isPresent()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** A list's scalars, or one scalar alone. */
    default List<String> strings() {
        return this instanceof Sequence sequence
                ? sequence.items().stream().flatMap(i -> i.string().stream()).toList()
                : string().stream().toList();
    }

    /** The value under a key of a mapping. */
    default Optional<YamlNode> at(String key) {
        return this instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
    }

    /** True when the text is a template, so that its value is not known before a run. */
    static boolean isTemplate(Object value) {
        return value instanceof String text && (text.contains("{{") || text.contains("{%"));
    }
}
