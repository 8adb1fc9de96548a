package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to select so that a run takes what files and folders define, and nothing else.
 *
 * @param select in the selectors' grammar; none: the whole project
 * @param nodes unique ids of the models, seeds and snapshots that this selects, sorted
 */
public record RunSelection(List<String> select, Set<String> nodes) {

    /** Empty when none of the places defines anything. */
    public static Optional<RunSelection> of(Manifest manifest, Collection<Path> places) {
        Path root = manifest.project().root();
        Set<String> all = new TreeSet<>();
        List<String> select = new ArrayList<>();
        for (Path place : places) {
            boolean whole = root.startsWith(place);
            List<Node> here = at(manifest, whole ? Path.of("/") : place);
            Set<String> ids = ids(here.stream());
            all.addAll(ids);
            if (whole && !here.isEmpty()) {
                return Optional.of(new RunSelection(List.of(), ids));
            } else if (!here.isEmpty()) {
                select.addAll(selectors(manifest, place, here, ids));
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunSelection(List.copyOf(select), all));
    }

    private static List<Node> at(Manifest manifest, Path place) {
        return manifest.nodes().stream()
                .filter(n -> n.kind() != Node.Kind.SOURCE && n.file().startsWith(place))
                .toList();
    }

    /** The first words that select these alone: a model may be named as a folder is. */
    private static List<String> selectors(
            Manifest manifest, Path place, List<Node> nodes, Set<String> ids) {
        Path root = manifest.project().root();
        String path = "path:" + glob(place.startsWith(root) ? root.relativize(place) : place);
        boolean file = nodes.size() == 1 && nodes.get(0).file().equals(place);
        Stream<String> words =
                file
                        ? Stream.of(nodes.get(0).name(), path)
                        : Stream.of(path, "path:" + glob(place));
        return words.filter(word -> selected(manifest, word).equals(ids))
                .findFirst()
                .map(List::of)
                .orElseGet(
                        () -> nodes.stream().map(n -> String.join(".", manifest.fqn(n))).toList());
    }

    private static Set<String> selected(Manifest manifest, String word) {
        try {
            return ids(
                    Selector.select(manifest, List.of(word), List.of()).stream()
                            .flatMap(id -> manifest.node(id).stream())
                            .filter(n -> n.kind() != Node.Kind.SOURCE));
        } catch (Selector.UnknownSelection e) {
            return Set.of();
        }
    }

    private static Set<String> ids(Stream<Node> nodes) {
        return nodes.map(Node::uniqueId).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the grammar can write it: blanks and commas end a word, others are wildcards. */
    private static String glob(Path path) {
        return path.toString()
                .replace('\\', '/')
                .replaceAll("[\\[*?+]", "[$0]")
                .replaceAll("[\\s,]", "?");
    }
}
