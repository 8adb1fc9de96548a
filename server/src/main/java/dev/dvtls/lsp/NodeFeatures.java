package dev.dvtls.lsp;

import dev.dvtls.assist.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Hover;

/** What tells of nodes: hover, lenses, lineage. */
final class NodeFeatures {
    private final Executor pool;
    private final Client client;
    private final ClientFeatures features;
    private final Supplier<Snapshot> snapshots;
    private final NodeFacts facts;
    private final Lenses lenses;
    private final Graphs graphs;

    NodeFeatures(
            Loop loop,
            Executor pool,
            Client client,
            ClientFeatures features,
            Supplier<Snapshot> snapshots,
            FolderSettings settings,
            NodeFacts facts) {
        this.pool = pool;
        this.client = client;
        this.features = features;
        this.snapshots = snapshots;
        this.facts = facts;
        this.lenses = new Lenses(loop, client, features, facts, f -> settings.of(f).lenses());
        this.graphs = new Graphs(loop, client, features, facts);
    }

    Optional<Hover> hover(Requests.View view, int offset) {
        return Answers.hover(view, offset, features, facts);
    }

    List<CodeLens> lenses(Requests.View view) {
        return lenses.of(view);
    }

    /** What lenses or graphs say may have changed. On the loop. */
    void changed() {
        lenses.changed();
        graphs.changed();
    }

    Graphs graphs() {
        return graphs;
    }

    void closed(Document document) {
        lenses.closed(document.uri());
    }

    CallHierarchy lineage(Snapshot snapshot) {
        return new CallHierarchy(snapshot, features);
    }

    /** A step through the DAG, from an item that the client got before. */
    <T> CompletableFuture<T> step(Function<CallHierarchy, T> step) {
        return CompletableFuture.supplyAsync(() -> step.apply(lineage(snapshots.get())), pool);
    }

    NodeAnswers answers(Snapshot snapshot) {
        return new NodeAnswers(snapshot, facts, client, features);
    }
}
