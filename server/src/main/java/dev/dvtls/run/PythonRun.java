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
            Optional<History> history = history();
            boolean incremental =
                    history.isPresent() && config.isIncremental() && !run.request().fullRefresh();
            List<Given> given = given();
            run.events().accept(new RunEvent.StageStarted(id, Stage.EXECUTE, model.name()));
            Path output = run.work().newFile(".parquet");
            JsonObject message =
                    RunMessage.of(run, model, landing, given, history, incremental, output);
            Execution execution = new Execution(run, upstreams, model, worker, history);
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
                            incremental ? history : Optional.empty());
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

    /**
     * The model's table, where it is there and this run may look at it. Its rows are in hand when
     * the text names them or the cache has them; else they are brought when the model asks.
     */
    private Optional<History> history()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        boolean adds = config.isIncremental() && !run.request().fullRefresh();
        if (!adds && !step.readsItself()) {
            return Optional.empty();
        }
        History history = new History(run, upstreams, model, landing);
        Optional<CachedRelation> rows = step.readsItself() ? history.previous() : history.known();
        return rows.isPresent() || history.existing().isPresent()
                ? Optional.of(history)
                : Optional.empty();
    }
}
