package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A line above a model that runs it.
 *
 * @param span where it stands: the name of {@code def model}, or the start of a SQL file
 * @param select the selector to run
 */
public record Lens(Span span, String title, List<String> select) {
    private static final Span TOP = new Span(0, 0);

    /**
     * Lenses of a model that a run builds: none while a Python file has no one {@code model}
     * function, nor for an ephemeral one.
     */
    public static List<Lens> of(Manifest manifest, Path file) {
        Optional<Node> node =
                manifest.nodeOf(file)
                        .filter(n -> n.kind() == Node.Kind.MODEL)
                        .filter(n -> n.packageName().equals(manifest.project().name()))
                        .filter(n -> !n.materialized().equals("ephemeral"));
        if (node.isEmpty()) {
            return List.of();
        }
        Optional<Span> place =
                node.get().isPython()
                        ? manifest.file(file).flatMap(Lens::ofModel)
                        : Optional.of(TOP);
        String name = node.get().name();
        return place.map(
                        at ->
                                List.of(
                                        new Lens(at, "Run", List.of(name)),
                                        new Lens(at, "Run with upstream", List.of("+" + name))))
                .orElse(List.of());
    }

    private static Optional<Span> ofModel(ModelFile file) {
        return file.python()
                .filter(python -> python.models().size() == 1)
                .map(python -> python.models().get(0).name().span());
    }
}
