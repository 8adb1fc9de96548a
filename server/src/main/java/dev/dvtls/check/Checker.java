package dev.dvtls.check;

import dev.dvtls.check.rules.CheckedFile;
import dev.dvtls.check.rules.Rule;
import dev.dvtls.check.rules.Rules;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs every rule. Pure: the same manifest gives the same problems. */
public final class Checker {
    static final Comparator<Problem> IN_SOURCE_ORDER =
            Comparator.comparingInt((Problem p) -> p.span().start())
                    .thenComparingInt(p -> p.span().end())
                    .thenComparing(Problem::code)
                    .thenComparing(Problem::message);

    private Checker() {}

    /** The problems of one model file, in source order; none for a file of a package. */
    public static List<Problem> check(Manifest manifest, Path file) {
        return check(manifest, file, Outside.NOTHING);
    }

    /**
     * @param outside what rules may ask about the machine
     */
    public static List<Problem> check(Manifest manifest, Path file, Outside outside) {
        return manifest.file(file)
                .filter(m -> isOwn(manifest, m))
                .map(m -> check(manifest, m, CheckedFile.duplicatesByFile(manifest), outside))
                .orElse(List.of());
    }

    public static List<Problem> checkAll(
            Manifest manifest, Function<Path, Optional<String>> texts) {
        return checkAll(manifest, texts, Outside.NOTHING, () -> {});
    }

    /**
     * The problems of the whole project, by file, then in source order. Files are checked in
     * parallel.
     *
     * @param texts of the files that are no models (YAML), to place their problems in; empty for a
     *     file that cannot be read
     * @param outside what rules may ask about the machine
     */
    public static List<Problem> checkAll(
            Manifest manifest, Function<Path, Optional<String>> texts, Outside outside) {
        return checkAll(manifest, texts, outside, () -> {});
    }

    /**
     * @param cancelCheck called before each file, from any thread; what it throws ends the check
     */
    public static List<Problem> checkAll(
            Manifest manifest,
            Function<Path, Optional<String>> texts,
            Outside outside,
            Runnable cancelCheck) {
        Map<Path, List<List<Node>>> duplicates = CheckedFile.duplicatesByFile(manifest);
        Stream<Problem> models =
                manifest.files().parallelStream()
                        .filter(m -> isOwn(manifest, m))
                        .flatMap(
                                m -> {
                                    cancelCheck.run();
                                    return check(manifest, m, duplicates, outside).stream();
                                });
        return Stream.concat(models, ProjectFiles.check(manifest, texts).stream())
                .sorted(Comparator.comparing(Problem::file).thenComparing(IN_SOURCE_ORDER))
                .toList();
    }

    private static List<Problem> check(
            Manifest manifest,
            ModelFile model,
            Map<Path, List<List<Node>>> duplicates,
            Outside outside) {
        CheckedFile file = CheckedFile.of(manifest, model, duplicates, outside);
        List<Problem> problems = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            rule.check(file, problems::add);
        }
        List<Problem> left =
                Ignores.applied(problems.stream().distinct().toList(), model).stream()
                        .sorted(IN_SOURCE_ORDER)
                        .toList();
        return RuleSettings.of(manifest.settings()).applied(left);
    }

    /** Packages are read for names to refer to, never diagnosed. */
    private static boolean isOwn(Manifest manifest, ModelFile model) {
        return manifest.nodeOf(model.path())
                .map(n -> n.packageName().equals(manifest.project().name()))
                .orElseGet(() -> !isInPackage(manifest, model.path()));
    }

    static boolean isInPackage(Manifest manifest, Path file) {
        Path root = manifest.project().root();
        if (!file.startsWith(root)) {
            return false;
        }
        String first = root.relativize(file).getName(0).toString();
        return first.equals("dbt_packages") || first.equals("dbt_modules");
    }
}
