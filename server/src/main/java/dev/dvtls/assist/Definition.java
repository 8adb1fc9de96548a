package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a reference leads.
 *
 * @param origin the words under the cursor that were followed
 * @param place offset in the target file; for a source, of its table in the YAML
 */
public record Definition(Span origin, Node node, Path file, int place) {

    /** The definitions of the reference at an offset: several where a loop reads several. */
    public static List<Definition> at(Manifest manifest, Path file, int offset) {
        Map<String, Definition> byNode = new LinkedHashMap<>();
        for (Found found : references(manifest, file, offset)) {
            if (manifest.resolve(found.reference().target()) instanceof Manifest.Found resolved) {
                Node node = resolved.node();
                byNode.putIfAbsent(
                        node.uniqueId(),
                        new Definition(found.origin(), node, node.file(), place(manifest, node)));
            }
        }
        return List.copyOf(byNode.values());
    }

    /** Hover text of the reference at an offset, Markdown. */
    public static Optional<Hover> hover(Manifest manifest, Path file, int offset) {
        List<Definition> definitions = at(manifest, file, offset);
        return definitions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hover(
                                definitions.get(0).origin(),
                                definitions.stream()
                                        .map(d -> NodeText.markdown(manifest, d.node()))
                                        .collect(Collectors.joining("\n\n---\n\n"))));
    }

    /** A node described in words, Markdown; for a completion that is looked at. */
    public static Optional<String> describe(Manifest manifest, String uniqueId) {
        return manifest.node(uniqueId).map(node -> NodeText.markdown(manifest, node));
    }

    /** What to show over a span. */
    public record Hover(Span span, String markdown) {}

    private record Found(Reference reference, Span origin) {}

    private static List<Found> references(Manifest manifest, Path file, int offset) {
        List<Found> found = new ArrayList<>();
        for (Reference reference :
                manifest.file(file).map(ModelFile::references).orElse(List.of())) {
            if (reference.origin() == Reference.Origin.SESSION_SQL) {
                if (reference.span().touches(offset)) {
                    found.add(new Found(reference, reference.span()));
                }
            } else {
                reference.names().stream()
                        .filter(name -> name.touches(offset))
                        .findFirst()
                        .ifPresent(name -> found.add(new Found(reference, name)));
            }
        }
        return found;
    }

    /** A Python model's function, a source's table; else the file's start. */
    public static int place(Manifest manifest, Node node) {
        return manifest.file(node.file())
                .flatMap(ModelFile::python)
                .filter(python -> !python.models().isEmpty())
                .map(python -> python.models().get(0).name().start())
                .orElse(node.place());
    }
}
