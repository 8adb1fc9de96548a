package dev.dvtls.run.env;

import dev.dvtls.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs another program to its end, to its time limit or until the run is cancelled. Its output goes
 * to a file, so that no pipe can fill up; its errors do not, as a full disk would swallow them.
 */
public final class Program {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Program() {}

    /** How it ended. */
    public enum End {
        EXITED,
        TIMED_OUT,
        CANCELLED
    }

    /**
     * @param code of the exit; means nothing unless {@link End#EXITED}
     */
    public record Outcome(End end, int code, String out, String err) {
        public boolean succeeded() {
            return end == End.EXITED && code == 0;
        }
    }

    /**
     * @param environment the whole of it: nothing is inherited
     * @param folder where the output files live while it runs
     */
    public static Outcome run(
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Duration limit,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        return run(command, environment, Path.of(""), folder, limit, cancellation);
    }

    /**
     * @param environment the whole of it: nothing is inherited
     * @param start the folder that it is started in
     * @param folder where the output files live while it runs
     */
    public static Outcome run(
            List<String> command,
            Map<String, String> environment,
            Path start,
            Path folder,
            Duration limit,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.directory(start.toAbsolutePath().toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.redirectOutput(out.toFile());
            if (cancellation.isCancelled()) {
                return new Outcome(End.CANCELLED, -1, "", "");
            }
            Process process = builder.start();
            Errors errors = Errors.of(process);
            process.getOutputStream().close();
            End end = await(process, limit, cancellation);
            int code = end == End.EXITED ? process.exitValue() : -1;
            return new Outcome(end, code, read(out), errors.text());
        } finally {
            Files.deleteIfExists(out);
        }
    }

    private static End await(Process process, Duration limit, Cancellation cancellation)
            throws InterruptedException {
        Cancellation.Registration registration =
                cancellation.onCancel(() -> end(process.toHandle()));
        try {
            boolean exited = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return cancellation.isCancelled() ? End.CANCELLED : exited ? End.EXITED : End.TIMED_OUT;
        } finally {
            registration.close();
            if (process.isAlive()) {
                end(process.toHandle());
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Ends a program and all that it started: the parent first, so that it starts no more. */
    public static void end(ProcessHandle process) {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            children = descendants.toList();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** The last of what a program writes to standard error, in memory. */
    private static final class Errors {
        private static final int KEPT = 4 << 20;
        private static final long TO_DRAIN_MILLIS = 2000; // a grandchild may hold the pipe open

        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        private Errors(InputStream stream) {
            reader = new Thread(() -> read(stream), "program-errors");
            reader.setDaemon(true);
        }

        static Errors of(Process process) {
            Errors errors = new Errors(process.getErrorStream());
            errors.reader.start();
            return errors;
        }

        String text() throws InterruptedException {
            reader.join(TO_DRAIN_MILLIS);
            synchronized (text) {
                return text.toString();
            }
        }

        private void read(InputStream stream) {
            char[] piece = new char[8192];
            try (Reader errors = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                for (int n = errors.read(piece); n >= 0; n = errors.read(piece)) {
                    synchronized (text) {
                        text.append(piece, 0, n);
                        if (text.length() > 2 * KEPT) {
                            text.delete(0, text.length() - KEPT);
                        }
                    }
                }
            } catch (IOException e) {
                return; // closed under us: the program was ended
            }
        }
    }
}
