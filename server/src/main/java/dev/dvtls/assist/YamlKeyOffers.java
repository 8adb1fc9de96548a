package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.Of;
import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.project.YamlKeys.Shape;
import dev.dvtls.project.YamlKeys.Value;
import dev.dvtls.project.YamlKeys.What;
import dev.dvtls.project.YamlKeys.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys of a mapping, as suggestions.
 *
 * @param used those that it has
 * @param dash before the key, where the list's item is not begun yet
 * @param isItem the key begins an item, which may be a word alone
 * @param hasColon a colon follows already
 */
record YamlKeyOffers(
        Replacement range, Set<String> used, String dash, boolean isItem, boolean hasColon) {

    List<Suggestion> of(Section section, Manifest manifest, List<String> keys) {
        List<Suggestion> all = new ArrayList<>();
        boolean tree = section.shape() == Shape.TREE;
        if (tree) {
            folders(manifest, keys).forEach((name, what) -> all.add(folder(name, what)));
        }
        for (YamlKeys.Key key : YamlKeys.of(section.name())) {
            String name = tree ? "+" + key.name() : key.name();
            if (!used.contains(name)) {
                all.add(key(name, key, all.size()));
            }
        }
        return List.copyOf(all);
    }

    private Suggestion key(String name, YamlKeys.Key key, int place) {
        Value value = key.value();
        boolean alone = isItem && value instanceof Section s && s.shape() == Shape.ALONE;
        String sign = alone || hasColon ? "" : value instanceof Section ? ":" : ": ";
        Optional<String> choice =
                sign.equals(": ")
                        ? placeholder(value).map(p -> dash + name + sign + p)
                        : Optional.empty();
        return suggestion(
                name,
                Kind.KEY,
                dash + name + sign,
                choice,
                YamlKeys.words(value),
                key.about(),
                place);
    }

    private Suggestion folder(String name, String what) {
        return suggestion(
                name,
                what.equals("folder") ? Kind.PACKAGE : Kind.MODEL,
                name + (hasColon ? "" : ":"),
                Optional.empty(),
                what,
                "",
                0);
    }

    private Suggestion suggestion(
            String name,
            Kind kind,
            String newText,
            Optional<String> snippet,
            String detail,
            String about,
            int place) {
        return new Suggestion(
                dash + name,
                kind,
                newText,
                snippet,
                range.range().insert(),
                range.range().replace(),
                detail,
                () -> Page.ours(about),
                Optional.empty(),
                String.format(Locale.ROOT, "%03d", place) + name,
                dash + name);
    }

    private static Optional<String> placeholder(Value value) {
        if (value instanceof Words words) {
            return Optional.of("${1|" + String.join(",", words.all()) + "|}");
        }
        return value instanceof Of of && of.what() == What.TAGS
                ? Optional.of("[$1]")
                : Optional.empty();
    }

    /** What stands below a path of {@code models:} and the like, and what it is. */
    private Map<String, String> folders(Manifest manifest, List<String> keys) {
        Map<String, String> found = new TreeMap<>();
        List<String> path = keys.subList(1, keys.size());
        for (Node node : manifest.nodes()) {
            if (keys.get(0).equals(node.kind().word() + "s")) {
                List<String> fqn = manifest.fqn(node);
                if (fqn.size() > path.size() && fqn.subList(0, path.size()).equals(path)) {
                    boolean last = fqn.size() == path.size() + 1;
                    String part = fqn.get(path.size());
                    found.merge(
                            part,
                            last ? node.kind().word() : path.isEmpty() ? "package" : "folder",
                            (a, b) -> a);
                }
            }
        }
        found.keySet().removeAll(used);
        return found;
    }
}
