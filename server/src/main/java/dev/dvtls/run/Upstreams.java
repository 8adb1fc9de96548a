package dev.dvtls.run;

import dev.dvtls.cache.Age;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.KeptPreview.Read;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * What the models of one run read: made by the run itself, or extracted, once in a run, however
 * many want it at a time. The target is the truth, so of an earlier run only the rows of an
 * incremental model are trusted, by the id of its last load.
 */
final class Upstreams {
    private final RunContext run;

    /** Queries over the cache by unique id; over fixtures, which are a model's own, by both. */
    private final Map<String, CompletableFuture<String>> known = new ConcurrentHashMap<>();

    /** Whose rows a model asked for, and where they came from; both by unique id. */
    private final Map<String, Set<String>> asked = new ConcurrentHashMap<>();

    private final Map<String, Read> brought = new ConcurrentHashMap<>();

    private final boolean cacheFirst;
    private final Gate gate;

    /** Where a model waits for what the run builds and it turns out to read. */
    @FunctionalInterface
    interface Gate {
        /**
         * @throws ModelFailure when that cannot be built any more
         */
        void await(Node model, Node read)
                throws ModelFailure, CancelledException, InterruptedException;
    }

    /**
     * @param cacheFirst what the cache has is good enough, and its age is told: a preview
     */
    Upstreams(RunContext run, boolean cacheFirst, Gate gate) {
        this.run = run;
        this.cacheFirst = cacheFirst;
        this.gate = gate;
    }

    /** Waits until what a model turns out to read is there, if this run builds it. */
    void await(Node model, Node read)
            throws ModelFailure, CancelledException, InterruptedException {
        gate.await(model, read);
    }

    /** What a model of this run has made, as the cache holds it. */
    void made(Node model, CachedRelation relation) {
        known.put(model.uniqueId(), CompletableFuture.completedFuture(relation.sql()));
    }

    /** A model of this run has changed where it lives; the cache has no copy. */
    void changed(Node model) {
        known.remove(model.uniqueId());
    }

