package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.project.YamlKeys.Shape;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlSketch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nodes that YAML speaks of by other words than their names: a version of a model, the place of a
 * node in the trees of a project file.
 */
final class YamlPointed {
    private YamlPointed() {}

    /**
     * @param texts of files, as the editor has them now
     */
    static List<Pointed> at(
            Manifest manifest, Path file, Function<Path, Optional<String>> texts, int offset) {
        Optional<String> root = YamlCompletion.root(manifest, file);
        Optional<String> text = root.isEmpty() ? root : texts.apply(file);
        Optional<YamlPlace> place =
                text.flatMap(t -> YamlSketch.of(file, t)).flatMap(all -> YamlPlace.at(all, offset));
        return place
                .flatMap(p -> node(manifest, root.orElse(""), p))
                .map(node -> new Pointed(place.get().scalar().content(text.orElse("")), node))
                .stream()
                .toList();
    }

    private static Optional<Node> node(Manifest manifest, String root, YamlPlace place) {
        List<String> keys = place.keys();
        if (place.isKey()) {
            boolean tree =
                    YamlKeys.under(root, keys) instanceof Section section
                            && section.shape() == Shape.TREE;
            return tree ? ofTree(manifest, keys, place.scalar().text()) : Optional.empty();
        }
        return keys.equals(List.of("models", "versions", "v"))
                        || keys.equals(List.of("models", "versions", "defined_in"))
                ? version(manifest, place)
                : Optional.empty();
    }

    private static Optional<Node> version(Manifest manifest, YamlPlace place) {
        Optional<String> name = place.names().stream().findFirst();
        Optional<String> version =
                place.around().get(place.around().size() - 1).get("v").flatMap(YamlNode::string);
        return name.isPresent()
                        && version.isPresent()
                        && manifest.resolve(new ModelTarget(Optional.empty(), name.get(), version))
                                instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }

    private static Optional<Node> ofTree(Manifest manifest, List<String> keys, String last) {
        List<String> path = new ArrayList<>(keys.subList(1, keys.size()));
        path.add(last);
        return manifest.nodes().stream()
                .filter(node -> keys.get(0).equals(node.kind().word() + "s"))
                .filter(node -> node.name().equals(last) && manifest.fqn(node).equals(path))
                .findFirst();
    }
}
