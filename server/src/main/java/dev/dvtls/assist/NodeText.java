package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;

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

    static String path(Manifest manifest, Node node) {
        var root = manifest.project().root();
        String path =
                node.file().startsWith(root)
                        ? root.relativize(node.file()).toString()
                        : node.file().toString();
        return path.replace('\\', '/');
    }
}
