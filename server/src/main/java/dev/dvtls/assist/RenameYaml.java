package dev.dvtls.assist;

import dev.dvtls.assist.Rename.Edit;
import dev.dvtls.assist.Rename.Why;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Occurrence.Role;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a rename changes in YAML beside the names themselves. */
record RenameYaml(Renaming renaming, Function<Path, Optional<String>> texts) {

    /**
     * A source reads from the schema of its own name unless it says another, a table likewise: what
     * was understood is written down, so that the same relation is read as before.
     */
    List<Edit> keptRelations() {
        if (!renaming.isSource() && !renaming.isTable()) {
            return List.of();
        }
        String key = renaming.isSource() ? "schema" : "identifier";
        List<Edit> edits = new ArrayList<>();
        for (Occurrence place : renaming.places()) {
            Optional<String> text = texts.apply(place.file());
            if (place.role() == Role.ENTRY && text.isPresent()) {
                YamlText.read(place.file(), text.get()).root().stream()
                        .flatMap(root -> entries(root, text.get(), place.span()).stream())
                        .filter(entry -> entry.get(key).isEmpty())
                        .findFirst()
                        .ifPresent(
                                entry ->
                                        edits.add(
                                                added(
                                                        place,
                                                        text.get(),
                                                        entry,
                                                        key + ": " + renaming.name())));
            }
        }
        return edits;
    }

    /** The mapping whose {@code name} stands at a place. */
    private static List<YamlNode.Mapping> entries(YamlNode node, String text, Span name) {
        if (!(node.span().start() <= name.start() && name.end() <= node.span().end())) {
            return List.of();
        }
        List<YamlNode.Mapping> found = new ArrayList<>();
        if (node instanceof YamlNode.Mapping mapping) {
            boolean here =
                    mapping.get("name").orElse(node) instanceof YamlNode.Scalar scalar
                            && scalar.content(text).equals(name);
            if (here) {
                found.add(mapping);
            } else {
                mapping.entries().forEach(e -> found.addAll(entries(e.value(), text, name)));
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> found.addAll(entries(item, text, name)));
        }
        return found;
    }

    private static Edit added(Occurrence place, String text, YamlNode.Mapping entry, String line) {
        if (text.charAt(entry.span().start()) == '{') {
            int end = entry.get("name").map(name -> name.span().end()).orElse(place.span().end());
            return new Edit(place.file(), new Span(end, end), "", ", " + line, Why.KEPT);
        }
        LineIndex lines = LineIndex.of(text);
        int number = lines.line(place.span().start());
        int end = lines.lineEnd(number);
        int indent = entry.span().start() - lines.lineStart(lines.line(entry.span().start()));
        String newLine = text.startsWith("\r\n", end) ? "\r\n" : "\n";
        return new Edit(
                place.file(),
                new Span(end, end),
                "",
                newLine + " ".repeat(indent) + line,
                Why.KEPT);
    }

    /** Configs that the project file gives to the node by its name. */
    List<Edit> projectKeys(String newName) {
        Path file = renaming.manifest().project().file();
        Optional<String> text = texts.apply(file);
        Optional<YamlNode> root = text.flatMap(t -> YamlText.read(file, t).root());
        List<Edit> edits = new ArrayList<>();
        for (Node node : renaming.nodes()) {
            List<String> fqn = renaming.manifest().fqn(node);
            int last = fqn.size() - 1 - node.version().map(v -> 1).orElse(0);
            int depth = renaming.isSource() ? last - 1 : last;
            root.flatMap(r -> r.at(node.kind().word() + "s"))
                    .flatMap(tree -> key(tree, fqn.subList(0, depth + 1)))
                    .map(key -> key.content(text.orElse("")))
                    .map(span -> new Edit(file, span, renaming.name(), newName, Why.PROJECT))
                    .filter(edit -> !edits.contains(edit))
                    .ifPresent(edits::add);
        }
        return edits;
    }

    private static Optional<YamlNode.Scalar> key(YamlNode tree, List<String> path) {
        if (!(tree instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (entry.key().text().equals(path.get(0))) {
                return path.size() == 1
                        ? Optional.of(entry.key()).filter(key -> isFolder(entry.value()))
                        : key(entry.value(), path.subList(1, path.size()));
            }
        }
        return Optional.empty();
    }

    /** A key whose value is no mapping is a config. */
    private static boolean isFolder(YamlNode value) {
        return value instanceof YamlNode.Mapping;
    }
}
