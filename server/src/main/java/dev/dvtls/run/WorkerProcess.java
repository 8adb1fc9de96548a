package dev.dvtls.run;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A CPython process that runs one model and ends. Two threads of its own read what it writes and
 * put it into one queue; {@link #next} takes from it.
 */
final class WorkerProcess implements AutoCloseable {
    private static final int KEPT_ERROR_LINES = 40;
    private static final long TO_DRAIN_MILLIS = 2000;

    /**
     * How a worker is started. Two that are equal are the same worker to a model.
     *
     * @param home the folder that holds the {@code dvt_worker} package
     * @param environment all of it
     */
    record Launch(Path python, Path home, Path directory, Map<String, String> environment) {
        @Override
        public String toString() {
            return "Launch[" + python + "]"; // the environment holds secrets
        }
    }

    private final Process process;
    private final OutputStream toWorker;
    private final BlockingQueue<WorkerMessage> messages = new LinkedBlockingQueue<>();
    private final Deque<String> lastErrorLines = new ArrayDeque<>();
    private final CompletableFuture<Void> ended;

    private WorkerProcess(Process process) {
        this.process = process;
        this.toWorker = process.getOutputStream();
        this.ended = read();
    }

    static WorkerProcess start(Launch launch) throws IOException {
        ProcessBuilder builder =
                // By its folder: with -m the project's folder, and a dvt_worker.py there, come
                // first.
                new ProcessBuilder(
                                launch.python().toString(),
                                launch.home().resolve("dvt_worker").toString())
                        .directory(launch.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        builder.environment().merge("PYTHONPATH", launch.home().toString(), WorkerProcess::first);
        return new WorkerProcess(builder.start());
    }

    private static String first(String others, String home) {
        return home + java.io.File.pathSeparator + others;
    }

    void send(JsonObject message) throws IOException {
        toWorker.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        toWorker.flush();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * The next message; waits for it.
     *
     * @param limit how long; empty: for ever
     */
    WorkerMessage next(Optional<Duration> limit) throws InterruptedException {
        if (limit.isEmpty()) {
            return messages.take();
        }
        WorkerMessage message =
                messages.poll(Math.max(0, limit.get().toMillis()), TimeUnit.MILLISECONDS);
        return message == null ? new WorkerMessage.TimedOut() : message;
    }

    /** Ends it at once with its children; {@link #next} then gives {@code Cancelled}. */
    void cancel() {
        messages.add(new WorkerMessage.Cancelled());
        if (!ended.isDone()) {
            ProcessTree.end(process);
        }
    }

    /** Ends it with its children, whatever it does, and waits until it is gone. */
    @Override
    public void close() {
        if (!ended.isDone()) {
            ProcessTree.end(process);
            ended.join();
        }
    }

    private CompletableFuture<Void> read() {
        Thread errors =
                thread(
                        "errors",
                        process.getErrorStream(),
                        line -> {
                            keepErrorLine(line);
                            messages.add(new WorkerMessage.Output(true, line));
                        });
        Thread lines =
                thread(
                        "messages",
                        process.getInputStream(),
                        line -> messages.add(WorkerMessage.parse(line)));
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread end = new Thread(() -> end(lines, errors, over), "worker-" + process.pid() + "-end");
        end.setDaemon(true);
        end.start();
        return over;
    }

    /** Waits for the process; what it wrote last comes before the news of its end. */
    private void end(Thread lines, Thread errors, CompletableFuture<Void> over) {
        try {
            int exitCode = process.waitFor();
            // A child that inherited the pipes would keep them open.
            ProcessTree.endGroup(process.pid());
            lines.join(TO_DRAIN_MILLIS);
            errors.join(TO_DRAIN_MILLIS);
            messages.add(new WorkerMessage.Ended(exitCode, errorLines()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            over.complete(null);
        }
    }

    private Thread thread(String what, InputStream stream, Consumer<String> onLine) {
        Thread thread =
                new Thread(() -> lines(stream, onLine), "worker-" + process.pid() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void lines(InputStream stream, Consumer<String> onLine) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                onLine.accept(line);
            }
        } catch (IOException e) {
            return; // closed under us: the worker is gone, and `Ended` says so
        }
    }

    private void keepErrorLine(String line) {
        synchronized (lastErrorLines) {
            lastErrorLines.addLast(line);
            if (lastErrorLines.size() > KEPT_ERROR_LINES) {
                lastErrorLines.removeFirst();
            }
        }
    }

    private List<String> errorLines() {
        synchronized (lastErrorLines) {
            return List.copyOf(lastErrorLines);
        }
    }
}
