package dev.dvtls.run;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.util.Optional;

/** What a model's table holds before it is run. */
record History(RunContext run, Upstreams upstreams, Node model, Landing landing) {
    /** The rows of the last run; empty when the model has no table yet. */
    Optional<CachedRelation> previous()
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        return existing().isEmpty()
                ? Optional.empty()
                : Optional.of(upstreams.previous(model, landing));
    }

    /** What is there, without its rows. */
    Optional<Transfers.Existing> existing()
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
}
