package dev.dvtls.cli;

import dev.dvtls.run.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels at Ctrl-C, and gives what is at work the time to end its programs. */
final class OnInterrupt implements AutoCloseable {
    private static final long TO_END_SECONDS = 20;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private final Cancellation cancellation = new Cancellation();

    private OnInterrupt() {
        this.hook =
                new Thread(
                        () -> {
                            cancellation.cancel();
                            await();
                        },
                        "interrupted");
    }

    static OnInterrupt begin() {
        OnInterrupt on = new OnInterrupt();
        Runtime.getRuntime().addShutdownHook(on.hook);
        return on;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    private void await() {
        try {
            if (!over.await(TO_END_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the program is ending already: that is the hook at work
        }
    }
}
