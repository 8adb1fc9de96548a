package dev.dvtls.assist;

import dev.dvtls.manifest.Exposure;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The DAG, or what is around one of its nodes, exposures included.
 *
 * @param items by unique id, exposures last
 */
public record LineageGraph(List<Item> items, List<Edge> edges) {

    /**
     * A node or an exposure.
     *
     * @param name as people write it: {@code ops.orders} of a source
     * @param kind dbt's word: {@code model}
     * @param language {@code python} or {@code sql}, of a model
     * @param place where it stands in its file; of a model's file 0
     * @param materialization of a model
     */
    public record Item(
            String id,
            String name,
            String kind,
            Optional<String> language,
            Path file,
            int place,
            Optional<String> materialization,
            List<String> tags) {

        private static Item of(Node node) {
            boolean model = node.kind() == Node.Kind.MODEL;
            return new Item(
                    node.uniqueId(),
                    NodePage.title(node),
                    node.kind().word(),
                    model ? Optional.of(node.isPython() ? "python" : "sql") : Optional.empty(),
                    node.file(),
                    node.place(),
                    model ? Optional.of(node.materialized()) : Optional.empty(),
                    node.tags());
        }

        private static Item of(Exposure exposure) {
            return new Item(
                    exposure.uniqueId(),
                    exposure.title(),
                    "exposure",
                    Optional.empty(),
                    exposure.file(),
                    exposure.declared().name().span().start(),
                    Optional.empty(),
                    exposure.tags());
        }
    }

    /** Indexes into the items: who is read, who reads. */
    public record Edge(int from, int to) {}

    /** The whole project, its packages included. */
    public static LineageGraph of(Manifest manifest) {
        return new Around(manifest).of(id -> true);
    }

    /**
     * A node or exposure, and its neighbours.
     *
     * @param up steps upstream
     * @return empty when there is no such node
     */
    public static LineageGraph around(Manifest manifest, String id, int up, int down) {
        Around around = new Around(manifest);
        Set<String> ids = new LinkedHashSet<>();
        if (manifest.node(id).isPresent() || around.exposures.containsKey(id)) {
            ids.addAll(reached(id, up, around::reads));
            ids.addAll(reached(id, down, around::readers));
        }
        return around.of(ids::contains);
    }

    private static Set<String> reached(
            String id, int steps, Function<String, Collection<String>> next) {
        Set<String> reached = new HashSet<>(Set.of(id));
        Set<String> last = reached;
        for (int step = 0; step < steps && !last.isEmpty(); step++) {
            Set<String> more = new HashSet<>();
            last.forEach(one -> more.addAll(next.apply(one)));
            more.removeAll(reached);
            reached.addAll(more);
            last = more;
        }
        return reached;
    }

    /** A manifest with its exposures by unique id: two of one name are one. */
    private record Around(Manifest manifest, Map<String, Exposure> exposures) {
        Around(Manifest manifest) {
            this(manifest, new java.util.LinkedHashMap<>());
            manifest.exposures().forEach(e -> exposures.putIfAbsent(e.uniqueId(), e));
        }

        Collection<String> reads(String id) {
            return manifest.node(id)
                    .map(Node::dependsOn)
                    .or(() -> Optional.ofNullable(exposures.get(id)).map(Exposure::dependsOn))
                    .orElse(Set.of());
        }

        Collection<String> readers(String id) {
            List<String> readers = new ArrayList<>(manifest.readersOf(id));
            exposures.values().stream()
                    .filter(e -> e.dependsOn().contains(id))
                    .forEach(e -> readers.add(e.uniqueId()));
            return readers;
        }

        LineageGraph of(java.util.function.Predicate<String> wanted) {
            List<Item> items = new ArrayList<>();
            manifest.nodes().stream()
                    .filter(node -> wanted.test(node.uniqueId()))
                    .forEach(node -> items.add(Item.of(node)));
            exposures.values().stream()
                    .filter(exposure -> wanted.test(exposure.uniqueId()))
                    .forEach(exposure -> items.add(Item.of(exposure)));
            Map<String, Integer> indexes = new HashMap<>();
            items.forEach(item -> indexes.put(item.id(), indexes.size()));
            List<Edge> edges = new ArrayList<>();
            for (int to = 0; to < items.size(); to++) {
                for (String read : reads(items.get(to).id())) {
                    Optional<Integer> from = Optional.ofNullable(indexes.get(read));
                    if (from.isPresent()) {
                        edges.add(new Edge(from.get(), to));
                    }
                }
            }
            return new LineageGraph(List.copyOf(items), List.copyOf(edges));
        }
    }
}
