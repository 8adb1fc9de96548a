package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line above a model that does something with it, or tells of it.
 *
 * @param span where it stands: the name of {@code def model}, or the start of a SQL file
 * @param select the selector of the nodes that it is about
 */
public record Lens(Kind kind, Span span, String title, List<String> select) {
    private static final Span TOP = new Span(0, 0);

    /** What a lens is for, in the order in which they stand. */
    public enum Kind {
        RUN,
        RUN_WITH_UPSTREAM,
        PREVIEW,
        /** Python models only. */
        DEBUG,
        /** Counts of upstream and downstream. */
        LINEAGE,
        LAST_RUN
    }

    /**
     * Where the lenses of a file stand: the name of its one {@code model} function. Empty for what
     * no run builds, and while a Python file has no such function.
     */
    public static Optional<Span> place(Manifest manifest, Path file) {
        return node(manifest, file)
                .flatMap(
                        node ->
                                node.isPython()
                                        ? manifest.file(file).flatMap(Lens::ofModel)
                                        : Optional.of(TOP));
    }

    /**
     * Where the lenses stay while the text is such that {@link #place} is empty: they stood there,
     * and would jump away and back with every letter.
     *
     * @param before an earlier text, and where they stood in it
     * @return empty when nothing speaks for a model function that is being edited
     */
    public static Optional<Span> kept(Manifest manifest, Path file, String before, Span stood) {
        Optional<ModelFile> model =
                node(manifest, file).flatMap(node -> manifest.file(node.file()));
        if (model.isEmpty()) {
            return Optional.empty();
        }
        String now = model.get().text();
        int at = definition(now, Moved.of(before, stood.start(), now));
        boolean several = model.get().python().filter(p -> p.models().size() > 1).isPresent();
        return several || !model.get().problems().isEmpty() || isDefinition(now, at)
                ? Optional.of(new Span(at, at))
                : Optional.empty();
    }

    /** The first definition in what was changed, where the change took the place away. */
    private static int definition(String now, Moved moved) {
        for (int at = moved.offset(); at < moved.end(); at++) {
            if ((at == 0 || now.charAt(at - 1) == '\n') && isDefinition(now, at)) {
                return at;
            }
        }
        return moved.offset();
    }

    private static boolean isDefinition(String text, int offset) {
        int start = offset;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        return text.startsWith("def", start) || text.startsWith("async def", start);
    }

    /**
     * The lenses of a model that a run builds.
     *
     * @param at where they stand
     */
    public static List<Lens> of(
            Manifest manifest, Path file, Span at, Set<Kind> wanted, NodeFacts facts) {
        Optional<Node> node = node(manifest, file);
        if (node.isEmpty()) {
            return List.of();
        }
        String name = node.get().name();
        List<Lens> lenses = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean builds = kind != Kind.LINEAGE;
            if (wanted.contains(kind)
                    && !(builds && node.get().materialized().equals("ephemeral"))) {
                List<String> select = List.of(kind == Kind.RUN_WITH_UPSTREAM ? "+" + name : name);
                title(kind, manifest, node.get(), facts)
                        .ifPresent(title -> lenses.add(new Lens(kind, at, title, select)));
            }
        }
        return List.copyOf(lenses);
    }

    private static Optional<String> title(
            Kind kind, Manifest manifest, Node node, NodeFacts facts) {
        return switch (kind) {
            case RUN -> Optional.of("Run");
            case RUN_WITH_UPSTREAM -> Optional.of("Run with upstream");
            case PREVIEW -> Optional.of("Preview");
            case DEBUG -> node.isPython() ? Optional.of("Debug") : Optional.empty();
            case LINEAGE ->
                    Optional.of(
                            node.dependsOn().size()
                                    + " upstream, "
                                    + manifest.readersOf(node.uniqueId()).size()
                                    + " downstream");
            case LAST_RUN ->
                    facts.lastRun(manifest, node).map(run -> RunTold.title(run, facts.now()));
        };
    }

    private static Optional<Node> node(Manifest manifest, Path file) {
        return manifest.nodeOf(file)
                .filter(n -> n.kind() == Node.Kind.MODEL)
                .filter(n -> n.packageName().equals(manifest.project().name()));
    }

    private static Optional<Span> ofModel(ModelFile file) {
        return file.python()
                .filter(python -> python.models().size() == 1)
                .map(python -> python.models().get(0).name().span());
    }
}
