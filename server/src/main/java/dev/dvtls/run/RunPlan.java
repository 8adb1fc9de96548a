package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run will do, before anything happens: the Python models of a selection in the order of the
 * DAG.
 *
 * @param steps in order
 * @param notRun selected nodes that this version does not build
 */
public record RunPlan(List<Step> steps, List<Node> notRun) {

    /**
     * One model.
     *
     * @param reads each relation that its text is known to read, once per way of naming it
     * @param readsItself it names its own previous result
     */
    public record Step(Node model, List<Read> reads, boolean readsItself) {}

    /**
     * A relation that a model reads.
     *
     * @param fromRun an earlier step of the same plan makes it
     */
    public record Read(Reference.Target target, Node node, boolean fromRun) {}

    /** Pure. Sources in the selection are only read, so they are neither steps nor left out. */
    public static RunPlan of(Manifest manifest, Collection<Node> selected) {
        Set<String> wanted =
                selected.stream()
                        .filter(node -> node.kind() == Node.Kind.MODEL && node.isPython())
                        .map(Node::uniqueId)
                        .collect(Collectors.toCollection(HashSet::new));
        List<Step> steps = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (Node node : inOrder(manifest)) {
            if (wanted.contains(node.uniqueId())) {
                steps.add(step(manifest, node, before));
                before.add(node.uniqueId());
            }
        }
        List<Node> notRun =
                selected.stream()
                        .filter(node -> node.kind() != Node.Kind.SOURCE)
                        .filter(node -> !wanted.contains(node.uniqueId()))
                        .sorted(java.util.Comparator.comparing(Node::uniqueId))
                        .toList();
        return new RunPlan(List.copyOf(steps), notRun);
    }

    private static Step step(Manifest manifest, Node model, Set<String> before) {
        List<Read> reads = new ArrayList<>();
        Optional<ModelFile> file = manifest.file(model.file());
        // Its own table in the session is no reference, so the text is asked.
        boolean itself =
                file.isPresent()
                        && Pattern.compile(Pattern.quote(Relations.view(model)) + "\\b")
                                .matcher(file.get().text())
                                .find();
        Set<Reference.Target> seen = new HashSet<>();
        List<Reference> references = file.map(ModelFile::references).orElse(List.of());
        for (Reference reference : references) {
            if (!seen.add(reference.target())
                    || !(manifest.resolve(reference.target()) instanceof Manifest.Found found)) {
                continue;
            }
            if (!found.node().uniqueId().equals(model.uniqueId())) {
                reads.add(
                        new Read(
                                reference.target(),
                                found.node(),
                                before.contains(found.node().uniqueId())));
            }
        }
        return new Step(model, List.copyOf(reads), itself);
    }

    /** Every node after all that it depends on; nodes of a cycle come last. */
    private static List<Node> inOrder(Manifest manifest) {
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

    /** For a reader: one line a step, then what is left out and why. */
    public String print() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            text.append(i + 1)
                    .append(". ")
                    .append(step.model().name())
                    .append(" (")
                    .append(step.model().materialized())
                    .append(")\n");
            for (Read read : step.reads()) {
                text.append("   reads ").append(name(read.node())).append(", ");
                text.append(
                        read.fromRun()
                                ? "from this run"
                                : read.node()
                                        .relation()
                                        .connection()
                                        .map(c -> "extracted from '" + c + "'")
                                        .orElse("extracted from the target"));
                text.append('\n');
            }
            if (step.readsItself()) {
                text.append("   reads its own previous result\n");
            }
        }
        if (!notRun.isEmpty()) {
            text.append(notRunSentence()).append('\n');
        }
        return text.toString();
    }

    /** Says plainly what is left out. */
    String notRunSentence() {
        int most = 8;
        String names =
                notRun.stream()
                        .limit(most)
                        .map(node -> node.name() + " (" + what(node) + ")")
                        .collect(Collectors.joining(", "));
        int more = notRun.size() - most;
        return "Not run, because this version runs Python models only: "
                + names
                + (more > 0 ? " and " + more + " more" : "")
                + ". Models that read them take their tables as they are on the target.";
    }

    static String what(Node node) {
        return switch (node.kind()) {
            case MODEL -> node.isPython() ? "Python model" : "SQL model";
            case SEED -> "seed";
            case SNAPSHOT -> "snapshot";
            case SOURCE -> "source";
        };
    }

    static String name(Node node) {
        return node.sourceName().map(source -> source + "." + node.name()).orElse(node.name());
    }
}
