package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.FileLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of a model in a project at a time, in whatever process. */
record ModelLocks(DvtFolder dvt) {
    private static final long LOOK_AGAIN_MILLIS = 100;

    /**
     * @param waiting called once, when another run has it
     */
    FileLocks.Held lock(String model, Cancellation cancellation, Runnable waiting)
            throws IOException, InterruptedException, CancelledException {
        Path file = dvt.folder("locks").resolve(CacheKey.segment(model) + ".lock");
        Optional<FileLocks.Held> held = FileLocks.tryLock(file);
        if (held.isPresent()) {
            return held.get();
        }
        waiting.run();
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            // A lock of another process tells nobody when it is free.
            while (!cancelled.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                held = FileLocks.tryLock(file);
                if (held.isPresent()) {
                    return held.get();
                }
            }
        } finally {
            registration.close();
        }
        throw new CancelledException();
    }
}
