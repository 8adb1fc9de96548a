package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** One Python model: extract, execute, load, commit. */
record PythonRun(
        RunContext run,
        Upstreams upstreams,
        RunPlan.Step step,
        Landing landing,
        IntSupplier spares) {

    Done execute() throws ModelFailure, CancelledException, InterruptedException, IOException {
        Node model = step.node();
        try (WorkerTurn worker = WorkerTurn.begin(run, upstreams, model, spares)) {
            Computed computed = compute(worker, false);
            return new Loading(run, upstreams, model, landing)
                    .load(
                            computed.result(),
                            new ModelConfig(model).uniqueKey(),
                            computed.history());
        }
    }

    /**
     * @param history that the rows add to; empty: they are the whole table
     */
    record Computed(WorkerMessage.Result result, Optional<History> history) {}

    /**
     * The model's rows; nothing is loaded.
     *
     * @param emptyIsRight no rows are no failure, whatever the config says
     */
    Computed compute(WorkerTurn worker, boolean emptyIsRight)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        Node model = step.node();
        ModelConfig config = new ModelConfig(model);
        Optional<Debugged> debugged = run.debugged().filter(one -> one.is(model));
        Optional<java.time.Duration> limit = config.timeout(run.request());
        Optional<History> history = history(config);
        boolean incremental = history.isPresent() && adds(config);
        List<Given> given = new ArrayList<>();
        for (RunPlan.Read read : step.reads()) {
            given.add(Given.of(read.target(), read.node(), upstreams.get(model, read.node())));
        }
        JsonObject message =
                RunMessage.of(
                        run,
                        model,
                        landing,
                        given,
                        history,
                        incremental,
                        run.work().newFile(".parquet"));
        debugged.ifPresent(one -> message.add("debug", one.message()));
        if (emptyIsRight) {
            message.addProperty("allowEmpty", true);
        }
        return new Computed(
                worker.execute(
                        message,
                        history,
                        // Time stands still for one who looks at variables.
                        limit.filter(l -> debugged.isEmpty())),
                incremental ? history : Optional.empty());
    }

    private boolean adds(ModelConfig config) {
        return config.isIncremental() && !config.fullRefresh(run.request());
    }

    /**
     * The model's table, where it is there and this run may look at it; on fixtures it is not. Its
     * rows are in hand when the text names them or the cache has them; else they are brought when
     * the model asks.
     */
    private Optional<History> history(ModelConfig config)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        if (run.request().onFixtures() || (!adds(config) && !step.readsItself())) {
            return Optional.empty();
        }
        History history = new History(run, upstreams, step.node(), landing);
        Optional<CachedRelation> rows = step.readsItself() ? history.previous() : history.known();
        return rows.isPresent() || history.existing().isPresent()
                ? Optional.of(history)
                : Optional.empty();
    }
}
