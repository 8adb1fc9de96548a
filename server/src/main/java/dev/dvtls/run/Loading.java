package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A node's rows on their way from a file into its table, then into the cache. */
record Loading(RunContext run, Upstreams upstreams, Node node, Landing landing) {
    /**
     * @param columns DuckDB's types
     */
    record Frame(Path parquet, long rows, List<Column> columns) {}

    /**
     * @param uniqueKey columns whose rows replace; empty: rows are added
     * @param history that the rows are added to; empty: the table is replaced
     */
    void load(Frame frame, List<String> uniqueKey, Optional<CachedRelation> history)
            throws ModelFailure, CancelledException, InterruptedException {
        String id = node.uniqueId();
        run.events().accept(new RunEvent.StageStarted(id, Stage.LOAD, landing.display()));
        Mode mode =
                history.isEmpty() ? Mode.REPLACE : uniqueKey.isEmpty() ? Mode.APPEND : Mode.UPSERT;
        String loadId = UUID.randomUUID().toString();
        try {
            run.transfers()
                    .load(
                            landing.connection(),
                            landing.relation(),
                            new Load(
                                    frame.parquet(),
                                    frame.rows(),
                                    frame.columns(),
                                    mode,
                                    uniqueKey,
                                    loadId,
                                    mode == Mode.APPEND));
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "load-failed",
                    "The result of '"
                            + node.name()
                            + "' could not be loaded into "
                            + landing.display()
                            + ": "
                            + ConnectionTrouble.explained(e.getMessage(), landing.connection()));
        }
        run.events().accept(new RunEvent.Rows(id, Stage.LOAD, frame.rows()));
        run.events().accept(new RunEvent.StageStarted(id, Stage.COMMIT, "cache"));
        commit(
                new NewData(frame.parquet(), frame.rows(), Upstreams.cached(frame.columns())),
                loadId,
                uniqueKey,
                history);
    }

    /** The rows are on the target: a cache that cannot keep them is no failure, it is dropped. */
    private void commit(
            NewData data, String loadId, List<String> uniqueKey, Optional<CachedRelation> history)
            throws InterruptedException {
        CacheKey key = upstreams.key(landing.connection().name(), node);
        try {
            Optional<CachedRelation> kept =
                    history.isEmpty()
                            ? Optional.of(run.cache().replace(key, landing.origin(), loadId, data))
                            : run.cache().add(key, history.get(), loadId, uniqueKey, data);
            if (kept.isEmpty()) {
                run.cache().drop(key); // another process changed it: the next run reads the target
                return;
            }
            run.cache().pin(key, run.work()).ifPresent(relation -> upstreams.made(node, relation));
        } catch (IOException e) {
            try {
                run.cache().drop(key);
            } catch (IOException stillThere) {
                e.addSuppressed(stillThere);
            }
            run.events()
                    .accept(
                            new RunEvent.Warning(
                                    node.uniqueId(),
                                    "The rows are loaded, but the cache could not keep them: "
                                            + e.getMessage()));
        }
    }
}
