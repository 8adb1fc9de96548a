package dev.dvtls.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbt's selection grammar: {@code name}, {@code tag:x}, {@code path:models/x}, {@code +name},
 * {@code name+}, {@code 2+name}, {@code @name}, wildcards; spaces unite, commas intersect.
 */
public final class Selector {
    /** A selection that cannot be made; the message names the nearest names. */
    public static final class UnknownSelection extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        UnknownSelection(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    private static final Pattern CRITERION =
            Pattern.compile(
                    "(?<childrensParents>@)?"
                            + "(?<parents>(?<parentsDepth>\\d*)\\+)?"
                            + "(?:(?<method>[a-zA-Z_][\\w.]*):)?"
                            + "(?<value>.*?)"
                            + "(?<children>\\+(?<childrenDepth>\\d*))?");

    private final Manifest manifest;
    private final SelectionMethods methods;

    private Selector(Manifest manifest) {
        this.manifest = manifest;
        this.methods = new SelectionMethods(manifest);
    }

    /**
     * @param select each may hold several selections, with spaces between them; none: every node
     * @param exclude likewise
     * @return unique ids, sorted
     */
    public static Set<String> select(Manifest manifest, List<String> select, List<String> exclude)
            throws UnknownSelection {
        if (!select.isEmpty() && select.stream().allMatch(String::isBlank)) {
            throw new UnknownSelection(
                    "The selection is empty. Name a node (dvt-ls list shows them), or leave"
                            + " --select out to take all.");
        }
        Selector selector = new Selector(manifest);
        Set<String> selected = new TreeSet<>();
        if (select.isEmpty()) {
            manifest.nodes().forEach(node -> selected.add(node.uniqueId()));
        } else {
            selected.addAll(selector.union(select));
        }
        selected.removeAll(selector.union(exclude));
        return selected;
    }

    private Set<String> union(List<String> selections) throws UnknownSelection {
        Set<String> all = new TreeSet<>();
        for (String selection : selections) {
            for (String part : selection.strip().split("\\s+")) {
                if (!part.isEmpty()) {
                    all.addAll(intersection(part));
                }
            }
        }
        return all;
    }

    private Set<String> intersection(String text) throws UnknownSelection {
        List<Set<String>> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isEmpty()) {
                throw new UnknownSelection(
                        "The selection '"
                                + text
                                + "' has nothing on one side of a comma. Write a,b without"
                                + " spaces.");
            }
            parts.add(criterion(part));
        }
        Set<String> common = new TreeSet<>(parts.get(0));
        parts.forEach(common::retainAll);
        return common;
    }

    private Set<String> criterion(String text) throws UnknownSelection {
        Matcher matcher = CRITERION.matcher(text);
        if (!matcher.matches() || matcher.group("value").isEmpty()) {
            throw new UnknownSelection("The selection '" + text + "' names nothing.");
        }
        boolean childrensParents = matcher.group("childrensParents") != null;
        boolean parents = matcher.group("parents") != null;
        boolean children = matcher.group("children") != null;
        if (childrensParents && (parents || children)) {
            throw new UnknownSelection(
                    "The selection '" + text + "' has both @ and +. @ already means both ways.");
        }
        Set<String> named =
                methods.select(
                        Optional.ofNullable(matcher.group("method")), matcher.group("value"));
        Set<String> selected = new TreeSet<>(named);
        if (childrensParents) {
            Set<String> below = reach(named, manifest::readersOf, Integer.MAX_VALUE);
            selected.addAll(below);
            selected.addAll(reach(below, this::upstream, Integer.MAX_VALUE));
        }
        if (parents) {
            selected.addAll(reach(named, this::upstream, depth(matcher.group("parentsDepth"))));
        }
        if (children) {
            selected.addAll(
                    reach(named, manifest::readersOf, depth(matcher.group("childrenDepth"))));
        }
        return selected;
    }

    private static int depth(String digits) {
        try {
            return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
        } catch (NumberFormatException tooLarge) {
            return Integer.MAX_VALUE;
        }
    }

    private Set<String> upstream(String id) {
        return manifest.node(id).map(Node::dependsOn).orElse(Set.of());
    }

    /** What can be reached within so many steps, the starts included. */
    private static Set<String> reach(
            Set<String> starts, Function<String, Set<String>> next, int depth) {
        Set<String> seen = new TreeSet<>(starts);
        Deque<String> level = new ArrayDeque<>(starts);
        for (int step = 0; step < depth && !level.isEmpty(); step++) {
            Deque<String> further = new ArrayDeque<>();
            for (String id : level) {
                for (String to : next.apply(id)) {
                    if (seen.add(to)) {
                        further.add(to);
                    }
                }
            }
            level = further;
        }
        return seen;
    }
}
