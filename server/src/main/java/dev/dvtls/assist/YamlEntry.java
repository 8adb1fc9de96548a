package dev.dvtls.assist;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlNode.Mapping;
import dev.dvtls.project.YamlNode.Scalar;
import dev.dvtls.project.YamlNode.Sequence;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One more entry in a list of a YAML file, in the way that the others are written. */
final class YamlEntry {
    private final String text;
    private final LineIndex lines;

    private YamlEntry(String text) {
        this.text = text;
        this.lines = LineIndex.of(text);
    }

    /** A table of a source that the file has. */
    static Optional<Fix.Edit> table(Path file, String text, SourceTarget target) {
        YamlEntry entry = new YamlEntry(text);
        return sources(file, text)
                .flatMap(
                        all ->
                                all.items().stream()
                                        .filter(s -> isNamed(s, target.source()))
                                        .findFirst())
                .flatMap(source -> entry.table(source, target.table()));
    }

    /** A source that it does not have, beside others. */
    static Optional<Fix.Edit> source(Path file, String text, SourceTarget target) {
        YamlEntry entry = new YamlEntry(text);
        return sources(file, text).flatMap(all -> entry.source(all, target));
    }

    /** A model that it does not have, with columns; in a section of its own where it has none. */
    static Optional<Fix.Edit> model(
            Path file, String text, String name, List<Node.Column> columns) {
        YamlEntry entry = new YamlEntry(text);
        Optional<YamlNode> root = YamlText.read(file, text).root();
        Optional<YamlNode> models = root.flatMap(r -> r.at("models"));
        if (models.isEmpty()) {
            int end = text.stripTrailing().length();
            boolean ends = end < text.length();
            return root.filter(r -> r instanceof Mapping && !entry.isFlow(r))
                    .map(
                            r ->
                                    insert(
                                            end,
                                            "\n\n"
                                                    + models(name, columns).stripTrailing()
                                                    + (ends ? "" : "\n")));
        }
        return models.flatMap(YamlEntry::sequence).flatMap(all -> entry.model(all, name, columns));
    }

    /** Columns that the entry of a model does not have. */
    static Optional<Fix.Edit> columns(
            Path file, String text, String name, List<Node.Column> columns) {
        YamlEntry entry = new YamlEntry(text);
        return list(file, text, "models").stream()
                .flatMap(all -> all.items().stream())
                .filter(model -> isNamed(model, name))
                .findFirst()
                .flatMap(model -> entry.columns(model, columns));
    }

    /** A section of one model, each line of it ended. */
    static String models(String name, List<Node.Column> columns) {
        return "models:\n  - " + YamlColumns.model(name, columns, "    ", "  ") + "\n";
    }

    private static Optional<Sequence> sources(Path file, String text) {
        return list(file, text, "sources");
    }

    private static Optional<Sequence> list(Path file, String text, String key) {
        return YamlText.read(file, text)
                .root()
                .flatMap(root -> root.at(key))
                .flatMap(YamlEntry::sequence);
    }

    private static Optional<Sequence> sequence(YamlNode node) {
        return node instanceof Sequence sequence ? Optional.of(sequence) : Optional.empty();
    }

    private static boolean isNamed(YamlNode source, String name) {
        return source.at("name").flatMap(YamlNode::string).equals(Optional.of(name));
    }

    private Optional<Fix.Edit> table(YamlNode source, String table) {
        Optional<Sequence> tables = source.at("tables").flatMap(YamlEntry::sequence);
        if (tables.isPresent()) {
            return item(tables.get(), "name: " + table, "{name: " + table + "}");
        }
        if (source.at("tables").isPresent() || !(source instanceof Mapping)) {
            return Optional.empty();
        }
        if (isFlow(source)) {
            int end = source.span().end() - 1;
            return Optional.of(insert(end, ", tables: [{name: " + table + "}]"));
        }
        String indent = " ".repeat(column(source));
        return Optional.of(after(source, indent + "tables:\n" + indent + "  - name: " + table));
    }

    private Optional<Fix.Edit> model(Sequence all, String name, List<Node.Column> columns) {
        return item(
                all,
                YamlColumns.model(name, columns, keys(all), inner(all, "columns")),
                YamlColumns.flowModel(name, columns));
    }

