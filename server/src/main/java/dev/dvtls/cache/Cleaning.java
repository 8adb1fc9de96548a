package dev.dvtls.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what runs have left on disk, while no run is at work. */
public final class Cleaning {
    private static final List<String> OF_RUNS =
            List.of("cache", "catalog", "work", "logs", "locks", "previews");

    private final Path dvt;

    /**
     * @param projectDir whose {@code .dvt} it is about
     */
    public Cleaning(Path projectDir) {
        this.dvt = projectDir.toAbsolutePath().normalize().resolve(".dvt");
    }

    /** Something that is gone. */
    public record Removed(Path path, long bytes) {}

    /** A run holds its work folder. */
    public static final class RunAtWork extends Exception {
        private static final long serialVersionUID = 1L;

        RunAtWork() {
            super("A run is at work in this project. Clean when it is over.");
        }
    }

    /**
     * No run can begin meanwhile.
     *
     * @param more folders outside of {@code .dvt}
     * @param all the whole of {@code .dvt}: its environment and tools too
     */
    public List<Removed> clean(List<Path> more, boolean all)
            throws IOException, InterruptedException, RunAtWork {
        List<Removed> removed = new ArrayList<>();
        if (Files.isDirectory(dvt)) {
            removed.addAll(withoutRuns(all));
        }
        for (Path folder : more) {
            remove(folder).ifPresent(removed::add);
        }
        return List.copyOf(removed);
    }

    private List<Removed> withoutRuns(boolean all)
            throws IOException, InterruptedException, RunAtWork {
        Path work = Files.createDirectories(dvt.resolve("work"));
        Path lock = work.resolve("lock");
        List<Removed> removed = new ArrayList<>();
        FileLocks.Held held = FileLocks.lock(lock);
        try {
            refuseRuns(work);
            for (Path child : children(all ? dvt : work)) {
                // A run that begins just now waits for this very file.
                if (!child.equals(lock) && !child.equals(work)) {
                    remove(child).ifPresent(removed::add);
                }
            }
            for (String kind : OF_RUNS) {
                if (!kind.equals("work")) {
                    remove(dvt.resolve(kind)).ifPresent(removed::add);
                }
            }
        } finally {
            held.close();
        }
        if (all) {
            remove(dvt);
        }
        return removed;
    }

    private static void refuseRuns(Path work) throws IOException, RunAtWork {
        for (Path child : children(work)) {
            if (Files.isDirectory(child)) {
                Path its = child.resolveSibling(child.getFileName() + ".lock");
                Optional<FileLocks.Held> mine = FileLocks.tryLock(its);
                if (mine.isEmpty()) {
                    throw new RunAtWork();
                }
                mine.get().close();
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        children.sort(null);
        return children;
    }

    /** A link is removed, not what it leads to. */
    private static Optional<Removed> remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        long bytes = size(path);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFiles.deleteTree(path);
        } else {
            Files.delete(path);
        }
        return Optional.of(new Removed(path, bytes));
    }

    private static long size(Path path) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes[0];
    }
}
