package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A line above {@code def model} that runs it.
 *
 * @param span the function's name
 * @param select the selector to run
 */
public record Lens(Span span, String title, List<String> select) {

    /** Lenses of a Python model; none while it has no one {@code model} function. */
    public static List<Lens> of(Manifest manifest, Path file) {
        Optional<Node> node =
                manifest.nodeOf(file)
                        .filter(n -> n.packageName().equals(manifest.project().name()))
                        .filter(Node::isPython);
        Optional<Span> place =
                manifest.file(file)
                        .flatMap(ModelFile::python)
                        .filter(python -> python.models().size() == 1)
                        .map(python -> python.models().get(0).name().span());
        if (node.isEmpty() || place.isEmpty()) {
            return List.of();
        }
        String name = node.get().name();
        return List.of(
                new Lens(place.get(), "Run", List.of(name)),
                new Lens(place.get(), "Run with upstream", List.of("+" + name)));
    }
}
