package dev.dvtls.cli;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.ProjectFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project a command works on, and where its profile is. A picocli mixin. */
public final class ProjectOptions {
    @Option(
            names = "--project-dir",
            paramLabel = "DIR",
            description =
                    "Folder of the project. Default: the nearest one with a dbt_project.yml, from"
                            + " the working directory upwards.")
    private @Nullable Path projectDir;

    @Option(
            names = "--profiles-dir",
            paramLabel = "DIR",
            description =
                    "Folder of profiles.yml. Default: DVT_PROFILES_DIR, DBT_PROFILES_DIR, the"
                            + " project, ~/.dvt, ~/.dbt.")
    private @Nullable Path profilesDir;

    public Optional<Path> profilesDir() {
        return Optional.ofNullable(profilesDir);
    }

    /**
     * The root of the project.
     *
     * @throws CommandFailed when there is none
     */
    public Path root() {
        Path given = projectDir;
        if (given == null) {
            Path here = Path.of("").toAbsolutePath();
            return ProjectFinder.enclosing(here)
                    .orElseThrow(
                            () ->
                                    CommandFailed.usage(
                                            "There is no dbt_project.yml in "
                                                    + here
                                                    + " or above it. Go to a project, or name one"
                                                    + " with --project-dir."));
        }
        Path root = given.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw CommandFailed.usage(
                    "The folder " + root + " does not exist. Check --project-dir.");
        }
        return ProjectFinder.enclosing(root)
                .filter(root::equals)
                .orElseThrow(
                        () ->
                                CommandFailed.usage(
                                        "There is no dbt_project.yml in "
                                                + root
                                                + ". Check --project-dir."));
    }

    /** Reads the project. Its problems are in the manifest. */
    public ProjectManifest load() {
        return ProjectLoader.load(root());
    }

    /**
     * Reads the project for a command that cannot do with half of it.
     *
     * @throws CommandFailed naming the file of the project itself that cannot be used
     */
    public ProjectManifest loadUsable() {
        ProjectManifest manifest = load();
        List<Manifest.ProjectProblem> fatal =
                manifest.problems().stream()
                        .filter(p -> p.file().equals(manifest.project().file()))
                        .toList();
        if (!fatal.isEmpty()) {
            throw CommandFailed.usage(
                    fatal.stream().map(ProjectOptions::text).collect(Collectors.joining("\n")));
        }
        return manifest;
    }

    /** {@code file:line:column: message}. */
    public static String text(Manifest.ProjectProblem problem) {
        String place = problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "";
        return problem.file() + place + ": " + problem.message();
    }
}
