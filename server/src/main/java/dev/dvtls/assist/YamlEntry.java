package dev.dvtls.assist;

import dev.dvtls.check.Fix;
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

    private static Optional<Sequence> sources(Path file, String text) {
        return YamlText.read(file, text)
                .root()
                .flatMap(root -> root.at("sources"))
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

    private Optional<Fix.Edit> source(Sequence all, SourceTarget target) {
        String tables =
                all.items().stream()
                        .flatMap(s -> s.at("tables").flatMap(YamlEntry::sequence).stream())
                        .filter(s -> !isFlow(s) && !s.items().isEmpty())
                        .findFirst()
                        .map(s -> Math.max(0, column(s) - column(parent(all, s))))
                        .map(" "::repeat)
                        .orElse("  ");
        String keys = all.items().isEmpty() ? "" : " ".repeat(column(all.items().get(0)));
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

    private static YamlNode parent(Sequence all, Sequence tables) {
        return all.items().stream()
                .filter(s -> s.at("tables").equals(Optional.of(tables)))
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
        YamlNode first = items.get(0);
        int start = lines.lineStart(lines.line(first.span().start()));
        String lead = text.substring(start, first.span().start());
        return lead.matches("[ ]*-[ ]+")
                ? Optional.of(after(items.get(items.size() - 1), lead + block))
                : Optional.empty();
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
