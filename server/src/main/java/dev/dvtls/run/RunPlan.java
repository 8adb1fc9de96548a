package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run will do, before anything happens: the models and seeds of a selection in the order of
 * the DAG. Ephemeral models are no steps; they are compiled into what reads them.
 *
 * @param target the output that nodes land on which name none
 * @param steps in order
 * @param notRun selected nodes that are not built: snapshots
 * @param rendered nodes of which rendering tells more than their text does
 */
public record RunPlan(String target, List<Step> steps, List<Node> notRun, List<Node> rendered) {

    /**
     * One model or seed.
     *
     * @param output where it lands
     * @param reads each relation that its text is known to read, once per way of naming it
     * @param readsItself it names its own previous result
     * @param waitsFor the earlier steps, by unique id, that must have succeeded
     */
    public record Step(
            Node node,
            String output,
            Way way,
            List<Read> reads,
            boolean readsItself,
            Set<String> waitsFor) {}

    /** Where a step is executed, and why. */
    public sealed interface Way {
        /** A process of its own. */
        record Python() implements Way {}

        /** A seed's file. */
        record Csv() implements Way {}

        /** SQL in the database that it lands in: all that it reads lives there. */
        record Inside() implements Way {}

        /**
         * SQL in DuckDB over the cache.
         *
         * @param because it lives elsewhere
         */
        record OverCache(Origin because) implements Way {}

        /** Whether a worker executes it. */
        default boolean inWorker() {
            return this instanceof Python || this instanceof OverCache;
        }
    }

    /**
     * Something that a node reads.
     *
     * @param origins the relations behind it: one, or those that an ephemeral model reads
     */
    public record Read(Reference.Target target, Node node, List<Origin> origins) {}

    /**
     * A relation that is read.
     *
     * @param output where it lives
     * @param made how an earlier step of the plan makes it; empty: it is there already
     */
    public record Origin(Node node, String output, Optional<Way> made) {}

    /**
     * Pure. Sources in the selection are only read, so they are neither steps nor left out.
     *
     * @param target the output that nodes land on which name none
     */
    public static RunPlan of(Manifest manifest, Collection<Node> selected, String target) {
        Lineage lineage = new Lineage(manifest);
        Set<String> wanted =
                selected.stream()
                        .filter(RunPlan::isStep)
                        .map(Node::uniqueId)
                        .collect(Collectors.toCollection(HashSet::new));
        List<Step> steps = new ArrayList<>();
        for (Node node : lineage.inOrder()) {
            if (wanted.contains(node.uniqueId())) {
                steps.add(step(lineage, node, target, steps));
            }
        }
        List<Node> notRun =
                selected.stream()
                        .filter(node -> node.kind() == Node.Kind.SNAPSHOT)
                        .sorted(Comparator.comparing(Node::uniqueId))
                        .toList();
        List<Node> rendered =
                steps.stream()
                        .map(Step::node)
                        .filter(node -> Revealing.tellsMore(manifest, node))
                        .toList();
        return new RunPlan(target, List.copyOf(steps), notRun, rendered);
    }

    private static boolean isStep(Node node) {
        return switch (node.kind()) {
            case MODEL -> !Lineage.isEphemeral(node);
            case SEED -> true;
            case SNAPSHOT, SOURCE -> false;
        };
    }

    private static Step step(Lineage lineage, Node node, String target, List<Step> before) {
        String output = output(node, target);
        List<Read> reads = reads(lineage, node, target, before);
        return new Step(
                node,
                output,
                way(node, output, reads),
                reads,
                node.isPython() && readsItself(lineage.manifest(), node),
                lineage.nearest(
                        node,
                        before.stream()
                                .map(step -> step.node().uniqueId())
                                .collect(Collectors.toSet())));
    }

    private static Way way(Node node, String output, List<Read> reads) {
        if (node.kind() == Node.Kind.SEED) {
            return new Way.Csv();
        }
        if (node.isPython()) {
            return new Way.Python();
        }
        return reads.stream()
                .flatMap(read -> read.origins().stream())
                .filter(origin -> !origin.output().equals(output))
                .findFirst()
                .<Way>map(Way.OverCache::new)
                .orElseGet(Way.Inside::new);
    }

    private static List<Read> reads(Lineage lineage, Node node, String target, List<Step> before) {
        Manifest manifest = lineage.manifest();
        List<Read> reads = new ArrayList<>();
        Set<Reference.Target> seen = new HashSet<>();
        List<Reference> references =
                manifest.file(node.file()).map(ModelFile::references).orElse(List.of());
        for (Reference reference : references) {
            if (seen.add(reference.target())
                    && manifest.resolve(reference.target()) instanceof Manifest.Found found
                    && !found.node().uniqueId().equals(node.uniqueId())) {
                reads.add(
                        new Read(
                                reference.target(),
                                found.node(),
                                lineage.relations(found.node()).stream()
                                        .map(behind -> origin(behind, target, before))
                                        .toList()));
            }
        }
        return List.copyOf(reads);
    }

    private static Origin origin(Node node, String target, List<Step> before) {
        return new Origin(
                node,
                output(node, target),
                before.stream()
                        .filter(step -> step.node().uniqueId().equals(node.uniqueId()))
                        .map(Step::way)
                        .findFirst());
    }

    /** Its own table in the session is no reference, so the text is asked. */
    private static boolean readsItself(Manifest manifest, Node model) {
        return manifest.file(model.file())
                .filter(
                        file ->
                                Pattern.compile(Pattern.quote(Relations.view(model)) + "\\b")
                                        .matcher(file.text())
                                        .find())
                .isPresent();
    }

    /** The output where a node lives or lands. */
    static String output(Node node, String target) {
        return node.relation().connection().orElse(target);
    }

    /** For a reader: what is read from where, executed where and why, loaded where. */
    public String print() {
        return PlanText.of(this);
    }

    /** Says plainly what is left out. */
    String notRunSentence() {
        return "Not run, because snapshots are not built here: "
                + notRun.stream().map(Node::name).collect(Collectors.joining(", "))
                + ". Models that read them take their tables as they are.";
    }

    /** Says of which nodes the run knows more than the plan does. */
    String renderedSentence() {
        return "Only rendering, at the start of the run, tells what else these read or how they are"
                + " configured: "
                + rendered.stream().map(Node::name).collect(Collectors.joining(", "))
                + ".";
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
