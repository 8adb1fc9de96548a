package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One Python model: extract, execute, load, commit. */
final class PythonRun {
    /**
     * @param relation where the rows are
     */
    record Done(Relation relation, long rows) {}

    private final RunContext run;
    private final Upstreams upstreams;
    private final RunPlan.Step step;
    private final Node model;
    private final ModelConfig config;
    private final String id;
    private final Landing landing;
    private final boolean warmNext;

    /**
     * @param warmNext another model may follow: start its worker while this one computes
     */
    PythonRun(RunContext run, Upstreams upstreams, RunPlan.Step step, boolean warmNext) {
        this.run = run;
        this.upstreams = upstreams;
        this.step = step;
        this.model = step.model();
        this.config = new ModelConfig(model);
        this.id = model.uniqueId();
        this.landing = Landing.of(model, run.target());
        this.warmNext = warmNext;
    }

    Done run() throws ModelFailure, CancelledException, InterruptedException, IOException {
        Optional<Duration> limit =
                run.request().timeout().isPresent() ? run.request().timeout() : config.timeout();
        run.checkCancelled();
        // It imports what every model needs while the upstream is extracted.
        WorkerProcess worker = run.pool().take(run.launch());
        Cancellation.Registration registration = run.cancellation().onCancel(worker::cancel);
        try {
            Optional<CachedRelation> previous = previous();
            boolean incremental =
                    previous.isPresent() && config.isIncremental() && !run.request().fullRefresh();
            List<Given> given = given();
            run.events().accept(new RunEvent.StageStarted(id, Stage.EXECUTE, model.name()));
            Path output = run.work().newFile(".parquet");
            JsonObject message =
                    RunMessage.of(run, model, landing, given, previous, incremental, output);
            Execution execution = new Execution(run, upstreams, model, worker);
            execution.awaitReady();
            if (warmNext) {
                run.pool().warm(run.launch()); // it imports while this model computes
            }
            WorkerMessage.Result result = execution.run(message, limit);
            run.events().accept(new RunEvent.Rows(id, Stage.EXECUTE, result.rows()));
            run.checkCancelled();
            if (result.path().isEmpty()) {
                return new Done(landing.relation(), 0);
            }
            new Loading(run, upstreams, model, landing)
                    .load(
                            new Loading.Frame(result.path().get(), result.rows(), result.columns()),
                            config.uniqueKey(),
                            incremental ? previous : Optional.empty());
            return new Done(landing.relation(), result.rows());
        } finally {
            registration.close();
            worker.close();
        }
    }

    /** A relation that the worker gets with its {@code run} message. */
    record Given(RunPlan.Read read, CachedRelation relation) {}

    private List<Given> given()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        List<Given> given = new ArrayList<>();
        for (RunPlan.Read read : step.reads()) {
            given.add(new Given(read, upstreams.get(id, read.node())));
        }
        return given;
    }

    /** The rows of the last run, where this one may look at them. */
    private Optional<CachedRelation> previous()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        boolean asks =
                step.readsItself() || (config.isIncremental() && !run.request().fullRefresh());
        return asks ? new History(run, upstreams, model, landing).previous() : Optional.empty();
    }
}