    private Optional<Fix.Edit> columns(YamlNode model, List<Node.Column> columns) {
        Optional<YamlNode> there = model.at("columns");
        Optional<Sequence> list = there.flatMap(YamlEntry::sequence);
        if (list.isPresent()) {
            String lead = isFlow(list.get()) ? "" : lead(list.get());
            return lead.isBlank() && !isFlow(list.get())
                    ? Optional.empty()
                    : item(list.get(), YamlColumns.items(columns, lead), YamlColumns.flow(columns));
        }
        if (there.isPresent() || !(model instanceof Mapping)) {
            return Optional.empty();
        }
        String indent = " ".repeat(column(model));
        return Optional.of(
                isFlow(model)
                        ? insert(
                                model.span().end() - 1,
                                ", columns: [" + YamlColumns.flow(columns) + "]")
                        : after(
                                model,
                                indent
                                        + "columns:\n"
                                        + indent
                                        + "  - "
                                        + YamlColumns.items(columns, indent + "  - ")));
    }

    /** Where the keys of the items of a list begin. */
    private String keys(Sequence all) {
        return all.items().isEmpty() ? "" : " ".repeat(column(all.items().get(0)));
    }

    /** How far the lists under a key of the items are indented, as the first one is. */
    private String inner(Sequence all, String key) {
        return all.items().stream()
                .flatMap(s -> s.at(key).flatMap(YamlEntry::sequence).stream())
                .filter(s -> !isFlow(s) && !s.items().isEmpty())
                .findFirst()
                .map(s -> Math.max(0, column(s) - column(parent(all, key, s))))
                .map(" "::repeat)
                .orElse("  ");
    }

    private Optional<Fix.Edit> source(Sequence all, SourceTarget target) {
        String tables = inner(all, "tables");
        String keys = keys(all);
        return item(
                all,
                "name: "
                        + target.source()
                        + "\n"
                        + keys
                        + "tables:\n"
                        + keys
                        + tables
                        + "- name: "
                        + target.table(),
                "{name: " + target.source() + ", tables: [{name: " + target.table() + "}]}");
    }

    private static YamlNode parent(Sequence all, String key, Sequence inner) {
        return all.items().stream()
                .filter(s -> s.at(key).equals(Optional.of(inner)))
                .findFirst()
                .orElse(all);
    }

    private Optional<Fix.Edit> item(Sequence list, String block, String flow) {
        List<YamlNode> items = list.items();
        if (isFlow(list)) {
            return Optional.of(
                    items.isEmpty()
                            ? insert(list.span().start() + 1, flow)
                            : insert(items.get(items.size() - 1).span().end(), ", " + flow));
        }
        String lead = lead(list);
        return lead.isEmpty()
                ? Optional.empty()
                : Optional.of(after(items.get(items.size() - 1), lead + block));
    }

    /** What stands before the first item of a block list on its line; empty for other shapes. */
    private String lead(Sequence list) {
        int first = list.items().get(0).span().start();
        String lead = text.substring(lines.lineStart(lines.line(first)), first);
        return lead.matches("[ ]*-[ ]+") ? lead : "";
    }

    private boolean isFlow(YamlNode node) {
        return text.startsWith("[", node.span().start())
                || text.startsWith("{", node.span().start());
    }

    private int column(YamlNode node) {
        int start = node.span().start();
        return text.codePointCount(lines.lineStart(lines.line(start)), start);
    }

    /** On the line after the last of a node; a comment behind it keeps its place. */
    private Fix.Edit after(YamlNode node, String newLines) {
        int at = lines.lineEnd(lines.line(end(node)));
        return insert(at, "\n" + newLines);
    }

    /** YAML's own marks of block nodes end where the next one begins. */
    private int end(YamlNode node) {
        if (!isFlow(node) && node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            YamlNode.Entry last = mapping.entries().get(mapping.entries().size() - 1);
            return Math.max(last.key().span().end(), end(last.value()));
        }
        if (!isFlow(node) && node instanceof Sequence list && !list.items().isEmpty()) {
            return end(list.items().get(list.items().size() - 1));
        }
        Span span = node.span();
        return node instanceof Scalar
                ? span.start() + span.of(text).stripTrailing().length()
                : span.end();
    }

    private static Fix.Edit insert(int at, String newText) {
        return new Fix.Edit(new Span(at, at), newText);
    }
}
