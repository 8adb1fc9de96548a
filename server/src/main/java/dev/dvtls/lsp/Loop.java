package dev.dvtls.lsp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thread that owns the state. Tasks run in the order in which they were posted. */
final class Loop implements Executor, AutoCloseable {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Consumer<Throwable> onError;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param onError told of a task's exception; the loop goes on
     */
    Loop(Consumer<Throwable> onError) {
        this.onError = onError;
        this.thread = new Thread(this::work, "dvt-ls loop");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Posts the task after a delay. */
    void executeLater(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, this).execute(task);
    }

    /** True when nothing else waits: the moment to act on what a burst of edits left. */
    boolean isIdle() {
        return tasks.isEmpty();
    }

    void assertInside() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("Only the loop touches the state.");
        }
    }

    @Override
    public void close() {
        // Not by interrupting: that would break a message off in the middle.
        closed = true;
        tasks.add(() -> {});
    }

    private void work() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                onError.accept(e);
            }
        }
    }
}