    /**
     * A DuckDB query with the rows of a node.
     *
     * @param model that wants them
     */
    String get(Node model, Node node)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        asked.computeIfAbsent(model.uniqueId(), id -> ConcurrentHashMap.newKeySet())
                .add(node.uniqueId());
        String key = key(model, node);
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> there = known.putIfAbsent(key, mine);
        if (there != null) {
            return await(there);
        }
        try {
            String sql =
                    Lineage.isEphemeral(node)
                            ? new EphemeralRead(run, this, model, node).sql()
                            : run.request().onFixtures()
                                    ? fixture(model, node)
                                    : extracted(model, node).sql();
            mine.complete(sql);
            return sql;
        } catch (ModelFailure | CancelledException | InterruptedException | IOException e) {
            known.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (mine.cancel(false)) { // a bug on the way must not leave others waiting
                known.remove(key, mine);
            }
        }
    }

    private String key(Node model, Node node) {
        return run.request().onFixtures()
                ? model.uniqueId() + " " + node.uniqueId()
                : node.uniqueId();
    }

    private String fixture(Node model, Node node)
            throws ModelFailure, CancelledException, IOException {
        FixtureRead.Rows rows = new FixtureRead(run, model, node).rows();
        brought.put(key(model, node), new Read(RunPlan.name(node), "fixture", rows.at()));
        return rows.sql();
    }

    /** What was brought for a model, by name. */
    List<Read> readBy(Node model) {
        return asked.getOrDefault(model.uniqueId(), Set.of()).stream()
                .flatMap(node -> run.manifest().node(node).stream())
                .flatMap(node -> Optional.ofNullable(brought.get(key(model, node))).stream())
                .sorted(Comparator.comparing(Read::name))
                .toList();
    }

    private void brought(Node node, String from, Instant at) {
        brought.put(node.uniqueId(), new Read(RunPlan.name(node), from, at));
    }

    private static String await(CompletableFuture<String> other)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        try {
            return other.get();
        } catch (CancellationException e) {
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModelFailure failure) {
                throw failure;
            } else if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new CancelledException();
        }
    }

    private CachedRelation extracted(Node model, Node node)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        Landing place = run.landing(node);
        Optional<CachedRelation> cached = cacheFirst ? cached(node, place) : Optional.empty();
        if (cached.isPresent()) {
            run.events()
                    .accept(
                            new RunEvent.StageStarted(
                                    model.uniqueId(),
                                    Stage.EXTRACT,
                                    RunPlan.name(node)
                                            + " from the cache, "
                                            + Age.of(cached.get().at(), Instant.now())));
            brought(node, "cache", cached.get().at());
            return cached.get();
        }
        brought(node, place.connection().name(), Instant.now());
        try {
            String loadId = "";
            if (node.kind() == Node.Kind.MODEL && new ModelConfig(node).isIncremental()) {
                Existing there = find(model, node, place);
                Optional<CachedRelation> known = known(node, place, there);
                if (known.isPresent()) {
                    return known.get();
                }
                loadId = there.loadId().orElse(""); // so that its own next run knows these rows
            }
            return keep(
                    key(place.connection().name(), node),
                    place.origin(),
                    loadId,
                    extract(model, node, place.connection(), new Source.Table(place.relation())));
        } catch (TransferException e) {
            run.checkCancelled();
            throw unread(node, List.of(node), place.connection(), e);
        }
    }

    private Existing find(Node model, Node node, Landing place)
            throws TransferException, ModelFailure, InterruptedException {
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model.uniqueId(), Stage.EXTRACT, "looking for " + place.display()));
        return run.transfers()
                .find(place.connection(), place.relation())
                .orElseThrow(() -> missing(node, place));
    }

    /**
     * The cached rows of an incremental model where they need not be brought: the last load of the
     * target is theirs, and its columns are still those.
     */
    Optional<CachedRelation> known(Node model, Landing landing, Existing there)
            throws IOException, InterruptedException {
        return there.loadId().isEmpty()
                ? Optional.empty()
                : cached(model, landing)
                        .filter(cached -> there.loadId().equals(Optional.of(cached.loadId())))
                        .filter(cached -> Shape.same(cached.columns(), there.columns()));
    }

    /**
     * The previous result of a model whose table exists on the target: what the target has now,
     * which another machine or a person may have changed since the last run here.
     *
     * @param loadId of the last load that the target remembers; empty: none
     */
    CachedRelation previous(Node model, Landing landing, String loadId)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        try {
            return keep(
                    key(landing.connection().name(), model),
                    landing.origin(),
                    loadId,
                    extract(
                            model,
                            model,
                            landing.connection(),
                            new Source.Table(landing.relation())));
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "extract-failed",
                    "The previous rows of '"
                            + model.name()
                            + "' could not be read from "
                            + landing.display()
                            + ": "
                            + ConnectionTrouble.explained(e.getMessage(), landing.connection()));
        }
    }

    /** Read from the same place, whenever. */
    private Optional<CachedRelation> cached(Node node, Landing place)
            throws IOException, InterruptedException {
        return run.cache()
                .pin(key(place.connection().name(), node), run.work())
                .filter(relation -> relation.origin().equals(place.origin()));
    }

    CacheKey key(String output, Node node) {
        return new CacheKey(run.profile(), output, node.uniqueId());
    }

    static List<CachedRelation.Column> cached(List<Column> columns) {
        return columns.stream().map(c -> new CachedRelation.Column(c.name(), c.type())).toList();
    }

    /**
     * @param model that wants it
     */
    Extracted extract(Node model, Node node, Connection connection, Source source)
            throws TransferException, CancelledException, InterruptedException {
        run.checkCancelled();
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model.uniqueId(),
                                Stage.EXTRACT,
                                RunPlan.name(node) + " from " + connection.name()));
        Path file = run.work().newFile(".parquet");
        Extracted extracted = run.transfers().extract(connection, source, file);
        extracted.warning().ifPresent(text -> run.warn(model, text));
        run.events().accept(new RunEvent.Rows(model.uniqueId(), Stage.EXTRACT, extracted.rows()));
        return extracted;
    }

    private CachedRelation keep(CacheKey key, String origin, String loadId, Extracted extracted)
            throws IOException, InterruptedException {
        NewData data =
                new NewData(extracted.parquet(), extracted.rows(), cached(extracted.columns()));
        CachedRelation kept = run.cache().replace(key, origin, loadId, data);
        Files.deleteIfExists(extracted.parquet());
        return run.cache().pin(key, run.work()).orElse(kept);
    }

    /** Why a node could not be read: the first relation behind it that is not there, if one is. */
    ModelFailure unread(
            Node node, List<Node> behind, Connection connection, TransferException reason)
            throws ModelFailure, InterruptedException {
        for (Node relation : behind) {
            if (isMissing(relation) && !isWithoutFile(relation, reason)) {
                return missing(relation);
            }
        }
        String where = behind.contains(node) ? " (" + run.landing(node).display() + ")" : "";
        return ModelFailure.of(
                        "extract-failed",
                        "'"
                                + RunPlan.name(node)
                                + "'"
                                + where
                                + " could not be read from '"
                                + connection.name()
                                + "': "
                                + ConnectionTrouble.explained(reason.getMessage(), connection))
                .about(node);
    }

    /** A source whose database file is not there: what has to be mended is the profile. */
    private static boolean isWithoutFile(Node node, TransferException reason) {
        return node.kind() == Node.Kind.SOURCE && reason.getMessage().contains("there is no file ");
    }

    boolean isMissing(Node node) throws ModelFailure, InterruptedException {
        Landing place = run.landing(node);
        try {
            return run.transfers().find(place.connection(), place.relation()).isEmpty();
        } catch (TransferException e) {
            return false; // the connection itself is the trouble, and the first message says so
        }
    }

    ModelFailure missing(Node node) throws ModelFailure, InterruptedException {
        return missing(node, run.landing(node));
    }

    private ModelFailure missing(Node node, Landing place) {
        String target = run.request().target().map(name -> " --target " + name).orElse("");
        String what =
                "'"
                        + RunPlan.name(node)
                        + "' does not exist on '"
                        + place.connection().name()
                        + "' yet ("
                        + place.display()
                        + "). ";
        String build =
                switch (node.kind()) {
                    case SOURCE ->
                            "Check the source's schema, database and identifier in "
                                    + node.file().getFileName()
                                    + ".";
                    case MODEL -> "Build it first: dvt-ls run --select +" + node.name() + target;
                    case SEED -> "Load it first: dvt-ls run --select " + node.name() + target;
                    case SNAPSHOT ->
                            "It is a snapshot, which dvt-ls does not build: build it with your dbt"
                                    + " or DVT command line (--select +"
                                    + node.name()
                                    + ").";
                };
        return ModelFailure.of("upstream-missing", what + build).about(node);
    }
}
