package dev.dvtls.run;

import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the models of one run share.
 *
 * @param profile its name
 * @param target where models land
 * @param launch how workers are started
 * @param vars of the project and the request
 */
record RunContext(
        RunRequest request,
        Manifest manifest,
        String profile,
        Connection target,
        RunConnections connections,
        Transfers transfers,
        ParquetCache cache,
        WorkFolder work,
        WorkerPool pool,
        WorkerProcess.Launch launch,
        Map<String, Object> vars,
        Consumer<RunEvent> events,
        Cancellation cancellation) {

    void checkCancelled() throws CancelledException {
        if (cancellation.isCancelled()) {
            throw new CancelledException();
        }
    }
}
