package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The DAG around a node, step by step: what it reads, and what reads it. */
public final class Lineage {
    private static final Span TOP = new Span(0, 0);

    private Lineage() {}

    /**
     * A node where it is defined.
     *
     * @param title as people write it
     * @param detail what it is
     * @param span in its file: the model function, a source's table; of other files the start
     * @param name within the span
     */
    public record Item(Node node, String title, String detail, Span span, Span name) {}

    /**
     * A neighbour.
     *
     * @param places where the reader's text reads the other; none when it does so through a macro
     */
    public record Step(Item item, List<Span> places) {}

    /** The nodes at a cursor: of a reference, a model function, or a SQL model as a whole. */
    public static List<Item> at(Manifest manifest, Path file, int offset) {
        List<Pointed> pointed = Pointed.anywhere(manifest, file, offset);
        if (pointed.isEmpty() && file.toString().endsWith(".sql")) {
            return manifest.nodeOf(file).map(node -> of(manifest, node)).stream().toList();
        }
        return pointed.stream().map(p -> of(manifest, p.node())).toList();
    }

    /** The nodes that read this one. */
    public static List<Step> downstream(Manifest manifest, String uniqueId) {
        return steps(
                manifest,
                manifest.readersOf(uniqueId),
                reader -> places(manifest, reader, uniqueId));
    }

    /** The nodes that this one reads. */
    public static List<Step> upstream(Manifest manifest, String uniqueId) {
        Optional<Node> reader = manifest.node(uniqueId);
        return reader.isEmpty()
                ? List.of()
                : steps(
                        manifest,
                        reader.get().dependsOn(),
                        read -> places(manifest, reader.get(), read.uniqueId()));
    }

    private static List<Step> steps(
            Manifest manifest, Collection<String> ids, Function<Node, List<Span>> places) {
        return ids.stream()
                .flatMap(id -> manifest.node(id).stream())
                .map(node -> new Step(of(manifest, node), places.apply(node)))
                .sorted(Comparator.comparing((Step step) -> step.item().title()))
                .toList();
    }

    private static List<Span> places(Manifest manifest, Node reader, String read) {
        List<Span> places = new ArrayList<>();
        for (Reference reference :
                manifest.file(reader.file()).map(ModelFile::references).orElse(List.of())) {
            if (manifest.resolve(reference.target()) instanceof Manifest.Found found
                    && found.node().uniqueId().equals(read)) {
                places.add(reference.span());
            }
        }
        return places.stream().distinct().toList();
    }

    /** A node, wherever the cursor is. */
    public static Item of(Manifest manifest, Node node) {
        Optional<Item> function =
                manifest.file(node.file())
                        .flatMap(ModelFile::python)
                        .filter(python -> !python.models().isEmpty())
                        .map(python -> python.models().get(0))
                        .map(model -> item(manifest, node, model.span(), model.name().span()));
        return function.orElseGet(
                () -> {
                    Span name =
                            node.place() == 0
                                    ? TOP
                                    : new Span(node.place(), node.place() + node.name().length());
                    return item(manifest, node, name, name);
                });
    }

    private static Item item(Manifest manifest, Node node, Span span, Span name) {
        return new Item(node, NodePage.title(node), NodeText.detail(manifest, node), span, name);
    }
}
