package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node in a few words. */
public final class NodeText {
    private NodeText() {}

    /** One line: what it is and where it is defined. */
    public static String detail(Manifest manifest, Node node) {
        return what(node) + " · " + path(manifest, node);
    }

    static String what(Node node) {
        return node.kind() == Node.Kind.MODEL
                ? (node.isPython() ? "Python model" : "SQL model")
                        + " ("
                        + node.materialized()
                        + ")"
                : node.kind().word();
    }

    /**
     * Where it lands or lives, as far as it is known: {@code schema.name}.
     *
     * @param targetSchema the schema that its output of the profile names
     */
    public static String relation(Node node, Optional<String> targetSchema) {
        Optional<String> schema =
                targetSchema.map(node::schemaOn).or(() -> node.relation().customSchema());
        return Stream.concat(
                        Stream.of(node.relation().database(), schema).flatMap(Optional::stream),
                        Stream.of(node.relation().identifier()))
                .collect(Collectors.joining("."));
    }

    /** Its file, relative to the project where it is inside, with forward slashes. */
    public static String path(Manifest manifest, Node node) {
        var root = manifest.project().root();
        String path =
                node.file().startsWith(root)
                        ? root.relativize(node.file()).toString()
                        : node.file().toString();
        return path.replace('\\', '/');
    }
}
