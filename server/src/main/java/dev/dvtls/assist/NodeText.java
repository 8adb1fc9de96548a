package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.List;
import java.util.Optional;

/** A node described in words, for completion and hover. */
public final class NodeText {
    /** Columns shown in a description; the rest is counted. */
    private static final int COLUMNS = 20;

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

    /** Markdown: name, kind, place, relation, description, columns. */
    static String markdown(Manifest manifest, Node node) {
        StringBuilder out = new StringBuilder();
        out.append("**").append(title(node)).append("**  \n").append(what(node));
        out.append(" in `").append(path(manifest, node)).append("`");
        out.append("  \nRelation: `").append(relation(node)).append("`");
        node.relation()
                .connection()
                .ifPresent(name -> out.append("  \nConnection: `").append(name).append("`"));
        if (!node.tags().isEmpty()) {
            out.append("  \nTags: ").append(String.join(", ", node.tags()));
        }
        if (!node.description().isBlank()) {
            out.append("\n\n").append(node.description().strip());
        }
        table(out, node.columns());
        return out.toString();
    }

    /** Markdown: name, kind, and these columns. */
    static String columns(Node node, List<Node.Column> columns) {
        StringBuilder out = new StringBuilder();
        out.append("**").append(title(node)).append("**  \n").append(what(node));
        table(out, columns);
        return out.toString();
    }

    private static void table(StringBuilder out, List<Node.Column> columns) {
        if (!columns.isEmpty()) {
            out.append("\n\n| column | type | |\n|---|---|---|");
            columns.stream().limit(COLUMNS).forEach(column -> row(out, column));
            if (columns.size() > COLUMNS) {
                out.append("\n\nand ").append(columns.size() - COLUMNS).append(" more columns");
            }
        }
    }

    private static void row(StringBuilder out, Node.Column column) {
        out.append("\n| ")
                .append(cell(column.name()))
                .append(" | ")
                .append(cell(column.dataType().orElse("")))
                .append(" | ")
                .append(cell(column.description()))
                .append(" |");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }

    private static String title(Node node) {
        return node.sourceName().map(source -> source + "." + node.name()).orElse(node.name());
    }

    private static String relation(Node node) {
        return Optional.of(node.relation())
                .map(
                        r ->
                                r.database().map(d -> d + ".").orElse("")
                                        + r.customSchema().map(s -> s + ".").orElse("")
                                        + r.identifier())
                .orElse("");
    }
}
