package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.YamlNull;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One model: extract, execute, load, commit. */
final class ModelRun {
    /**
     * @param relation where the rows are
     */
    record Done(Relation relation, long rows) {}

    private final RunContext run;
    private final Upstreams upstreams;
    private final RunPlan.Step step;
    private final Node model;
    private final String id;
    private final Relation relation;
    private final List<String> uniqueKey;
    private final boolean warmNext;

    /**
     * @param warmNext another model may follow: start its worker while this one computes
     */
    ModelRun(RunContext run, Upstreams upstreams, RunPlan.Step step, boolean warmNext) {
        this.run = run;
        this.upstreams = upstreams;
        this.step = step;
        this.model = step.model();
        this.id = model.uniqueId();
        this.relation = Relations.of(model, run.target());
        this.uniqueKey = names(model.config().get("unique_key"));
        this.warmNext = warmNext;
    }

    Done run() throws ModelFailure, CancelledException, InterruptedException, IOException {
        Optional<Duration> limit = timeout();
        run.checkCancelled();
        // It imports what every model needs while the upstream is extracted.
        WorkerProcess worker = run.pool().take(run.launch());
        Cancellation.Registration registration = run.cancellation().onCancel(worker::cancel);
        try {
            Optional<CachedRelation> previous = previous();
            boolean incremental =
                    previous.isPresent() && isIncremental() && !run.request().fullRefresh();
            List<Given> given = given();
            run.events().accept(new RunEvent.StageStarted(id, Stage.EXECUTE, model.name()));
            Path output = run.work().newFile(".parquet");
            JsonObject message =
                    RunMessage.of(
                            run, model, relation, given, previous, incremental, uniqueKey, output);
            Execution execution = new Execution(run, upstreams, model, worker);
            execution.awaitReady();
            if (warmNext) {
                run.pool().warm(run.launch()); // it imports while this model computes
            }
            WorkerMessage.Result result = execution.run(message, limit);
            run.events().accept(new RunEvent.Rows(id, Stage.EXECUTE, result.rows()));
            run.checkCancelled();
            if (result.path().isEmpty()) {
                return new Done(relation, 0);
            }
            return loaded(result, result.path().get(), incremental ? previous : Optional.empty());
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

    private boolean isIncremental() {
        return model.materialized().equals("incremental");
    }

    /** The rows of the last run, where this one may look at them. */
    private Optional<CachedRelation> previous()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        boolean asks = step.readsItself() || (isIncremental() && !run.request().fullRefresh());
        if (!asks) {
            return Optional.empty();
        }
        try {
            run.events()
                    .accept(
                            new RunEvent.StageStarted(
                                    id, Stage.EXTRACT, "looking for " + relation.display()));
            if (run.transfers().find(run.target(), relation).isEmpty()) {
                return Optional.empty();
            }
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "extract-failed",
                    "Whether "
                            + relation.display()
                            + " exists on '"
                            + run.target().name()
                            + "' could not be found out: "
                            + ConnectionTrouble.explained(e.getMessage(), run.target()));
        }
        return Optional.of(upstreams.previous(model, relation));
    }

    /**
     * @param history of an incremental run that adds to it; empty: the table is replaced
     */
    private Done loaded(WorkerMessage.Result result, Path parquet, Optional<CachedRelation> history)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        run.events().accept(new RunEvent.StageStarted(id, Stage.LOAD, relation.display()));
        Mode mode =
                history.isEmpty() ? Mode.REPLACE : uniqueKey.isEmpty() ? Mode.APPEND : Mode.UPSERT;
        String loadId = UUID.randomUUID().toString();
        try {
            run.transfers()
                    .load(
                            run.target(),
                            relation,
                            new Load(
                                    parquet,
                                    result.rows(),
                                    result.columns(),
                                    mode,
                                    uniqueKey,
                                    loadId,
                                    mode == Mode.APPEND));
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "load-failed",
                    "The result of '"
                            + model.name()
                            + "' could not be loaded into "
                            + relation.display()
                            + ": "
                            + ConnectionTrouble.explained(e.getMessage(), run.target()));
        }
        run.events().accept(new RunEvent.Rows(id, Stage.LOAD, result.rows()));
        run.events().accept(new RunEvent.StageStarted(id, Stage.COMMIT, "cache"));
        commit(
                new NewData(parquet, result.rows(), Upstreams.cached(result.columns())),
                loadId,
                history);
        return new Done(relation, result.rows());
    }

    /** The rows are on the target: a cache that cannot keep them is no failure, it is dropped. */
    private void commit(NewData data, String loadId, Optional<CachedRelation> history)
            throws InterruptedException {
        CacheKey key = upstreams.key(run.target().name(), model);
        try {
            Optional<CachedRelation> kept =
                    history.isEmpty()
                            ? Optional.of(
                                    run.cache()
                                            .replace(
                                                    key,
                                                    Relations.origin(run.target(), relation),
                                                    loadId,
                                                    data))
                            : run.cache().add(key, history.get(), loadId, uniqueKey, data);
            if (kept.isEmpty()) {
                run.cache().drop(key); // another process changed it: the next run reads the target
                return;
            }
            run.cache().pin(key, run.work()).ifPresent(relation -> upstreams.made(model, relation));
        } catch (IOException e) {
            try {
                run.cache().drop(key);
            } catch (IOException stillThere) {
                e.addSuppressed(stillThere);
            }
            run.events()
                    .accept(
                            new RunEvent.Warning(
                                    id,
                                    "The rows are loaded, but the cache could not keep them: "
                                            + e.getMessage()));
        }
    }

    private Optional<Duration> timeout() throws ModelFailure {
        if (run.request().timeout().isPresent()) {
            return run.request().timeout();
        }
        Object seconds = model.config().get("timeout");
        if (seconds == null || seconds == YamlNull.NULL) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(seconds.toString());
            if (value > 0 && Double.isFinite(value)) {
                return Optional.of(Duration.ofMillis((long) (value * 1000)));
            }
        } catch (NumberFormatException e) {
            throw badTimeout(seconds);
        }
        throw badTimeout(seconds);
    }

    private ModelFailure badTimeout(Object value) {
        return ModelFailure.of(
                "bad-config",
                "timeout="
                        + value
                        + " in the config of '"
                        + model.name()
                        + "' is no time. Give seconds, like timeout=60.");
    }

    private static List<String> names(@org.jspecify.annotations.Nullable Object value) {
        if (value == null || value == YamlNull.NULL) {
            return List.of();
        }
        return value instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }
}
