package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the models of one run read: made by the run itself, or extracted, once in a run. The target
 * is the truth, so nothing of an earlier run is trusted.
 */
final class Upstreams {
    private final RunContext run;
    private final Map<String, CachedRelation> known = new HashMap<>();

    Upstreams(RunContext run) {
        this.run = run;
    }

    /** What a model of this run has made. */
    void made(Node model, CachedRelation relation) {
        known.put(model.uniqueId(), relation);
    }

    CachedRelation get(String model, Node node)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        CachedRelation there = known.get(node.uniqueId());
        if (there != null) {
            return there;
        }
        if (node.materialized().equals("ephemeral") && node.kind() == Node.Kind.MODEL) {
            throw ModelFailure.of(
                            "upstream-missing",
                            "'"
                                    + node.name()
                                    + "' is ephemeral, so there is no table to read, and this"
                                    + " version does not compile SQL models. Give it"
                                    + " materialized='table' or 'view' and build it.")
                    .about(node);
        }
        String output = node.relation().connection().orElse(run.target().name());
        Connection connection =
                output.equals(run.target().name()) ? run.target() : run.connections().get(output);
        Relation relation = Relations.of(node, connection);
        Extracted extracted;
        try {
            extracted = extract(model, RunPlan.name(node), connection, relation);
        } catch (TransferException e) {
            run.checkCancelled();
            ModelFailure failure =
                    missing(connection, relation)
                            ? ModelFailure.of(
                                    "upstream-missing", missingSentence(node, output, relation))
                            : ModelFailure.of(
                                    "extract-failed",
                                    "'"
                                            + RunPlan.name(node)
                                            + "' ("
                                            + relation.display()
                                            + ") could not be read from '"
                                            + output
                                            + "': "
                                            + ConnectionTrouble.explained(
                                                    e.getMessage(), connection));
            throw failure.about(node);
        }
        CachedRelation kept =
                keep(key(output, node), Relations.origin(connection, relation), "", extracted);
        known.put(node.uniqueId(), kept);
        return kept;
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
            Extracted extracted =
                    extract(
                            model.uniqueId(),
                            model.name(),
                            landing.connection(),
                            landing.relation());
            return keep(
                    key(landing.connection().name(), model), landing.origin(), loadId, extracted);
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

    CacheKey key(String output, Node node) {
        return new CacheKey(run.profile(), output, node.uniqueId());
    }

    static List<CachedRelation.Column> cached(List<Column> columns) {
        return columns.stream().map(c -> new CachedRelation.Column(c.name(), c.type())).toList();
    }

    private Extracted extract(String model, String name, Connection connection, Relation relation)
            throws TransferException, CancelledException, InterruptedException {
        run.checkCancelled();
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model, Stage.EXTRACT, name + " from " + connection.name()));
        Path file = run.work().newFile(".parquet");
        Extracted extracted = run.transfers().extract(connection, new Source.Table(relation), file);
        run.events().accept(new RunEvent.Rows(model, Stage.EXTRACT, extracted.rows()));
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

    private boolean missing(Connection connection, Relation relation) throws InterruptedException {
        try {
            return run.transfers().find(connection, relation).isEmpty();
        } catch (TransferException e) {
            return false; // the connection itself is the trouble, and the first message says so
        }
    }

    private static String missingSentence(Node node, String output, Relation relation) {
        String what = "'" + RunPlan.name(node) + "' does not exist on '" + output + "' yet (";
        String build =
                switch (node.kind()) {
                    case SOURCE ->
                            "Check the source's schema, database and identifier in "
                                    + node.file().getFileName()
                                    + ".";
                    case MODEL ->
                            node.isPython()
                                    ? "Build it first: dvt-ls run --select +" + node.name()
                                    : "It is a SQL model, which this version does not run: build it"
                                            + " with your dbt or DVT command line (--select +"
                                            + node.name()
                                            + ").";
                    case SEED, SNAPSHOT ->
                            "It is a "
                                    + RunPlan.what(node)
                                    + ", which this version does not build: build it with your dbt"
                                    + " or DVT command line (--select +"
                                    + node.name()
                                    + ").";
                };
        return what + relation.display() + "). " + build;
    }
}
