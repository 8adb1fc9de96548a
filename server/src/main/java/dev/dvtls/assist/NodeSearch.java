package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Models, seeds, snapshots and source tables of all projects, by what one remembers of a name. */
public final class NodeSearch {
    /** More would not be looked at. */
    private static final int MOST = 200;

    /**
     * @param label a model's name with its version; a table's with its source
     * @param container where it stands: the file, and the package where it is not the project's own
     */
    public record Found(Manifest manifest, Node node, String label, String container) {}

    private record Scored(Manifest manifest, Node node, String label, boolean own, int score) {}

    private NodeSearch() {}

    /** Best first; the projects' own before those of packages, short names before long ones. */
    public static List<Found> of(Collection<Manifest> projects, String query) {
        Fuzzy fuzzy = new Fuzzy(query);
        List<Scored> scored = new ArrayList<>();
        for (Manifest manifest : projects) {
            String own = manifest.project().name();
            for (Node node : manifest.nodes()) {
                String label = label(node);
                OptionalInt score = fuzzy.score(label);
                if (score.isPresent()) {
                    boolean isOwn = node.packageName().equals(own);
                    scored.add(new Scored(manifest, node, label, isOwn, score.getAsInt()));
                }
            }
        }
        return scored.stream()
                .sorted(
                        Comparator.comparingInt((Scored s) -> -s.score())
                                .thenComparing(s -> !s.own())
                                .thenComparingInt(s -> s.label().length())
                                .thenComparing(Scored::label)
                                .thenComparing(s -> s.node().uniqueId()))
                .limit(MOST)
                .map(s -> new Found(s.manifest(), s.node(), s.label(), container(s)))
                .toList();
    }

    private static String label(Node node) {
        return node.sourceName().map(source -> source + ".").orElse("")
                + node.name()
                + node.version().map(v -> ".v" + v).orElse("");
    }

    private static String container(Scored found) {
        String path = NodeText.path(found.manifest(), found.node());
        return found.own() ? path : found.node().packageName() + " · " + path;
    }
}
