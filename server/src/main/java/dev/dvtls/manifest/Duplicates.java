package dev.dvtls.manifest;

import java.util.List;
import java.util.TreeMap;

/** Nodes of the project itself that share a name; models, seeds and snapshots share one space. */
final class Duplicates {
    private Duplicates() {}

    /** The groups of two or more under a key of {@link Definition#keys}. */
    static List<List<Definition>> under(String key, Indexes indexes, Packages packages) {
        TreeMap<String, List<Definition>> byVersion = new TreeMap<>();
        String root = packages.root().project().name();
        for (Definition definition : indexes.defined(key)) {
            Node node = definition.node();
            if (definition.enabled() && node.packageName().equals(root)) {
                byVersion
                        .computeIfAbsent(
                                node.version().orElse(""), v -> new java.util.ArrayList<>())
                        .add(definition);
            }
        }
        return byVersion.values().stream().filter(group -> group.size() > 1).toList();
    }
}
