package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

/** One SQL model: inside its database where all that it reads lives, else over the cache. */
record SqlRun(
        RunContext run,
        Upstreams upstreams,
        RunPlan.Step step,
        Landing landing,
        IntSupplier spares) {
    private static final Set<String> MATERIALIZED = Set.of("view", "table", "incremental");

    Done execute() throws ModelFailure, CancelledException, InterruptedException, IOException {
        Node model = step.node();
        ModelConfig config = new ModelConfig(model);
        if (!MATERIALIZED.contains(model.materialized())) {
            throw ModelFailure.of(
                    "bad-config",
                    "materialized='"
                            + model.materialized()
                            + "' of '"
                            + model.name()
                            + "' is not built here. Use view, table, incremental or ephemeral.");
        }
        Optional<History> history = history();
        Compiling.Query query = compile(history.isPresent());
        for (Node read : query.compiled().reads()) {
            upstreams.await(model, read);
        }
        return query.inside().isPresent()
                ? inside(config, query.compiled(), history.isPresent())
                : overCache(config, query, history);
    }

    /** Its table, when this run adds to it; never on fixtures. */
    Optional<History> history() throws ModelFailure, CancelledException, InterruptedException {
        if (run.request().onFixtures()) {
            return Optional.empty();
        }
        ModelConfig config = new ModelConfig(step.node());
        History history = new History(run, upstreams, step.node(), landing);
        boolean adds = config.isIncremental() && !config.fullRefresh(run.request());
        return adds && history.existing().filter(SqlRun::isTable).isPresent()
                ? Optional.of(history)
                : Optional.empty();
    }

    Compiling.Query compile(boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        return new Compiling(run)
                .compile(
                        step.node(),
                        step.way() instanceof RunPlan.Way.Inside && !run.request().onFixtures()
                                ? Optional.of(landing.connection())
                                : Optional.empty(),
                        incremental);
    }

    private static boolean isTable(Existing existing) {
        return !existing.view();
    }

    private Done inside(ModelConfig config, Compiled compiled, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        Node model = step.node();
        run.checkCancelled();
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model.uniqueId(),
                                Stage.EXECUTE,
                                landing.display() + " inside " + landing.connection().name()));
        Mode mode =
                !incremental
                        ? Mode.REPLACE
                        : config.uniqueKey().isEmpty() ? Mode.APPEND : Mode.UPSERT;
        Build build =
                model.materialized().equals("view")
                        ? new Build.View(compiled.sql())
                        : new Build.Table(
                                compiled.sql(),
                                mode,
                                config.uniqueKey(),
                                UUID.randomUUID().toString(),
                                config.isIncremental());
        try {
            long rows =
                    run.transfers()
                            .build(landing.connection(), landing.relation(), build)
                            .orElse(Done.NOT_COUNTED);
            upstreams.changed(model);
            return new Done(landing, rows);
        } catch (TransferException e) {
            run.checkCancelled();
            for (Node read : compiled.reads()) {
                if (upstreams.isMissing(read)) {
                    throw upstreams.missing(read);
                }
            }
            throw refused(e.getMessage(), compiled);
        }
    }

    private ModelFailure refused(String reason, Compiled compiled) {
        Node model = step.node();
        OptionalInt told = SqlPlace.told(reason);
        String text = run.manifest().file(model.file()).map(ModelFile::text).orElse("");
        OptionalInt line =
                told.isPresent() ? SqlPlace.inSource(compiled.sql(), told.getAsInt(), text) : told;
        return new ModelFailure(
                new RunEvent.Failure(
                        "sql-failed",
                        "SQL model '"
                                + model.name()
                                + "' could not be built as "
                                + landing.display()
                                + ": "
                                + ConnectionTrouble.explained(reason, landing.connection())
                                + " The compiled SQL is "
                                + compiled.file()
                                + (told.isPresent() ? ":" + told.getAsInt() : "")
                                + ".",
                        Optional.of(model.file()),
                        line.orElse(0),
                        0,
                        line.orElse(0),
                        0,
                        ""));
    }

    /**
     * @param history of an incremental run that adds to it
     */
    private Done overCache(ModelConfig config, Compiling.Query query, Optional<History> history)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        Node model = step.node();
        if (model.materialized().equals("view")) {
            run.warn(model, "It lands as a table, not as a view: " + why(query));
        }
        try (WorkerTurn worker = WorkerTurn.begin(run, upstreams, model, spares)) {
            return new Loading(run, upstreams, model, landing)
                    .load(compute(worker, query.compiled(), history), config.uniqueKey(), history);
        }
    }

    /** The rows of a query over the cache; nothing is loaded. */
    WorkerMessage.Result compute(WorkerTurn worker, Compiled compiled, Optional<History> history)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        Node model = step.node();
        Optional<java.time.Duration> limit = new ModelConfig(model).timeout(run.request());
        if (history.isPresent() && namesItself(compiled)) {
            history.get().previous();
        }
        List<Given> given = new ArrayList<>();
        for (Node read : compiled.reads()) {
            given.add(Given.of(read, upstreams.get(model, read)));
        }
        JsonObject message =
                RunMessage.ofSql(
                        RunMessage.of(
                                run,
                                model,
                                landing,
                                given,
                                history,
                                history.isPresent(),
                                run.work().newFile(".parquet")),
                        compiled);
        return worker.execute(message, history, limit);
    }

    private boolean namesItself(Compiled compiled) {
        return compiled.sql().contains(Relations.view(step.node()));
    }

    private String why(Compiling.Query query) {
        Optional<String> there =
                query.elsewhere()
                        .map(node -> RunPlan.name(node) + " lives in '" + run.output(node) + "'")
                        .or(
                                () ->
                                        step.way() instanceof RunPlan.Way.OverCache over
                                                ? Optional.of(
                                                        RunPlan.name(over.because().node())
                                                                + " lives in '"
                                                                + over.because().output()
                                                                + "'")
                                                : Optional.empty());
        return there.orElse("what it reads lives elsewhere")
                + ", so it is computed here. Say materialized='table' to have it so.";
    }
}
