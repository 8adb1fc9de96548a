package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.util.Optional;

/**
 * What a model's table holds before the model is run. The target is the truth; the rows come out of
 * the cache where that is known to have the same, and are extracted only when something asks for
 * them.
 */
final class History {
    private final RunContext run;
    private final Upstreams upstreams;
    private final Node model;
    private final Landing landing;
    private boolean looked;
    private Optional<Existing> existing = Optional.empty();
    private Optional<CachedRelation> rows = Optional.empty();

    History(RunContext run, Upstreams upstreams, Node model, Landing landing) {
        this.run = run;
        this.upstreams = upstreams;
        this.model = model;
        this.landing = landing;
    }

    /** The rows of the last run; empty when the model has no table yet. */
    Optional<CachedRelation> previous()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        if (known().isEmpty() && existing().isPresent()) {
            String loadId = existing().flatMap(Existing::loadId).orElse("");
            rows = Optional.of(upstreams.previous(model, landing, loadId));
        }
        return rows;
    }

    /**
     * The rows where they need not be brought: the last load of the target is that of the cache,
     * and its columns are still those.
     */
    Optional<CachedRelation> known()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        if (rows.isEmpty() && existing().isPresent()) {
            rows = upstreams.known(model, landing, existing().get());
        }
        return rows;
    }

    /** What {@link #previous} or {@link #known} gave, without asking again. */
    Optional<CachedRelation> rows() {
        return rows;
    }

    /** What is there, without its rows. */
    Optional<Existing> existing() throws ModelFailure, CancelledException, InterruptedException {
        if (!looked) {
            existing = look();
            looked = true;
            if (existing.isEmpty()) {
                tellIfGone();
            }
        }
        return existing;
    }

    private Optional<Existing> look()
            throws ModelFailure, CancelledException, InterruptedException {
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model.uniqueId(),
                                Stage.EXTRACT,
                                "looking for " + landing.display()));
        try {
            return run.transfers().find(landing.connection(), landing.relation());
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "extract-failed",
                    "Whether "
                            + landing.display()
                            + " exists on '"
                            + landing.connection().name()
                            + "' could not be found out: "
                            + ConnectionTrouble.explained(e.getMessage(), landing.connection()));
        }
    }

    /** Starting over is right when a table was dropped, but nobody should miss it. */
    private void tellIfGone() {
        try {
            boolean loaded =
                    run.cache()
                            .find(key())
                            .filter(cached -> cached.origin().equals(landing.origin()))
                            .filter(cached -> !cached.loadId().isEmpty())
                            .isPresent();
            if (loaded && new ModelConfig(model).isIncremental()) {
                run.events()
                        .accept(
                                new RunEvent.Warning(
                                        model.uniqueId(),
                                        landing.display()
                                                + ", which earlier runs loaded, is gone from '"
                                                + landing.connection().name()
                                                + "': '"
                                                + model.name()
                                                + "' starts from the beginning."));
            }
        } catch (IOException e) {
            return; // a cache that cannot be read knows of no earlier run
        }
    }

    private CacheKey key() {
        return upstreams.key(landing.connection().name(), model);
    }
}
