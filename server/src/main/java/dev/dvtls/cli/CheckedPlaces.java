package dev.dvtls.cli;

import dev.dvtls.project.ProjectFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a check looks at.
 *
 * @param roots of the projects, sorted
 * @param only files and folders that problems are shown of; empty for all
 */
record CheckedPlaces(List<Path> roots, List<Path> only) {

    /**
     * @throws CommandFailed when a path does not exist or belongs to no project
     */
    static CheckedPlaces of(List<Path> paths, Optional<Path> projectDir) {
        Path here = Path.of("").toAbsolutePath();
        List<Path> places = new ArrayList<>();
        if (projectDir.isPresent()) {
            Path folder = existing(here, projectDir.get());
            for (Path path : paths) {
                // As the working directory sees it; else as the project does.
                places.add(existing(Files.exists(here.resolve(path)) ? here : folder, path));
            }
            return new CheckedPlaces(inside(folder), places);
        }
        paths.forEach(p -> places.add(existing(here, p)));
        if (places.isEmpty()) {
            return new CheckedPlaces(around(here), List.of());
        }
        TreeSet<Path> roots = new TreeSet<>();
        places.forEach(p -> roots.addAll(around(p)));
        return new CheckedPlaces(List.copyOf(roots), places);
    }

    boolean covers(Path file) {
        return only.isEmpty() || only.stream().anyMatch(file::startsWith);
    }

    private static Path existing(Path here, Path path) {
        Path place = here.resolve(path).normalize();
        if (!Files.exists(place)) {
            throw CommandFailed.usage(
                    "There is no file or folder " + path + ". Check the path to check.");
        }
        return place;
    }

    /** The projects in a folder; else the one that it is in. */
    private static List<Path> around(Path place) {
        List<Path> below = Files.isDirectory(place) ? ProjectFinder.find(place) : List.of();
        Optional<Path> above = ProjectFinder.enclosing(place);
        TreeSet<Path> roots = new TreeSet<>(below);
        above.ifPresent(roots::add);
        if (roots.isEmpty()) {
            throw CommandFailed.usage(
                    "There is no dbt_project.yml in "
                            + place
                            + ", above or below it. Go to a project, or name one with"
                            + " --project-dir.");
        }
        return List.copyOf(roots);
    }

    private static List<Path> inside(Path folder) {
        List<Path> roots = ProjectFinder.find(folder);
        if (roots.isEmpty()) {
            throw CommandFailed.usage(
                    "There is no dbt_project.yml in "
                            + folder
                            + " or below it. Check --project-dir.");
        }
        return roots;
    }
}
