package dev.dvtls.assist;

import dev.dvtls.manifest.Node;
import java.util.List;
import java.util.stream.Collectors;

/** Columns and their model as YAML, in block and in flow style. */
final class YamlColumns {
    private YamlColumns() {}

    /**
     * An item of a list of models, without its dash.
     *
     * @param keys what its further lines begin with
     * @param inner how much more the list of columns is indented
     */
    static String model(String name, List<Node.Column> columns, String keys, String inner) {
        String head = "name: " + text(name) + "\n" + keys + "description: \"\"";
        String lead = keys + inner + "- ";
        return columns.isEmpty()
                ? head
                : head + "\n" + keys + "columns:\n" + lead + items(columns, lead);
    }

    /**
     * Items of a list, the first without its dash.
     *
     * @param lead what the others begin with, as {@code " - "}
     */
    static String items(List<Node.Column> columns, String lead) {
        String keys = " ".repeat(lead.length());
        return columns.stream()
                .map(
                        column ->
                                "name: "
                                        + text(column.name())
                                        + column.dataType()
                                                .map(t -> "\n" + keys + "data_type: " + type(t))
                                                .orElse(""))
                .collect(Collectors.joining("\n" + lead));
    }

    static String flowModel(String name, List<Node.Column> columns) {
        String head = "name: " + text(name) + ", description: \"\"";
        return "{" + head + (columns.isEmpty() ? "" : ", columns: [" + flow(columns) + "]") + "}";
    }

    static String flow(List<Node.Column> columns) {
        return columns.stream()
                .map(
                        column ->
                                "{name: "
                                        + text(column.name())
                                        + column.dataType()
                                                .map(t -> ", data_type: " + text(t))
                                                .orElse("")
                                        + "}")
                .collect(Collectors.joining(", "));
    }

    /** {@code DECIMAL(18,2)} and {@code VARCHAR[]} need no quotes in block style. */
    private static String type(String type) {
        return type.matches("[A-Za-z][A-Za-z0-9_ ]*(\\([0-9, ]+\\))?(\\[[0-9]*\\])*")
                ? type
                : quoted(type);
    }

    /** In quotes where YAML would read something else than the text. */
    private static String text(String text) {
        boolean plain =
                text.matches("[A-Za-z_][A-Za-z0-9_]*")
                        && !text.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
