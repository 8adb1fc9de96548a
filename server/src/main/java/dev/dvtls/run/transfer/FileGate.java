package dev.dvtls.run.transfer;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets one writer or many readers into a database file: calls of this process stand in line, and a
 * lock that another program holds is tried again for a while.
 */
final class FileGate {
    private static final Pattern LOCKED =
            Pattern.compile("(?i)could not set lock on file|conflicting lock|database is locked");
    private static final Pattern HOLDER = Pattern.compile("held in (\\S.*? \\(PID \\d+\\))");
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** One line for each file, whichever run it is that wants in. */
    private static final Map<Path, ReentrantReadWriteLock> LINES = new ConcurrentHashMap<>();

    private final Optional<Path> path;
    private final Duration patience;
    private final Transcript transcript;
    private final Cancellation cancellation;

    /**
     * @param path of the file; empty: the database is not one
     * @param transcript hears of a wait
     */
    FileGate(
            Optional<Path> path,
            Duration patience,
            Transcript transcript,
            Cancellation cancellation) {
        this.path = path;
        this.patience = patience;
        this.transcript = transcript;
        this.cancellation = cancellation;
    }

    /** A call that may find the file locked. */
    interface Call<T> {
        T run() throws TransferException, InterruptedException;
    }

    Optional<Path> path() {
        return path;
    }

    boolean exists() {
        return path.isEmpty() || Files.exists(path.get());
    }

    /** As a user reads it. */
    String file() {
        return path.map(Path::toString).orElse("");
    }

    /** Makes the folder that a new file goes into. */
    void prepare() throws TransferException {
        Path folder = path.map(Path::getParent).orElse(null);
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new TransferException(
                        "The folder of " + file() + " could not be made: " + e.getMessage());
            }
        }
    }

    /** With the file to itself. */
    <T> T writing(Call<T> call) throws TransferException, InterruptedException {
        return path.isEmpty() ? call.run() : through(line().writeLock(), call);
    }

    /** Beside others that read. */
    <T> T reading(Call<T> call) throws TransferException, InterruptedException {
        return path.isEmpty() ? call.run() : through(line().readLock(), call);
    }

    private ReentrantReadWriteLock line() {
        return LINES.computeIfAbsent(
                path.orElseThrow().toAbsolutePath().normalize(),
                file -> new ReentrantReadWriteLock(true));
    }

    private <T> T through(Lock line, Call<T> call) throws TransferException, InterruptedException {
        line.lockInterruptibly();
        try {
            return whenFree(call);
        } finally {
            line.unlock();
        }
    }

    private <T> T whenFree(Call<T> call) throws TransferException, InterruptedException {
        Instant start = Instant.now();
        Instant end = start.plus(patience);
        boolean told = false;
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return call.run();
            } catch (TransferException e) {
                if (!isLocked(e)) {
                    throw e;
                }
                if (Instant.now().plus(wait).isAfter(end)) {
                    throw new TransferException(
                            "Another program has "
                                    + file()
                                    + " open; close it there and run again. ("
                                    + e.getMessage()
                                    + ")");
                }
                if (!told && Instant.now().isAfter(start.plus(unnoticed(patience)))) {
                    told = true;
                    transcript.waits(waiting(file(), e.getMessage(), patience));
                }
                await(wait);
                wait = min(wait.multipliedBy(2), LONGEST_WAIT);
            }
        }
    }

    /** Two runs that take turns need no word. */
    static Duration unnoticed(Duration patience) {
        return patience.dividedBy(30);
    }

    /**
     * @param error that may name who has the file
     */
    static String waiting(String file, String error, Duration patience) {
        Matcher holder = HOLDER.matcher(error);
        return (holder.find() ? "Another program, " + holder.group(1) + "," : "Another program")
                + " has "
                + file
                + " open. Waiting until it is free, up to "
                + Math.max(1, patience.toSeconds())
                + " s: close it there.";
    }

    static boolean isLocked(TransferException e) {
        return LOCKED.matcher(e.getMessage()).find();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void await(Duration wait) throws TransferException, InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            if (cancelled.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TransferException("Cancelled.");
            }
        } finally {
            registration.close();
        }
    }
}
