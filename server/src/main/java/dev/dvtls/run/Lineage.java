package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** The DAG as a run sees it. Pure. */
record Lineage(Manifest manifest) {

    /** Compiled into what reads it: it has no relation of its own. */
    static boolean isEphemeral(Node node) {
        return node.kind() == Node.Kind.MODEL
                && !node.isPython()
                && node.materialized().equals("ephemeral");
    }

    /** The relations that a node stands for: itself, or what an ephemeral model reads. */
    List<Node> relations(Node node) {
        return isEphemeral(node) ? upstreams(node) : List.of(node);
    }

    /** The relations that a node reads, ephemeral models seen through. */
    List<Node> upstreams(Node node) {
        Map<String, Node> found = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>(Set.of(node.uniqueId()));
        Deque<String> left = new ArrayDeque<>(node.dependsOn());
        while (!left.isEmpty()) {
            String id = left.remove();
            Optional<Node> upstream = manifest.node(id);
            if (upstream.isEmpty() || !seen.add(id)) {
                continue;
            }
            if (isEphemeral(upstream.get())) {
                left.addAll(upstream.get().dependsOn());
            } else {
                found.put(id, upstream.get());
            }
        }
        return List.copyOf(found.values());
    }

    /** Those of some nodes that must be there before one can be read. */
    Set<String> behind(Node node, Set<String> of) {
        return of.contains(node.uniqueId()) ? Set.of(node.uniqueId()) : nearest(node, of);
    }

    /** The nearest of some nodes upstream of one, through all that are none of them. */
    Set<String> nearest(Node node, Set<String> of) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(Set.of(node.uniqueId()));
        Deque<String> left = new ArrayDeque<>(node.dependsOn());
        while (!left.isEmpty()) {
            String id = left.remove();
            if (!seen.add(id)) {
                continue;
            }
            if (of.contains(id)) {
                found.add(id);
            } else {
                manifest.node(id).ifPresent(upstream -> left.addAll(upstream.dependsOn()));
            }
        }
        return found;
    }

    /** Every node after all that it depends on; nodes of a cycle come last. */
    List<Node> inOrder() {
        Map<String, Node> nodes = new HashMap<>();
        manifest.nodes().forEach(node -> nodes.put(node.uniqueId(), node));
        Map<String, Integer> waitsFor = new HashMap<>();
        PriorityQueue<String> ready = new PriorityQueue<>();
        for (Node node : nodes.values()) {
            int count =
                    (int)
                            node.dependsOn().stream()
                                    .filter(id -> nodes.containsKey(id))
                                    .filter(id -> !id.equals(node.uniqueId()))
                                    .count();
            waitsFor.put(node.uniqueId(), count);
            if (count == 0) {
                ready.add(node.uniqueId());
            }
        }
        List<Node> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String id = ready.remove();
            Optional.ofNullable(nodes.get(id)).ifPresent(order::add);
            waitsFor.remove(id);
            for (String reader : manifest.readersOf(id)) {
                Integer left = waitsFor.computeIfPresent(reader, (r, count) -> count - 1);
                if (left != null && left == 0) {
                    ready.add(reader);
                }
            }
        }
        new TreeSet<>(waitsFor.keySet())
                .forEach(id -> Optional.ofNullable(nodes.get(id)).ifPresent(order::add));
        return order;
    }
}
