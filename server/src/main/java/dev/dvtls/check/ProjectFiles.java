package dev.dvtls.check;

import dev.dvtls.check.rules.PropertiesProblems;
import dev.dvtls.check.rules.SettingsProblems;
import dev.dvtls.check.rules.YamlKeyProblems;
import dev.dvtls.check.rules.YamlReferences;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Manifest.ProjectProblem;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.OddKeys;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.SettingsFile;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Problems of files that are no models: the project's YAML, seeds, snapshots. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /**
     * @param texts of those files, to place the problems in
     */
    public static List<Problem> check(Manifest manifest, Function<Path, Optional<String>> texts) {
        Map<Path, List<Problem>> byFile = new LinkedHashMap<>();
        List<Problem> all = new ArrayList<>(known(manifest, texts));
        manifest.properties().forEach(p -> all.addAll(ofProperties(manifest, p)));
        all.addAll(ofSettings(manifest, texts));
        Path project = manifest.project().file();
        texts.apply(project).ifPresent(text -> all.addAll(ofProject(project, text)));
        all.forEach(p -> byFile.computeIfAbsent(p.file(), f -> new ArrayList<>()).add(p));
        manifest.properties().forEach(p -> byFile.putIfAbsent(p.file(), List.of()));
        List<Problem> left = new ArrayList<>();
        byFile.forEach((file, problems) -> left.addAll(applied(manifest, file, problems, texts)));
        return left;
    }

    /** The problems of one such file. */
    public static List<Problem> check(Manifest manifest, Path file, String text) {
        Function<Path, Optional<String>> texts = f -> Optional.of(text);
        List<Problem> problems = new ArrayList<>();
        known(manifest, texts).stream().filter(p -> p.file().equals(file)).forEach(problems::add);
        manifest.properties(file)
                .filter(p -> !Checker.isInPackage(manifest, file))
                .ifPresent(p -> problems.addAll(ofProperties(manifest, p)));
        if (file.equals(manifest.settings().file())) {
            problems.addAll(ofSettings(manifest, texts));
        } else if (file.equals(manifest.project().file())) {
            problems.addAll(ofProject(file, text));
        }
        return applied(manifest, file, problems, texts).stream()
                .sorted(Checker.IN_SOURCE_ORDER)
                .toList();
    }

    private static List<Problem> applied(
            Manifest manifest,
            Path file,
            List<Problem> problems,
            Function<Path, Optional<String>> texts) {
        boolean comments = String.valueOf(file.getFileName()).matches(".*\\.(ya?ml|toml)");
        String text = comments ? texts.apply(file).orElse("") : "";
        return RuleSettings.of(manifest.settings())
                .applied(comments ? Ignores.applied(problems, file, text) : problems);
    }

    private static List<Problem> ofProperties(Manifest manifest, PropertiesFile file) {
        List<Problem> problems = new ArrayList<>(PropertiesProblems.check(manifest, file));
        problems.addAll(YamlReferences.check(manifest, file));
        problems.addAll(YamlKeyProblems.check(file.file(), file.oddKeys()));
        return problems;
    }

    private static List<Problem> ofProject(Path file, String text) {
        return YamlText.read(file, text)
                .root()
                .map(root -> OddKeys.in(YamlKeys.PROJECT, root, text))
                .map(keys -> YamlKeyProblems.check(file, keys))
                .orElse(List.of());
    }

    private static List<Problem> ofSettings(
            Manifest manifest, Function<Path, Optional<String>> texts) {
        SettingsFile settings = manifest.settings();
        boolean nothing =
                settings.rules().isEmpty()
                        && settings.others().isEmpty()
                        && settings.problems().isEmpty();
        return nothing
                ? List.of()
                : SettingsProblems.check(
                        settings, texts.apply(settings.file()).orElse(""), RuleSettings.words());
    }

    /** What was found when the project was read, and nodes of one name. */
    private static List<Problem> known(Manifest manifest, Function<Path, Optional<String>> texts) {
        List<Problem> problems = new ArrayList<>();
        for (ProjectProblem problem : manifest.problems()) {
            problems.add(
                    new Problem(
                            problem.file(),
                            place(problem, texts.apply(problem.file()).orElse("")),
                            Code.PROJECT_ERROR,
                            Code.PROJECT_ERROR.severity(),
                            problem.message(),
                            "",
                            List.of(),
                            List.of()));
        }
        for (List<Node> group : manifest.duplicates()) {
            for (int i = 0; i < group.size(); i++) {
                Node node = group.get(i);
                boolean own = node.packageName().equals(manifest.project().name());
                if (own && manifest.file(node.file()).isEmpty()) {
                    // Two definitions on one place are equal: told apart by their position.
                    List<Node> others = new ArrayList<>(group);
                    others.remove(i);
                    problems.add(duplicate(manifest, node, others));
                }
            }
        }
        return problems;
    }

    private static Problem duplicate(Manifest manifest, Node node, List<Node> others) {
        String name = node.sourceName().map(s -> s + "." + node.name()).orElse(node.name());
        Path root = manifest.project().root();
        Path other = others.get(0).file();
        String where = (other.startsWith(root) ? root.relativize(other) : other).toString();
        String word = others.get(0).kind().word();
        return new Problem(
                node.file(),
                place(node),
                Code.DUPLICATE_NODE,
                Code.DUPLICATE_NODE.severity(),
                "Two nodes are named '"
                        + name
                        + "': this "
                        + node.kind().word()
                        + (other.equals(node.file())
                                ? " and another " + word + " in this file."
                                : " and the " + word + " in '" + where.replace('\\', '/') + "'."),
                isInText(node) ? "Remove one of the two definitions." : "Rename one of the files.",
                List.of(),
                others.stream()
                        .map(
                                n ->
                                        new Problem.Related(
                                                n.file(),
                                                place(n),
                                                "'" + name + "' is defined here too"))
                        .toList());
    }

    private static boolean isInText(Node node) {
        return node.place() > 0;
    }

    private static Span place(Node node) {
        return isInText(node)
                ? new Span(node.place(), node.place() + node.name().length())
                : Span.NONE;
    }

    /** From the column to the end of the line; the first line when no line is known. */
    private static Span place(ProjectProblem problem, String text) {
        LineIndex lines = LineIndex.of(text);
        int line = Math.min(Math.max(problem.line() - 1, 0), lines.lineCount() - 1);
        int start =
                lines.offset(
                        new LineIndex.Position(line, Math.max(problem.column() - 1, 0)),
                        Encoding.UTF_32);
        int end = lines.lineEnd(line);
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, Math.max(start, end));
    }
}
