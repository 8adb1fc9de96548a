package dev.dvtls.project;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds projects and their files on disk. Follows links, never in a circle. */
public final class ProjectFinder {
    private ProjectFinder() {}

    /**
     * The roots of all projects in a folder and below, sorted; nested ones too, those of packages,
     * results and ignored folders not.
     */
    public static List<Path> find(Path folder) {
        TreeSet<Path> roots = new TreeSet<>();
        List<ProjectLayout> enclosing = new ArrayList<>();
        walk(
                folder.toAbsolutePath().normalize(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        enclosing.removeIf(layout -> !dir.startsWith(layout.project().root()));
                        if (leadsUpwards(dir, folder)
                                || ProjectLayout.isForeign(dir)
                                || enclosing.stream().anyMatch(l -> l.isExcludedFolder(dir))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        if (ProjectLayout.isProjectRoot(dir)) {
                            roots.add(dir);
                            enclosing.add(ProjectReader.read(dir).layout());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return List.copyOf(roots);
    }

    /** The project that holds a file or folder: the nearest root at or above it. */
    public static Optional<Path> enclosing(Path place) {
        for (Path at = place.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (ProjectLayout.isProjectRoot(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /**
     * @param files with what they are, sorted by path
     * @param problems folders that cannot be read
     */
    public record Listing(List<Listed> files, List<FileProblem> problems) {}

    public record Listed(Path file, FileKind kind) {}

    /** Everything that a project reads. A project inside the project keeps its own files. */
    public static Listing list(ProjectLayout layout) {
        Project project = layout.project();
        TreeSet<Path> starts = new TreeSet<>(layout.inputs());
        TreeSet<Path> seen = new TreeSet<>();
        List<Listed> files = new ArrayList<>();
        List<FileProblem> problems = new ArrayList<>();
        for (Path start : starts) {
            if (Files.isDirectory(start)) {
                walk(
                        start,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult preVisitDirectory(
                                    Path dir, BasicFileAttributes a) {
                                boolean nested =
                                        !dir.equals(project.root())
                                                && ProjectLayout.isProjectRoot(dir);
                                return nested
                                                || leadsUpwards(dir, project.root())
                                                || layout.isExcludedFolder(dir)
                                        ? FileVisitResult.SKIP_SUBTREE
                                        : FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                                FileKind kind = layout.kindOf(file);
                                if (kind != FileKind.OTHER
                                        && kind != FileKind.PROJECT
                                        && !a.isDirectory()
                                        && !a.isOther() // reading a pipe would wait for ever
                                        && seen.add(file)) {
                                    files.add(new Listed(file, kind));
                                }
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFileFailed(Path file, IOException e) {
                                if (e instanceof java.nio.file.AccessDeniedException) {
                                    problems.add(
                                            FileProblem.of(
                                                    file,
                                                    "The folder may not be read. Check its"
                                                            + " permissions."));
                                }
                                return FileVisitResult.CONTINUE;
                            }
                        });
            }
        }
        files.sort(java.util.Comparator.comparing(Listed::file));
        return new Listing(List.copyOf(files), List.copyOf(problems));
    }

    /** A link to a folder that holds where we came from: following it would read all of a disk. */
    private static boolean leadsUpwards(Path dir, Path from) {
        if (!Files.isSymbolicLink(dir)) {
            return false;
        }
        try {
            return !dir.equals(from) && from.toRealPath().startsWith(dir.toRealPath());
        } catch (IOException e) {
            return true; // a link that leads nowhere
        }
    }

    private static void walk(Path start, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(
                    start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            // The visitor answers every failure itself; what is left is a folder that vanished
            // while it was read, and then there is nothing more to find in it.
            return;
        }
    }
}
