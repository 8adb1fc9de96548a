package dev.dvtls.lsp;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An engine that runs until it is cancelled, or the test lets it go on. */
final class HeldEngine implements Engine {
    final AtomicInteger begun = new AtomicInteger();
    final CountDownLatch release = new CountDownLatch(1);
    final CountDownLatch first = new CountDownLatch(1);

    @Override
    public RunEvent.RunFinished run(
            RunRequest request, Consumer<RunEvent> events, Cancellation cancellation)
            throws InterruptedException {
        begun.incrementAndGet();
        first.countDown();
        cancellation.onCancel(release::countDown);
        release.await();
        boolean cancelled = cancellation.isCancelled();
        return new RunEvent.RunFinished(cancelled ? 0 : 1, 0, 0, cancelled, Duration.ofMillis(5));
    }
}
