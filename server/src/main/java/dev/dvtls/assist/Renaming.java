package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Occurrence.Named;
import dev.dvtls.manifest.Occurrence.OfNode;
import dev.dvtls.manifest.Occurrence.OfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What gets another name: a model with all its versions, a seed, a snapshot, a table, a source.
 *
 * @param what the word for it: {@code model}, {@code table}, {@code source} ...
 * @param nodes those of that name; of a source, its tables
 * @param places where the name stands, each place once
 */
record Renaming(
        Manifest manifest,
        String what,
        String name,
        String packageName,
        List<Node> nodes,
        List<Occurrence> places) {

    /**
     * @param beside names in files that the manifest does not hold
     */
    static Optional<Renaming> of(
            Manifest manifest, Named named, Supplier<List<Occurrence>> beside) {
        if (named instanceof OfSource source) {
            List<Node> tables =
                    manifest.nodes().stream()
                            .filter(n -> n.sourceName().equals(Optional.of(source.source())))
                            .filter(n -> n.packageName().equals(source.packageName()))
                            .toList();
            return Optional.of(
                    new Renaming(
                            manifest,
                            "source",
                            source.source(),
                            source.packageName(),
                            tables,
                            places(manifest, named, beside.get())));
        }
        return manifest.node(((OfNode) named).uniqueId()).map(node -> of(manifest, node, beside));
    }

    static Renaming of(Manifest manifest, Node node, Supplier<List<Occurrence>> beside) {
        List<Node> nodes =
                node.version().isEmpty()
                        ? List.of(node)
                        : manifest.nodes().stream()
                                .filter(n -> n.kind() == node.kind())
                                .filter(n -> n.name().equals(node.name()))
                                .filter(n -> n.packageName().equals(node.packageName()))
                                .toList();
        List<Occurrence> places = new ArrayList<>();
        List<Occurrence> others = beside.get();
        nodes.forEach(n -> places.addAll(places(manifest, new OfNode(n.uniqueId()), others)));
        return new Renaming(
                manifest,
                node.kind() == Node.Kind.SOURCE ? "table" : node.kind().word(),
                node.name(),
                node.packageName(),
                nodes,
                Uses.inOrder(places));
    }

    private static List<Occurrence> places(
            Manifest manifest, Named named, List<Occurrence> beside) {
        List<Occurrence> places = new ArrayList<>(manifest.occurrences(named));
        beside.stream().filter(o -> o.named().equals(named)).forEach(places::add);
        return Uses.inOrder(places);
    }

    /** True for what gets the new name. */
    boolean means(Named named) {
        return isSource()
                ? named.equals(new OfSource(packageName, name))
                : nodes.stream().anyMatch(n -> named.equals(new OfNode(n.uniqueId())));
    }

    boolean isSource() {
        return what.equals("source");
    }

    boolean isTable() {
        return what.equals("table");
    }

    /** True when its name is that of its file. */
    boolean isFile() {
        return what.equals("model") || what.equals("seed");
    }

    /** A path as users write it. */
    String shown(Path file) {
        Path root = manifest.project().root();
        return (file.startsWith(root) ? root.relativize(file) : file).toString().replace('\\', '/');
    }
}
