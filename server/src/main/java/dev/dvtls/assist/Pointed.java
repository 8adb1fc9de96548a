package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node that the words at a cursor name.
 *
 * @param origin the words
 */
record Pointed(Span origin, Node node) {

    /** The nodes of the reference at an offset: several where a loop reads several. */
    static List<Pointed> at(Manifest manifest, Path file, int offset) {
        Map<String, Pointed> byNode = new LinkedHashMap<>();
        for (Reference reference : named(manifest, file)) {
            origin(reference, offset)
                    .ifPresent(
                            origin -> {
                                if (manifest.resolve(reference.target())
                                        instanceof Manifest.Found found) {
                                    byNode.putIfAbsent(
                                            found.node().uniqueId(),
                                            new Pointed(origin, found.node()));
                                }
                            });
        }
        if (manifest.file(file).isEmpty()) {
            named(manifest, file, offset).forEach(p -> byNode.put(p.node().uniqueId(), p));
        }
        return List.copyOf(byNode.values());
    }

    /** What it reads, and the names in its SQL that read nothing more: its own last result. */
    private static List<Reference> named(Manifest manifest, Path file) {
        List<Reference> all =
                new ArrayList<>(manifest.file(file).map(ModelFile::references).orElse(List.of()));
        manifest.file(file)
                .flatMap(ModelFile::python)
                .ifPresent(python -> all.addAll(python.sqlNames()));
        return all;
    }

    /** The names of nodes in SQL that the session is given. */
    static Stream<Reference> inSql(Manifest manifest, Path file) {
        return named(manifest, file).stream()
                .filter(reference -> reference.origin() == Reference.Origin.SESSION_SQL);
    }

    /** What a properties file names: its entries, {@code ref('x')} in its texts. */
    private static List<Pointed> named(Manifest manifest, Path file, int offset) {
        List<Pointed> all = new ArrayList<>();
        for (Occurrence occurrence : manifest.occurrencesIn(file)) {
            if (occurrence.span().touches(offset)
                    && occurrence.named() instanceof Occurrence.OfNode of) {
                manifest.node(of.uniqueId())
                        .ifPresent(node -> all.add(new Pointed(occurrence.span(), node)));
            }
        }
        return all;
    }

    private static Optional<Span> origin(Reference reference, int offset) {
        if (reference.origin() == Reference.Origin.SESSION_SQL) {
            return Optional.of(reference.span()).filter(span -> span.touches(offset));
        }
        return reference.names().stream().filter(name -> name.touches(offset)).findFirst();
    }

    /** The file's own node, on the name of its model function. */
    static Optional<Pointed> function(Manifest manifest, Path file, int offset) {
        return manifest.file(file).flatMap(ModelFile::python).map(PythonModel::models).stream()
                .flatMap(List::stream)
                .map(model -> model.name().span())
                .filter(name -> name.touches(offset))
                .findFirst()
                .flatMap(name -> manifest.nodeOf(file).map(node -> new Pointed(name, node)));
    }

    /** As {@link #at}, and on the name of a model function its own node. */
    static List<Pointed> anywhere(Manifest manifest, Path file, int offset) {
        List<Pointed> all = new ArrayList<>(at(manifest, file, offset));
        function(manifest, file, offset).ifPresent(all::add);
        return List.copyOf(all);
    }

    /** The key of {@code config()} at an offset. */
    static Optional<ModelFile.ConfigEntry> configKey(Manifest manifest, Path file, int offset) {
        return manifest.file(file).map(ModelFile::config).stream()
                .flatMap(List::stream)
                .filter(entry -> entry.keySpan().length() > 0)
                .filter(entry -> entry.keySpan().touches(offset))
                .findFirst();
    }
}
