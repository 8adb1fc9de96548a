package dev.dvtls.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code dbt_project.yml} (or {@code dvt_project.yml}) and {@code .dbtignore}. */
public final class ProjectReader {
    /**
     * @param layout always there: what cannot be read has dbt's defaults
     */
    public record Result(ProjectLayout layout, List<FileProblem> problems) {}

    private final Path file;
    private final List<FileProblem> problems = new ArrayList<>();

    private ProjectReader(Path file) {
        this.file = file;
    }

    /**
     * @param folder the project's root
     */
    public static Result read(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        Path file =
                ProjectLayout.PROJECT_FILES.stream()
                        .map(root::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElse(root.resolve(ProjectLayout.PROJECT_FILES.get(0)));
        return new ProjectReader(file).read();
    }

    /** Reads a project file from a text that may differ from what is on disk. */
    public static Result read(Path file, String text) {
        return new ProjectReader(file).of(text);
    }

    private Result read() {
        FileText read = FileText.read(file);
        read.problem().ifPresent(problems::add);
        return of(read.text().orElse(""));
    }

    private Result of(String text) {
        YamlText.Result yaml = YamlText.read(file, text);
        problems.addAll(yaml.problems());
        YamlNode root = yaml.root().orElse(empty());
        if (!(root instanceof YamlNode.Mapping)) {
            problems.add(
                    new FileProblem(
                            file,
                            1,
                            1,
                            "A project file holds keys and values: start with `name:`."));
            root = empty();
        }
        if (problems.isEmpty() && root.at("name").flatMap(YamlNode::string).isEmpty()) {
            problems.add(
                    new FileProblem(
                            file, 1, 1, "The project has no name: add `name: my_project`."));
        }
        return new Result(new ProjectLayout(project(root), ignoreRules()), List.copyOf(problems));
    }

    private Project project(YamlNode root) {
        Path folder = parent(file);
        Path folderName = folder.getFileName();
        return new Project(
                folder,
                file,
                root.at("name")
                        .flatMap(YamlNode::string)
                        .orElse(folderName == null ? "project" : folderName.toString()),
                root.at("profile").flatMap(YamlNode::string).orElse(""),
                paths(root, "model-paths", "source-paths", "models"),
                paths(root, "seed-paths", "data-paths", "seeds"),
                paths(root, "snapshot-paths", "snapshot-paths", "snapshots"),
                paths(root, "macro-paths", "macro-paths", "macros"),
                docPaths(root),
                path(root, "target-path", "target"),
                tree(root, "vars"),
                tree(root, "models"),
                tree(root, "seeds"),
                tree(root, "snapshots"),
                tree(root, "sources"),
                path(root, "packages-install-path", "dbt_packages"),
                hooks(root),
                root.at("dispatch").map(YamlNode::plain).orElse(List.of()) instanceof List<?> orders
                        ? List.copyOf(orders)
                        : List.of());
    }

    /**
     * @param oldKey dbt's word before 1.0
     */
    private static List<String> paths(YamlNode root, String key, String oldKey, String byDefault) {
        List<String> paths =
                root.at(key).or(() -> root.at(oldKey)).map(YamlNode::strings).orElse(List.of());
        List<String> known =
                paths.stream()
                        .filter(p -> !YamlNode.isTemplate(p))
                        .map(p -> p.replace('\\', '/'))
                        .toList();
        return known.isEmpty() ? List.of(byDefault) : known;
    }

    /** Where nothing is said: beside everything else, as in dbt. */
    private static List<String> docPaths(YamlNode root) {
        return root.at("docs-paths").isPresent()
                ? paths(root, "docs-paths", "docs-paths", "docs")
                : Stream.of(
                                paths(root, "model-paths", "source-paths", "models"),
                                paths(root, "seed-paths", "data-paths", "seeds"),
                                paths(root, "snapshot-paths", "snapshot-paths", "snapshots"),
                                paths(root, "macro-paths", "macro-paths", "macros"),
                                paths(root, "analysis-paths", "analysis-paths", "analyses"))
                        .flatMap(List::stream)
                        .toList();
    }

    private static String path(YamlNode root, String key, String byDefault) {
        return root.at(key)
                .flatMap(YamlNode::string)
                .filter(p -> !YamlNode.isTemplate(p) && !p.isBlank())
                .map(p -> p.replace('\\', '/'))
                .orElse(byDefault);
    }

    private static List<String> hooks(YamlNode root) {
        return Stream.of("on-run-start", "on-run-end")
                .filter(
                        key ->
                                root.at(key)
                                        .map(YamlNode::plain)
                                        .map(ConfigMerge::list)
                                        .filter(hooks -> !hooks.isEmpty())
                                        .isPresent())
                .toList();
    }

    private static Map<String, Object> tree(YamlNode root, String key) {
        return root.at(key).map(YamlNode::plainMap).orElse(Map.of());
    }

    private static YamlNode empty() {
        return new YamlNode.Mapping(dev.dvtls.text.Span.NONE, List.of());
    }

    private IgnoreRules ignoreRules() {
        Path ignore = parent(file).resolve(ProjectLayout.IGNORE_FILE);
        if (!Files.isRegularFile(ignore)) {
            return IgnoreRules.NONE;
        }
        FileText read = FileText.read(ignore);
        read.problem().ifPresent(problems::add);
        return read.text().map(IgnoreRules::of).orElse(IgnoreRules.NONE);
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().normalize().getParent()).orElse(file);
    }
}
