package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.project.YamlKeys.Shape;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlNode.Entry;
import dev.dvtls.project.YamlNode.Mapping;
import dev.dvtls.project.YamlNode.Scalar;
import dev.dvtls.project.YamlNode.Sequence;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of properties files and of the project file that are nearly known ones, and those that stand
 * twice: what is written for them is lost. Other keys are left alone.
 */
public final class YamlKeyProblems {
    /** What the entries of lists of columns are. */
    private static final Set<String> COLUMNS = Set.of("column", "version_column");

    private final Path file;
    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    private YamlKeyProblems(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * @param root {@link YamlKeys#PROPERTIES} or {@link YamlKeys#PROJECT}
     */
    public static List<Problem> check(String root, Path file, String text) {
        YamlKeyProblems all = new YamlKeyProblems(file, text);
        YamlText.read(file, text)
                .root()
                .ifPresent(node -> all.read(node, YamlKeys.under(root, List.of())));
        return List.copyOf(all.problems);
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
                Optional<Span> before = Optional.ofNullable(seen.put(key, span));
                before.ifPresent(first -> problems.add(twice(key, first, span)));
                nearest(section, mapping, entry)
                        .ifPresent(known -> problems.add(misspelt(section, key, span, known)));
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
                    && item.at("name").orElse(item) instanceof Scalar name
                    && item instanceof Mapping
                    && name.isPresent()
                    && !YamlNode.isTemplate(name.text())) {
                Span span = name.content(text);
                Optional.ofNullable(seen.put(name.text(), span))
                        .ifPresent(first -> problems.add(columnTwice(name.text(), first, span)));
            }
        }
    }

    private Problem columnTwice(String name, Span first, Span again) {
        return Finding.of(
                        file,
                        Code.DUPLICATE_PROPERTIES,
                        first,
                        "The column '"
                                + name
                                + "' stands twice in this entry: what is said of it here is lost,"
                                + " but for its tests.")
                .as(Severity.WARNING)
                .help("Put everything under one of them, and remove the other.")
                .related(file, again, "'" + name + "' again, which counts")
                .problem();
    }

    private static boolean isInside(YamlNode outer, YamlNode inner) {
        return outer.span().encloses(inner.span());
    }

    private static Optional<String> nearest(Section section, Mapping mapping, Entry entry) {
        String written = entry.key().text();
        boolean tree = section.shape() == Shape.TREE;
        boolean folder = tree && !written.startsWith("+") && entry.value() instanceof Mapping;
        if (folder || YamlKeys.isOpen(section) || YamlKeys.find(section, written).isPresent()) {
            return Optional.empty();
        }
        String key = tree && written.startsWith("+") ? written.substring(1) : written;
        if (section.name().endsWith("config")) {
            return ConfigKeys.nearest(key.replace('-', '_'));
        }
        int most = key.length() < 8 ? 1 : 2;
        return YamlKeys.of(section.name()).stream()
                .map(YamlKeys.Key::name)
                .filter(known -> key.length() >= 4 && mapping.get(known).isEmpty())
                .filter(known -> EditDistance.within(key, known, most))
                .findFirst();
    }

    private Problem misspelt(Section section, String key, Span span, String known) {
        boolean config = section.name().endsWith("config");
        String right = (key.startsWith("+") ? "+" : "") + known;
        return Finding.of(
                        file,
                        Code.UNKNOWN_CONFIG,
                        span,
                        (config ? "The config '" : "The key '")
                                + key
                                + "' is not known and has no effect. Did you mean '"
                                + right
                                + "'?")
                .help("Rename it, or put keys of your own under 'meta'.")
                .fix("Replace with '" + right + "'", span, right)
                .problem();
    }

    private Problem twice(String key, Span first, Span again) {
        return Finding.of(
                        file,
                        Code.DUPLICATE_PROPERTIES,
                        first,
                        "The key '" + key + "' stands here twice: this one has no effect.")
                .as(Severity.WARNING)
                .help("Put everything under one of them, and remove the other.")
                .related(file, again, "'" + key + "' again, which counts")
                .problem();
    }
}
