package dev.dvtls.assist;

import dev.dvtls.project.YamlNode;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A scalar of a YAML text and what stands around it.
 *
 * @param keys from the outermost to that of the scalar itself; of a key, the keys around it
 * @param around mappings that it is in, outermost first
 * @param isKey whether it is a key
 */
record YamlPlace(
        List<String> keys, List<YamlNode.Mapping> around, YamlNode.Scalar scalar, boolean isKey) {

    static Optional<YamlPlace> at(YamlNode root, int offset) {
        return at(root, offset, List.of(), List.of());
    }

    private static Optional<YamlPlace> at(
            YamlNode node, int offset, List<String> keys, List<YamlNode.Mapping> around) {
        if (node instanceof YamlNode.Mapping mapping) {
            List<YamlNode.Mapping> inside = with(around, mapping);
            for (YamlNode.Entry entry : mapping.entries()) {
                if (entry.key().span().touches(offset)) {
                    return Optional.of(new YamlPlace(keys, inside, entry.key(), true));
                } else if (entry.value().span().touches(offset)) {
                    return at(entry.value(), offset, with(keys, entry.key().text()), inside);
                }
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                Optional<YamlPlace> found =
                        item.span().touches(offset)
                                ? at(item, offset, keys, around)
                                : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        } else if (node instanceof YamlNode.Scalar scalar && node.span().touches(offset)) {
            return Optional.of(new YamlPlace(keys, around, scalar, false));
        }
        return Optional.empty();
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return List.copyOf(all);
    }

    /** The names of the mappings around, outermost first: of a source, of its table, ... */
    List<String> names() {
        return around.stream()
                .flatMap(m -> m.get("name").flatMap(YamlNode::string).stream())
                .toList();
    }

    /**
     * Where the entry that has its name at an offset gives a config key: under {@code config:}, or
     * beside it.
     */
    static Optional<Span> configKey(YamlNode root, int name, String key) {
        Optional<YamlNode.Mapping> entry =
                at(root, name).map(p -> p.around().get(p.around().size() - 1));
        return entry.flatMap(
                e -> e.get("config").flatMap(config -> key(config, key)).or(() -> key(e, key)));
    }

    private static Optional<Span> key(YamlNode node, String key) {
        return node instanceof YamlNode.Mapping mapping
                ? mapping.entries().stream()
                        .map(YamlNode.Entry::key)
                        .filter(k -> k.text().equals(key))
                        .map(YamlNode.Scalar::span)
                        .findFirst()
                : Optional.empty();
    }
}
