package dev.dvtls.manifest;

import java.util.List;
import java.util.Set;

/**
 * A node as its own file and properties make it, before it is linked to others.
 *
 * @param node without {@code dependsOn}
 * @param reads what its file refers to, once each
 * @param latest false for a version that {@code ref} without a version does not mean
 */
record Definition(Node node, boolean enabled, Set<Reference.Target> reads, boolean latest) {

    /** The keys under which others find it. */
    List<String> keys() {
        String id = Keys.id(node.uniqueId());
        return node.sourceName()
                .map(
                        source ->
                                List.of(
                                        id,
                                        Keys.sourceName(source),
                                        Keys.table(source, node.name()),
                                        Keys.session(source + "__" + node.name())))
                .orElseGet(() -> List.of(id, Keys.ref(node.name())));
    }
}
