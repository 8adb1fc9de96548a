package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.project.PropertiesReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The entry of a source table that a model reads and no properties file has. */
public final class MissingSource {
    private MissingSource() {}

    /**
     * @param texts of YAML files as they are now
     */
    public static Optional<FileChange> of(
            Manifest manifest,
            ModelFile file,
            Problem problem,
            Function<Path, Optional<String>> texts) {
        if (problem.code() != Code.DVT121) {
            return Optional.empty();
        }
        for (Reference reference : file.references()) {
            if (reference.names().contains(problem.span())
                    && reference.target() instanceof SourceTarget target
                    && manifest.resolve(target) instanceof Manifest.NotFound missing
                    && isName(target.source())
                    && isName(target.table())) {
                return missing.sourceKnown()
                        ? table(manifest, target, texts)
                        : source(manifest, file, target, texts);
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                && !name.matches("(?i)true|false|yes|no|on|off|null|y|n"); // no texts in YAML
    }

    private static Optional<FileChange> table(
            Manifest manifest, SourceTarget target, Function<Path, Optional<String>> texts) {
        // A source without tables is no node: its file is one of the others.
        return Stream.concat(
                        own(manifest)
                                .filter(n -> n.sourceName().equals(Optional.of(target.source()))),
                        own(manifest))
                .map(Node::file)
                .distinct()
                .flatMap(f -> change(manifest, f, target, texts, false).stream())
                .findFirst();
    }

    /** In the nearest file that has sources; where there is none, in a new one. */
    private static Optional<FileChange> source(
            Manifest manifest,
            ModelFile file,
            SourceTarget target,
            Function<Path, Optional<String>> texts) {
        Path folder = folder(file);
        Optional<FileChange> there =
                own(manifest)
                        .map(Node::file)
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(
                                                (Path f) -> folder.relativize(f).getNameCount())
                                        .thenComparing(Comparator.naturalOrder()))
                        .flatMap(f -> change(manifest, f, target, texts, true).stream())
                        .findFirst();
        if (there.isPresent()) {
            return there;
        }
        Path made = folder.resolve("_sources.yml");
        String text =
                "version: 2\n\nsources:\n  - name: %s\n    tables:\n      - name: %s\n"
                        .formatted(target.source(), target.table());
        return texts.apply(made).isPresent()
                ? Optional.empty()
                : Optional.of(
                        FileChange.create(
                                "Create " + shown(manifest, made) + " with " + name(target),
                                made,
                                text));
    }

    private static Optional<FileChange> change(
            Manifest manifest,
            Path yaml,
            SourceTarget target,
            Function<Path, Optional<String>> texts,
            boolean newSource) {
        return texts.apply(yaml)
                .flatMap(
                        text ->
                                (newSource
                                                ? YamlEntry.source(yaml, text, target)
                                                : YamlEntry.table(yaml, text, target))
                                        .filter(edit -> isRead(yaml, text, edit, target)))
                .map(
                        edit ->
                                new FileChange(
                                        "Add " + name(target) + " to " + shown(manifest, yaml),
                                        yaml,
                                        false,
                                        List.of(edit)));
    }

    /** Whether the file says after the edit what it is made for, and all that it said before. */
    private static boolean isRead(Path yaml, String text, Fix.Edit edit, SourceTarget target) {
        String after = new Fix("", List.of(edit)).applied(text);
        long before = tables(yaml, text);
        return PropertiesReader.read(yaml, after).sources().stream()
                        .filter(s -> s.name().text().equals(target.source()))
                        .flatMap(s -> s.tables().stream())
                        .anyMatch(t -> t.name().text().equals(target.table()))
                && tables(yaml, after) == before + 1;
    }

    private static long tables(Path yaml, String text) {
        return PropertiesReader.read(yaml, text).sources().stream()
                .mapToLong(s -> s.tables().size())
                .sum();
    }

    private static Stream<Node> own(Manifest manifest) {
        return manifest.nodes().stream()
                .filter(n -> n.kind() == Node.Kind.SOURCE)
                .filter(n -> n.packageName().equals(manifest.project().name()));
    }

    private static Path folder(ModelFile file) {
        return file.path().resolveSibling(".").normalize();
    }

    private static String name(SourceTarget target) {
        return "the source table " + target.source() + "." + target.table();
    }

    private static String shown(Manifest manifest, Path file) {
        return manifest.project().root().relativize(file).toString().replace('\\', '/');
    }
}
