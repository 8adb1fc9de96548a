package dev.dvtls.project;

import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.project.YamlKeys.Shape;
import dev.dvtls.project.YamlNode.Entry;
import dev.dvtls.project.YamlNode.Mapping;
import dev.dvtls.project.YamlNode.Scalar;
import dev.dvtls.project.YamlNode.Sequence;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds keys that are not known where they stand, and those that stand twice. */
public final class OddKeys {
    /** What the entries of lists of columns are. */
    private static final Set<String> COLUMNS = Set.of("column", "version_column");

    private final String text;
    private final List<OddKey> found = new ArrayList<>();

    private OddKeys(String text) {
        this.text = text;
    }

    /**
     * @param root {@link YamlKeys#PROPERTIES} or {@link YamlKeys#PROJECT}
     * @param text that the node was read from
     */
    public static List<OddKey> in(String root, YamlNode node, String text) {
        OddKeys keys = new OddKeys(text);
        keys.read(node, YamlKeys.under(root, List.of()));
        return List.copyOf(keys.found);
    }

    private void read(YamlNode node, YamlKeys.Value value) {
        if (!(value instanceof Section section)) {
            return;
        } else if (node instanceof Sequence list) {
            if (COLUMNS.contains(section.name())) {
                columns(list);
            }
            list.items().stream().filter(i -> isInside(list, i)).forEach(i -> read(i, value));
        } else if (node instanceof Mapping mapping) {
            Map<String, Span> seen = new HashMap<>();
            for (Entry entry : mapping.entries()) {
                if (!isInside(mapping, entry.key())) {
                    continue; // an anchor's, merged in here
                }
                String key = entry.key().text();
                Span span = entry.key().content(text);
                Optional.ofNullable(seen.put(key, span))
                        .ifPresent(first -> found.add(new OddKey.Twice(false, key, first, span)));
                if (!isKnown(section, entry)) {
                    found.add(new OddKey.Unknown(section, key, span, keys(mapping)));
                }
                if (isInside(mapping, entry.value())) {
                    read(entry.value(), YamlKeys.under(value, key));
                }
            }
        }
    }

    /** A name in other letters may be another column: databases differ in that. */
    private void columns(Sequence list) {
        Map<String, Span> seen = new HashMap<>();
        for (YamlNode item : list.items()) {
            if (isInside(list, item)
                    && item.at("name").orElse(list) instanceof Scalar name
                    && name.isPresent()
                    && !YamlNode.isTemplate(name.text())) {
                Span span = name.content(text);
                Optional.ofNullable(seen.put(name.text(), span))
                        .ifPresent(
                                first ->
                                        found.add(
                                                new OddKey.Twice(true, name.text(), first, span)));
            }
        }
    }

    private static boolean isInside(YamlNode outer, YamlNode inner) {
        return outer.span().encloses(inner.span());
    }

    private static boolean isKnown(Section section, Entry entry) {
        String written = entry.key().text();
        boolean tree = section.shape() == Shape.TREE;
        boolean folder = tree && !written.startsWith("+") && entry.value() instanceof Mapping;
        boolean forAnchors = written.startsWith("x-"); // what people keep them under
        return folder
                || forAnchors
                || YamlKeys.isOpen(section)
                || YamlKeys.find(section, written).isPresent();
    }

    private static List<String> keys(Mapping mapping) {
        return mapping.entries().stream().map(e -> e.key().text()).toList();
    }
}
