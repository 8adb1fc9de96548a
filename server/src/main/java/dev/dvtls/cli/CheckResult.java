package dev.dvtls.cli;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one look at the projects found.
 *
 * @param files the models that were looked at
 * @param unusable a project's own file cannot be used
 */
record CheckResult(
        List<ProjectManifest> projects,
        List<Located> located,
        List<Path> files,
        boolean unusable,
        ProjectTexts texts) {

    /** Reads the projects from disk. */
    static CheckResult of(CheckedPlaces places, Predicate<Problem> wanted, Outside outside) {
        List<ProjectManifest> projects = new ArrayList<>();
        List<Located> located = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        ProjectTexts texts = new ProjectTexts();
        boolean unusable = false;
        for (Path root : places.roots()) {
            ProjectManifest manifest = ProjectLoader.load(root);
            projects.add(manifest);
            texts.add(manifest);
            manifest.files().stream().map(f -> f.path()).filter(places::covers).forEach(files::add);
            unusable |=
                    manifest.problems().stream()
                            .anyMatch(p -> p.file().equals(manifest.project().file()));
            for (Problem problem : Checker.checkAll(manifest, texts::of, outside)) {
                if (places.covers(problem.file()) && wanted.test(problem)) {
                    located.add(Located.of(problem, texts.get(problem.file())));
                }
            }
        }
        return new CheckResult(
                List.copyOf(projects), List.copyOf(located), List.copyOf(files), unusable, texts);
    }

    int exitCode() {
        boolean errors = located.stream().anyMatch(l -> l.problem().severity() == Severity.ERROR);
        return unusable ? ExitCode.USAGE : errors ? ExitCode.FAILED : ExitCode.OK;
    }
}
