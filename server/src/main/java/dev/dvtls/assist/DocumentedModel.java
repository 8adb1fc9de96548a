package dev.dvtls.assist;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Section;
import dev.dvtls.project.PropertiesReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's entry in a properties file of its folder, with the columns that are known of it; where
 * it has one, the columns that are missing there.
 */
public final class DocumentedModel {
    private final Manifest manifest;
    private final Node node;
    private final List<Node.Column> columns;
    private final Function<Path, Optional<String>> texts;

    private DocumentedModel(
            Manifest manifest,
            Node node,
            List<Node.Column> columns,
            Function<Path, Optional<String>> texts) {
        this.manifest = manifest;
        this.node = node;
        this.columns = columns;
        this.texts = texts;
    }

    /**
     * @param texts of YAML files as they are now
     */
    public static Optional<FileChange> of(
            Manifest manifest,
            KnownColumns known,
            ModelFile file,
            Function<Path, Optional<String>> texts) {
        return manifest.nodeOf(file.path())
                .filter(n -> n.kind() == Node.Kind.MODEL && n.version().isEmpty())
                .filter(n -> n.packageName().equals(manifest.project().name()))
                .flatMap(
                        n ->
                                new DocumentedModel(
                                                manifest, n, known.of(manifest, n).columns(), texts)
                                        .change());
    }

    private Optional<FileChange> change() {
        List<PropertiesFile> there = manifest.describing(Section.MODELS, node.name());
        if (there.isEmpty()) {
            return added();
        }
        return there.size() == 1 && there.get(0).readable()
                ? completed(there.get(0).file())
                : Optional.empty();
    }

    private Optional<FileChange> added() {
        Path folder = node.file().resolveSibling(".").normalize();
        Optional<FileChange> change =
                manifest.properties().stream()
                        .filter(PropertiesFile::readable)
                        .filter(p -> folder.equals(p.file().getParent()))
                        .sorted(
                                Comparator.comparing((PropertiesFile p) -> -models(p))
                                        .thenComparing(PropertiesFile::file))
                        .map(PropertiesFile::file)
                        .flatMap(yaml -> extended(yaml).stream())
                        .findFirst();
        if (change.isPresent()) {
            return change;
        }
        Path made = folder.resolve("_models.yml");
        return texts.apply(made).isPresent()
                ? Optional.empty()
                : Optional.of(
                        FileChange.create(
                                "Create " + shown(made) + " with the model " + what(columns.size()),
                                made,
                                "version: 2\n\n" + YamlEntry.models(node.name(), columns)));
    }

    private static long models(PropertiesFile file) {
        return file.described().stream().filter(d -> d.section() == Section.MODELS).count();
    }

    private Optional<FileChange> extended(Path yaml) {
        return texts.apply(yaml)
                .flatMap(
                        text ->
                                YamlEntry.model(yaml, text, node.name(), columns)
                                        .filter(e -> isRead(yaml, text, e, columns.size()))
                                        .map(
                                                e ->
                                                        change(
                                                                "Add the model "
                                                                        + what(columns.size())
                                                                        + " to ",
                                                                yaml,
                                                                e)));
    }

    private Optional<FileChange> completed(Path yaml) {
        Optional<String> text = texts.apply(yaml);
        List<Described> entries = text.stream().flatMap(t -> entries(yaml, t)).toList();
        if (entries.size() != 1) {
            return Optional.empty();
        }
        Set<String> said =
                entries.get(0).columns().stream()
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        List<Node.Column> missing =
                columns.stream()
                        .filter(c -> !said.contains(c.name().toLowerCase(Locale.ROOT)))
                        .toList();
        int most = said.size() + missing.size();
        String title =
                "Add %s of the model %s to "
                        .formatted(counted(missing.size(), "missing column"), node.name());
        return missing.isEmpty()
                ? Optional.empty()
                : YamlEntry.columns(yaml, text.get(), node.name(), missing)
                        .filter(e -> isRead(yaml, text.get(), e, most))
                        .map(e -> change(title, yaml, e));
    }

    private FileChange change(String title, Path yaml, Fix.Edit edit) {
        return new FileChange(title + shown(yaml), yaml, false, List.of(edit));
    }

    /** Whether the file says after the edit what it is made for, and all that it said before. */
    private boolean isRead(Path yaml, String text, Fix.Edit edit, int wanted) {
        String after = new Fix("", List.of(edit)).applied(text);
        PropertiesFile now = PropertiesReader.read(yaml, after);
        return now.readable()
                && others(PropertiesReader.read(yaml, text)).equals(others(now))
                && entries(yaml, after)
                        .map(d -> d.columns().size())
                        .toList()
                        .equals(List.of(wanted));
    }

    private List<String> others(PropertiesFile file) {
        return Stream.concat(
                        file.described().stream()
                                .map(d -> d.section() + " " + d.name().text())
                                .filter(d -> !d.equals(Section.MODELS + " " + node.name())),
                        file.sources().stream().map(s -> s.name().text() + s.tables().size()))
                .toList();
    }

    private Stream<Described> entries(Path yaml, String text) {
        return PropertiesReader.read(yaml, text).described().stream()
                .filter(d -> d.section() == Section.MODELS)
                .filter(d -> d.name().text().equals(node.name()));
    }

    private String what(int count) {
        return node.name() + (count == 0 ? "" : " and its " + counted(count, "column"));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String shown(Path file) {
        return manifest.project().root().relativize(file).toString().replace('\\', '/');
    }
}
