package dev.dvtls.lsp;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Threads that do not keep the server alive. */
final class Daemons {
    private Daemons() {}

    /** As the executor; a task that breaks off is told of, as nobody waits for its outcome. */
    static Executor telling(Executor executor, Consumer<Throwable> failed) {
        return task ->
                executor.execute(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException | Error e) {
                                failed.accept(e);
                            }
                        });
    }

    /** They have the name and a number. */
    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + " " + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
