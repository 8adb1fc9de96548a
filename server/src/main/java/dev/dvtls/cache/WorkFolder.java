package dev.dvtls.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A run's own folder under {@code .dvt/work}, gone when the run ends; or a server's under another
 * folder of {@code .dvt}. What a killed one left behind is collected when the next opens its own.
 */
public final class WorkFolder implements AutoCloseable {
    private final Path path;
    private final FileLocks.Held held;

    private WorkFolder(Path path, FileLocks.Held held) {
        this.path = path;
        this.held = held;
    }

    public static WorkFolder open(DvtFolder dvt) throws IOException, InterruptedException {
        return in(dvt.folder("work"));
    }

    static WorkFolder in(Path all) throws IOException, InterruptedException {
        return FileLocks.holding(
                all.resolve("lock"),
                () -> {
                    collect(all);
                    String id = UUID.randomUUID().toString().substring(0, 8);
                    Path path = Files.createDirectory(all.resolve(id));
                    return new WorkFolder(path, FileLocks.lock(lockOf(path)));
                });
    }

    /**
     * Removes what killed owners left.
     *
     * @return how many folders it was
     */
    static int collectIn(Path all) throws IOException, InterruptedException {
        return Files.isDirectory(all)
                ? FileLocks.holding(all.resolve("lock"), () -> collect(all))
                : 0;
    }

    public Path path() {
        return path;
    }

    /** A new file's path in the folder; no two are the same. */
    public Path newFile(String suffix) {
        return path.resolve(UUID.randomUUID() + suffix);
    }

    @Override
    public void close() throws IOException {
        held.close();
        AtomicFiles.deleteTree(path);
        Files.deleteIfExists(lockOf(path));
    }

    /** Removes folders whose owner is gone: nobody holds their lock. The caller has the lock. */
    private static int collect(Path all) throws IOException {
        int collected = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, Files::isDirectory)) {
            for (Path folder : folders) {
                Optional<FileLocks.Held> mine = FileLocks.tryLock(lockOf(folder));
                if (mine.isPresent()) {
                    mine.get().close();
                    AtomicFiles.deleteTree(folder);
                    Files.deleteIfExists(lockOf(folder));
                    collected++;
                }
            }
        }
        return collected;
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }
}
