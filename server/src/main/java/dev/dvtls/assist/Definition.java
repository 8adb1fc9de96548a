package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where words lead: a reference, an imported name.
 *
 * @param origin the words under the cursor that were followed
 * @param place offset in the target file; for a source, of its table in the YAML; 0 for a whole
 *     file
 */
public record Definition(Span origin, Path file, int place) {

    /**
     * The definitions of the words at an offset: several where a loop reads several.
     *
     * @param texts of files that need not exist: helpers are no part of the manifest
     */
    public static List<Definition> at(
            Manifest manifest, Path file, int offset, Function<Path, Optional<String>> texts) {
        List<Pointed> named = Pointed.at(manifest, file, offset);
        List<Pointed> pointed =
                named.isEmpty() ? YamlPointed.at(manifest, file, texts, offset) : named;
        List<Definition> nodes =
                pointed.stream()
                        .map(
                                p ->
                                        new Definition(
                                                p.origin(),
                                                p.node().file(),
                                                place(manifest, p.node())))
                        .toList();
        if (!nodes.isEmpty()) {
            return nodes;
        }
        List<Definition> keys = configKey(manifest, file, offset, texts);
        Path root = manifest.project().root();
        return keys.isEmpty()
                ? manifest.file(file).stream()
                        .flatMap(model -> ImportedName.at(root, model, offset, texts).stream())
                        .toList()
                : keys;
    }

    /** From a key of {@code config()} to where the properties of the model give it. */
    private static List<Definition> configKey(
            Manifest manifest, Path file, int offset, Function<Path, Optional<String>> texts) {
        Optional<ModelFile.ConfigEntry> key = Pointed.configKey(manifest, file, offset);
        Optional<Node> node = key.flatMap(k -> manifest.nodeOf(file));
        if (key.isEmpty() || node.isEmpty()) {
            return List.of();
        }
        return manifest.occurrences(new Occurrence.OfNode(node.get().uniqueId())).stream()
                .filter(o -> o.role() == Occurrence.Role.ENTRY)
                .map(
                        o ->
                                new Definition(
                                        key.get().keySpan(),
                                        o.file(),
                                        texts.apply(o.file())
                                                .flatMap(t -> YamlText.read(o.file(), t).root())
                                                .flatMap(
                                                        root ->
                                                                YamlPlace.configKey(
                                                                        root,
                                                                        o.span().start(),
                                                                        key.get().key()))
                                                .map(Span::start)
                                                .orElse(o.span().start())))
                .toList();
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
