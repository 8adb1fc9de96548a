package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * One model's use of a worker, which imports what every model needs while the upstream is
 * extracted.
 */
final class WorkerTurn implements AutoCloseable {
    private final RunContext run;
    private final Node model;
    private final IntSupplier spares;
    private final WorkerProcess worker;
    private final Upstreams upstreams;
    private final Cancellation.Registration registration;

    private WorkerTurn(
            RunContext run,
            Upstreams upstreams,
            Node model,
            IntSupplier spares,
            WorkerProcess worker) {
        this.run = run;
        this.model = model;
        this.spares = spares;
        this.worker = worker;
        this.upstreams = upstreams;
        this.registration = run.cancellation().onCancel(worker::cancel);
    }

    /**
     * @param spares how many workers can be used next: they are started while this one computes
     */
    static WorkerTurn begin(RunContext run, Upstreams upstreams, Node model, IntSupplier spares)
            throws IOException, CancelledException {
        run.checkCancelled();
        return new WorkerTurn(run, upstreams, model, spares, run.pool().take(run.launch()));
    }

    /**
     * @param history that the model may ask for
     */
    WorkerMessage.Result execute(
            JsonObject message, Optional<History> history, Optional<Duration> limit)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        run.events()
                .accept(new RunEvent.StageStarted(model.uniqueId(), Stage.EXECUTE, model.name()));
        Execution execution = new Execution(run, upstreams, model, worker, history);
        execution.awaitReady();
        run.pool().warm(run.launch(), spares.getAsInt());
        WorkerMessage.Result result = execution.run(message, limit);
        run.events().accept(new RunEvent.Rows(model.uniqueId(), Stage.EXECUTE, result.rows()));
        run.checkCancelled();
        return result;
    }

    @Override
    public void close() {
        registration.close();
        worker.close();
    }
}
