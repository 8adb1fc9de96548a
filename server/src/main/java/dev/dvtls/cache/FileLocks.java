package dev.dvtls.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Exclusive locks on files, between processes and between threads of this one (Java's own file
 * locks throw instead of waiting in that case). A process that dies lets go of its locks.
 */
public final class FileLocks {
    private static final Map<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

    private FileLocks() {}

    /** A lock that is held until closed, by any thread. */
    public static final class Held implements AutoCloseable {
        private final Semaphore semaphore;
        private final FileChannel channel;
        private boolean open = true;

        private Held(Semaphore semaphore, FileChannel channel) {
            this.semaphore = semaphore;
            this.channel = channel;
        }

        @Override
        public synchronized void close() throws IOException {
            if (open) {
                open = false;
                try {
                    channel.close();
                } finally {
                    semaphore.release();
                }
            }
        }
    }

    /** What is done while a lock is held. */
    @FunctionalInterface
    interface Body<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Waits for the lock and does something short under it. */
    static <T> T holding(Path file, Body<T> body) throws IOException, InterruptedException {
        Held held = lock(file);
        try {
            return body.run();
        } finally {
            held.close();
        }
    }

    /** Waits for the lock. */
    public static Held lock(Path file) throws IOException, InterruptedException {
        Semaphore semaphore = semaphore(file);
        semaphore.acquire();
        return inProcess(semaphore, file, false).orElseThrow();
    }

    /** The lock, or empty when somebody holds it. */
    public static Optional<Held> tryLock(Path file) throws IOException {
        Semaphore semaphore = semaphore(file);
        return semaphore.tryAcquire() ? inProcess(semaphore, file, true) : Optional.empty();
    }

    private static Optional<Held> inProcess(Semaphore semaphore, Path file, boolean onlyTry)
            throws IOException {
        boolean held = false;
        FileChannel channel = null;
        try {
            Files.createDirectories(AtomicFiles.parent(file));
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = onlyTry ? channel.tryLock() : channel.lock();
            held = lock != null;
            return held ? Optional.of(new Held(semaphore, channel)) : Optional.empty();
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                semaphore.release();
            }
        }
    }

    private static Semaphore semaphore(Path file) {
        return IN_PROCESS.computeIfAbsent(
                file.toAbsolutePath().normalize(), path -> new Semaphore(1, true));
    }
}
