package dev.dvtls.lsp;

import dev.dvtls.assist.NodeFacts;
import dev.dvtls.run.ColumnsOnDisk;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.Hover;

/** What tells of nodes: hover, lineage. */
final class NodeFeatures {
    private final Executor pool;
    private final ClientFeatures features;
    private final Supplier<Snapshot> snapshots;
    private final NodeFacts facts;

    NodeFeatures(
            Executor pool,
            ClientFeatures features,
            Supplier<Snapshot> snapshots,
            ColumnsOnDisk columns) {
        this.pool = pool;
        this.snapshots = snapshots;
        this.features = features;
        this.facts = new DiskFacts(columns);
    }

    Optional<Hover> hover(Requests.View view, int offset) {
        return Answers.hover(view, offset, features, facts);
    }

    CallHierarchy lineage(Snapshot snapshot) {
        return new CallHierarchy(snapshot, features);
    }

    /** A step through the DAG, from an item that the client got before. */
    <T> CompletableFuture<T> step(Function<CallHierarchy, T> step) {
        return CompletableFuture.supplyAsync(() -> step.apply(lineage(snapshots.get())), pool);
    }
}
