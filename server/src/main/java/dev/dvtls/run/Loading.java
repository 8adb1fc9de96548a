package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Field;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.transfer.Conversions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A node's rows on their way from a file into its table, then into the cache. */
record Loading(RunContext run, Upstreams upstreams, Node node, Landing landing) {
    /**
     * @param uniqueKey columns whose rows replace; empty: rows are added
     * @param onto what the rows are added to; empty: the table is replaced
     */
    Done load(WorkerMessage.Result result, List<String> uniqueKey, Optional<History> onto)
            throws ModelFailure, CancelledException, InterruptedException {
        if (result.path().isEmpty()) {
            return new Done(landing, 0); // nothing new
        }
        return load(
                new NewData(result.path().get(), result.rows(), Upstreams.cached(result.columns())),
                result.columns(),
                uniqueKey,
                onto);
    }

    Done load(NewData data, List<Column> columns, List<String> uniqueKey, Optional<History> onto)
            throws ModelFailure, CancelledException, InterruptedException {
        String id = node.uniqueId();
        run.events().accept(new RunEvent.StageStarted(id, Stage.LOAD, landing.display()));
        Mode mode = onto.isEmpty() ? Mode.REPLACE : uniqueKey.isEmpty() ? Mode.APPEND : Mode.UPSERT;
        Optional<Existing> seen = onto.isEmpty() ? Optional.empty() : onto.get().existing();
        String loadId = UUID.randomUUID().toString();
        Optional<String> converted = converted(columns, seen);
        try {
            run.transfers()
                    .load(
                            landing.connection(),
                            landing.relation(),
                            new Load(
                                    data.parquet(),
                                    data.rows(),
                                    columns,
                                    mode,
                                    uniqueKey,
                                    loadId,
                                    new ModelConfig(node).isIncremental(),
                                    seen));
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
        run.events().accept(new RunEvent.Rows(id, Stage.LOAD, data.rows()));
        converted.ifPresent(sentence -> run.warn(node, sentence));
        run.events().accept(new RunEvent.StageStarted(id, Stage.COMMIT, "cache"));
        commit(data, loadId, uniqueKey, onto);
        return new Done(landing, data.rows());
    }

    /** A sentence about new columns that the target has another type for: once, not each load. */
    private Optional<String> converted(List<Column> columns, Optional<Existing> seen)
            throws InterruptedException {
        Map<String, String> become = Conversions.of(landing.connection(), columns);
        if (!become.isEmpty()) {
            known(seen).forEach(become::remove);
        }
        if (become.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "Values change their type in "
                        + landing.display()
                        + ", as '"
                        + landing.connection().name()
                        + "' has none for them: "
                        + become.entrySet().stream()
                                .map(e -> "'" + e.getKey() + "' becomes " + e.getValue())
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** Columns that an earlier load has brought there. */
    private List<String> known(Optional<Existing> seen) throws InterruptedException {
        if (seen.isPresent()) {
            return seen.get().columns().stream().map(Field::name).toList();
        }
        try {
            return run.cache()
                    .pin(upstreams.key(landing.connection().name(), node), run.work())
                    .filter(last -> last.origin().equals(landing.origin()))
                    .map(last -> last.columns().stream().map(CachedRelation.Column::name).toList())
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of(); // told once more
        }
    }

    /** The rows are on the target: a cache that cannot keep them is no failure, it is dropped. */
    private void commit(NewData data, String loadId, List<String> uniqueKey, Optional<History> onto)
            throws InterruptedException {
        CacheKey key = upstreams.key(landing.connection().name(), node);
        try {
            Optional<CachedRelation> kept = Optional.empty();
            if (onto.isEmpty()) {
                kept = Optional.of(run.cache().replace(key, landing.origin(), loadId, data));
            } else if (onto.get().rows().isPresent()) {
                CachedRelation before = onto.get().rows().get();
                kept = run.cache().add(key, before, loadId, uniqueKey, data);
            }
            if (kept.isEmpty()) {
                // The history was not brought, or another process changed it.
                run.cache().drop(key);
                upstreams.changed(node);
                return;
            }
            run.cache().pin(key, run.work()).ifPresent(relation -> upstreams.made(node, relation));
        } catch (IOException e) {
            try {
                run.cache().drop(key);
            } catch (IOException stillThere) {
                e.addSuppressed(stillThere);
            }
            run.warn(
                    node,
                    "The rows are loaded, but the cache could not keep them: " + e.getMessage());
        }
    }
}
