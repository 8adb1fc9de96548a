package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The project's names, as suggestions. */
final class Names {
    private final Manifest manifest;
    private final Path file;

    Names(Manifest manifest, Path file) {
        this.manifest = manifest;
        this.file = file;
    }

    /**
     * Models, seeds and snapshots; the model itself is left out.
     *
     * @param inPackage of one package only
     * @param withPackages also the packages, for {@code ref("package", "model")}
     */
    List<Suggestion> models(Replacement range, Optional<String> inPackage, boolean withPackages) {
        String own = manifest.project().name();
        Map<String, Node> byName = new LinkedHashMap<>();
        manifest.nodes().stream()
                .filter(node -> node.kind() != Node.Kind.SOURCE && !node.file().equals(file))
                .filter(node -> inPackage.isEmpty() || inPackage.get().equals(node.packageName()))
                // The project's own node stands for the name; packages come after.
                .sorted(Comparator.comparing((Node node) -> !node.packageName().equals(own)))
                .forEach(node -> byName.putIfAbsent(node.name(), node));
        List<Suggestion> all = new ArrayList<>();
        for (Node node : byName.values()) {
            all.add(
                    range.suggestNode(
                            node.name(),
                            kind(node),
                            manifest,
                            node,
                            node.packageName().equals(own) ? "1" : "2"));
        }
        if (withPackages && packageNames().size() > 1) {
            all.addAll(packages(range));
        }
        return List.copyOf(all);
    }

    List<Suggestion> packages(Replacement range) {
        return packageNames().stream()
                .map(name -> range.suggest(name, Kind.PACKAGE, "package", "", "3"))
                .toList();
    }

    List<Suggestion> sources(Replacement range) {
        Map<String, List<String>> tables = new TreeMap<>();
        sourceNodes()
                .forEach(
                        node ->
                                tables.computeIfAbsent(
                                                node.sourceName().orElse(""),
                                                name -> new ArrayList<>())
                                        .add(node.name()));
        List<Suggestion> all = new ArrayList<>();
        tables.forEach(
                (name, of) ->
                        all.add(
                                range.suggest(
                                        name,
                                        Kind.SOURCE,
                                        "source · "
                                                + of.size()
                                                + (of.size() == 1 ? " table" : " tables"),
                                        "Tables: "
                                                + String.join(", ", of.stream().sorted().toList()),
                                        "1")));
        return List.copyOf(all);
    }

    List<Suggestion> tables(Replacement range, String source) {
        return sourceNodes().stream()
                .filter(node -> source.isEmpty() || node.sourceName().equals(Optional.of(source)))
                .map(node -> range.suggestNode(node.name(), Kind.TABLE, manifest, node, "1"))
                .toList();
    }

    /** As they are called in a session's SQL. */
    List<Suggestion> sessionTables(Replacement range) {
        List<Suggestion> all = new ArrayList<>();
        for (Node node : manifest.nodes()) {
            String name =
                    node.kind() == Node.Kind.SOURCE
                            ? node.sourceName().orElse("") + "__" + node.name()
                            : "__model__" + node.name();
            all.add(
                    range.suggestNode(
                            name,
                            kind(node),
                            manifest,
                            node,
                            node.kind() == Node.Kind.SOURCE ? "2" : "1"));
        }
        return List.copyOf(all);
    }

    Set<String> tags() {
        Set<String> tags = new TreeSet<>();
        // Not this file's own: the tag that is being typed is no suggestion.
        manifest.nodes().stream()
                .filter(node -> !node.file().equals(file))
                .forEach(node -> tags.addAll(node.tags()));
        return tags;
    }

    private Set<String> packageNames() {
        Set<String> names = new TreeSet<>();
        manifest.nodes().stream()
                .filter(node -> node.kind() != Node.Kind.SOURCE)
                .forEach(node -> names.add(node.packageName()));
        return names;
    }

    private List<Node> sourceNodes() {
        return manifest.nodes().stream().filter(n -> n.kind() == Node.Kind.SOURCE).toList();
    }

    private static Kind kind(Node node) {
        return switch (node.kind()) {
            case MODEL -> Kind.MODEL;
            case SEED -> Kind.SEED;
            case SNAPSHOT -> Kind.SNAPSHOT;
            case SOURCE -> Kind.TABLE;
        };
    }
}
