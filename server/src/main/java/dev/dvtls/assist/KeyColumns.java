package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Columns for a {@code unique_key}: the model's own, then those of what it reads. */
final class KeyColumns {
    private KeyColumns() {}

    static List<Suggestion> of(
            Manifest manifest, KnownColumns known, Path file, Replacement range) {
        Optional<Node> own = manifest.nodeOf(file);
        List<Node> nodes = new ArrayList<>(own.stream().toList());
        own.ifPresent(
                node ->
                        node.dependsOn().stream()
                                .flatMap(id -> manifest.node(id).stream())
                                .forEach(nodes::add));
        Map<String, Suggestion> columns = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (Node.Column column : known.of(manifest, node).columns()) {
                columns.putIfAbsent(
                        column.name().toLowerCase(Locale.ROOT),
                        range.suggest(
                                column.name(),
                                Kind.COLUMN,
                                column.dataType().map(type -> type + " · ").orElse("")
                                        + node.name(),
                                manifest.described(node.packageName(), column.description()),
                                Integer.toString(10_000 + columns.size())));
            }
        }
        return List.copyOf(columns.values());
    }
}
