package dev.dvtls.assist;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code unique_key} of an incremental model that has none, beside its materialization. */
public final class UniqueKey {
    private UniqueKey() {}

    /**
     * @param selection touches the materialization in the file
     */
    public static Optional<Fix> of(
            Manifest manifest, KnownColumns known, ModelFile file, Span selection) {
        if (file.config().stream().anyMatch(e -> e.key().equals("unique_key"))
                || manifest.nodeOf(file.path())
                        .filter(n -> n.config().containsKey("unique_key"))
                        .isPresent()) {
            return Optional.empty();
        }
        return file.config().stream()
                .filter(e -> isIncremental(e, file.text()))
                .filter(
                        e ->
                                new Span(e.keySpan().start(), e.valueSpan().end())
                                        .touches(selection.start()))
                .findFirst()
                .map(
                        entry -> {
                            int end = entry.valueSpan().end();
                            char quote = file.text().charAt(entry.valueSpan().start());
                            String given =
                                    "unique_key=" + quote + column(manifest, known, file) + quote;
                            return new Fix(
                                    "Add " + given,
                                    List.of(new Fix.Edit(new Span(end, end), ", " + given)));
                        });
    }

    /** Written as a keyword with a literal. */
    private static boolean isIncremental(ConfigEntry entry, String text) {
        int from = entry.keySpan().end();
        int to = entry.valueSpan().start();
        return entry.key().equals("materialized")
                && entry.value().equals(Optional.of("incremental"))
                && from <= to
                && text.substring(from, to).strip().equals("=")
                && "\"'".indexOf(text.charAt(to)) >= 0;
    }

    /** The likeliest of its own columns, else of those that it reads. */
    private static String column(Manifest manifest, KnownColumns known, ModelFile file) {
        Optional<Node> own = manifest.nodeOf(file.path());
        Stream<Node> read =
                own.stream()
                        .flatMap(node -> node.dependsOn().stream())
                        .flatMap(id -> manifest.node(id).stream());
        return Stream.concat(own.stream(), read)
                .map(node -> key(known.of(manifest, node).columns(), node.name()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("id");
    }

    private static Optional<String> key(List<Node.Column> columns, String model) {
        String name = model.toLowerCase(Locale.ROOT);
        List<String> names =
                columns.stream().map(Node.Column::name).filter(c -> c.matches("\\w+")).toList();
        return Stream.of("id", name + "_id", name.replaceFirst("s$", "") + "_id", "key")
                .flatMap(wanted -> names.stream().filter(wanted::equalsIgnoreCase))
                .findFirst()
                .or(
                        () ->
                                names.stream()
                                        .filter(c -> c.toLowerCase(Locale.ROOT).endsWith("_id"))
                                        .findFirst());
    }
}
