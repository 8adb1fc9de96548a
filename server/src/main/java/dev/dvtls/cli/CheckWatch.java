package dev.dvtls.cli;

import dev.dvtls.project.ProjectFinder;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.project.ProjectReader;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Waits for files of projects to change. The system tells that something happened in a folder; what
 * happened is seen by comparing the files, so that what is no input of a project wakes nobody.
 * Where the system cannot watch, files are compared each second.
 */
final class CheckWatch implements AutoCloseable {
    /** An editor saves, a checkout writes many files: one check for all of it. */
    private static final long QUIET_MILLIS = 60;

    private static final long POLL_MILLIS = 1_000;

    /** When and how large: enough to tell that it was written. */
    private record Stamp(long modified, long size) {}

    private final List<Path> roots;
    private final CountDownLatch never = new CountDownLatch(1);
    private Optional<WatchService> watcher;
    private Map<Path, Stamp> seen;

    private CheckWatch(List<Path> roots, Optional<WatchService> watcher) {
        this.roots = roots;
        this.watcher = watcher;
        register();
        this.seen = stamps();
    }

    static CheckWatch of(List<Path> roots) {
        Optional<WatchService> watcher;
        try {
            watcher = Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            watcher = Optional.empty();
        }
        return new CheckWatch(roots, watcher);
    }

    /** Returns when a file of a project is not as it was at the last return. */
    void await() throws InterruptedException {
        while (true) {
            if (watcher.isPresent()) {
                drain(watcher.get());
            } else if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
            register();
            Map<Path, Stamp> now = stamps();
            if (!now.equals(seen)) {
                seen = now;
                return;
            }
        }
    }

    private static void drain(WatchService service) throws InterruptedException {
        Optional<WatchKey> key = Optional.of(service.take());
        while (key.isPresent()) {
            key.get().pollEvents();
            key.get().reset();
            key = Optional.ofNullable(service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** Every folder that may hold files of a project; again for new ones, which changes nothing. */
    private void register() {
        for (Path root : roots) {
            ProjectLayout layout = ProjectReader.read(root).layout();
            visit(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes a) {
                            if (layout.isExcludedFolder(folder)) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            return watched(folder)
                                    ? FileVisitResult.CONTINUE
                                    : FileVisitResult.TERMINATE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
    }

    /** False when the system has no more watches to give: then files are compared by the clock. */
    private boolean watched(Path folder) {
        if (watcher.isEmpty()) {
            return false;
        }
        try {
            folder.register(
                    watcher.get(),
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            return true;
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                return true; // gone meanwhile
            }
            close();
            watcher = Optional.empty();
            return false;
        }
    }

    private Map<Path, Stamp> stamps() {
        Map<Path, Stamp> stamps = new HashMap<>();
        for (Path root : roots) {
            ProjectFinder.list(ProjectReader.read(root).layout())
                    .files()
                    .forEach(f -> stamp(f.file(), stamps));
            top(root).forEach(f -> stamp(f, stamps));
        }
        return stamps;
    }

    /** The project's own files, which are no input of a model. */
    private static List<Path> top(Path root) {
        try (Stream<Path> top = Files.list(root)) {
            return top.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            return List.of(); // the root is gone: so are its files
        }
    }

    private static void stamp(Path file, Map<Path, Stamp> stamps) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.put(file, new Stamp(a.lastModifiedTime().to(TimeUnit.NANOSECONDS), a.size()));
        } catch (IOException e) {
            stamps.remove(file); // gone meanwhile
        }
    }

    private static void visit(Path root, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            return; // vanished while it was read: there is nothing more to find in it
        }
    }

    @Override
    public void close() {
        try {
            if (watcher.isPresent()) {
                watcher.get().close();
            }
        } catch (IOException e) {
            return; // the program ends, and its watches with it
        }
    }
}
