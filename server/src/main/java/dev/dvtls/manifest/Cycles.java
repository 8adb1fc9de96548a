package dev.dvtls.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds cycles of a graph, strongly connected parts first (Tarjan), each part of the graph once,
 * whatever is asked. Thread-safe.
 */
final class Cycles {
    private final Function<String, Collection<String>> next;

    /** The part that a node is in, for every node seen; parts of one node without a loop: none. */
    private final Map<String, Set<String>> parts = new HashMap<>();

    Cycles(Function<String, Collection<String>> next) {
        this.next = next;
    }

    /** A shortest cycle through a node, in the order of the graph's arrows; empty when none. */
    synchronized List<String> through(String node) {
        if (!parts.containsKey(node)) {
            new Search().from(node);
        }
        Set<String> part = parts.getOrDefault(node, Set.of());
        return part.isEmpty() ? List.of() : shortest(node, part);
    }

    private List<String> shortest(String start, Set<String> part) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            String at = queue.remove();
            for (String to : next.apply(at)) {
                if (to.equals(start)) {
                    return path(start, at, cameFrom);
                }
                if (part.contains(to) && !cameFrom.containsKey(to)) {
                    cameFrom.put(to, at);
                    queue.add(to);
                }
            }
        }
        return List.of();
    }

    private static List<String> path(String start, String end, Map<String, String> cameFrom) {
        Deque<String> path = new ArrayDeque<>();
        for (String at = end; !at.equals(start); at = cameFrom.getOrDefault(at, start)) {
            path.push(at);
        }
        path.push(start);
        return List.copyOf(path);
    }

    /** Tarjan's algorithm without recursion: a chain of models may be long. */
    private final class Search {
        private final Map<String, Integer> order = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final Set<String> isOpen = new HashSet<>();

        private record Frame(String node, Iterator<String> rest) {}

        void from(String start) {
            Deque<Frame> stack = new ArrayDeque<>();
            stack.push(enter(start));
            while (!stack.isEmpty()) {
                Frame frame = stack.element();
                if (frame.rest().hasNext()) {
                    String to = frame.rest().next();
                    boolean known = parts.containsKey(to);
                    if (!known && !order.containsKey(to)) {
                        stack.push(enter(to));
                    } else if (!known && isOpen.contains(to)) {
                        lower(frame.node(), order.getOrDefault(to, 0));
                    }
                } else {
                    stack.pop();
                    leave(frame.node());
                    if (!stack.isEmpty()) {
                        lower(stack.element().node(), low.getOrDefault(frame.node(), 0));
                    }
                }
            }
        }

        private Frame enter(String node) {
            order.put(node, order.size());
            low.put(node, order.size() - 1);
            open.push(node);
            isOpen.add(node);
            return new Frame(node, next.apply(node).iterator());
        }

        private void lower(String node, int to) {
            low.merge(node, to, Math::min);
        }

        private void leave(String node) {
            if (!low.getOrDefault(node, 0).equals(order.getOrDefault(node, 0))) {
                return;
            }
            List<String> part = new ArrayList<>();
            String member;
            do {
                member = open.pop();
                isOpen.remove(member);
                part.add(member);
            } while (!member.equals(node));
            boolean loop = part.size() > 1 || next.apply(node).contains(node);
            Set<String> whole = loop ? Set.copyOf(part) : Set.of();
            part.forEach(each -> parts.put(each, whole));
        }
    }
}
