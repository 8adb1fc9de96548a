package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import java.util.ArrayList;
import java.util.List;

/** Work on selected nodes, one after another, which loads nothing: with a run's events. */
record EachNode<T>(RunContext run, Work<T> work) {
    /** What is done with one. */
    interface Work<T> {
        T of(Node node) throws ModelFailure, CancelledException, InterruptedException;
    }

    /**
     * @return of those that did not fail
     */
    List<T> all(List<Node> nodes) throws InterruptedException {
        long started = System.nanoTime();
        List<T> done = new ArrayList<>();
        int failed = 0;
        for (Node node : nodes) {
            long nodeStarted = System.nanoTime();
            try {
                run.checkCancelled();
                run.events().accept(new RunEvent.ModelStarted(node.uniqueId()));
                done.add(work.of(node));
            } catch (ModelFailure e) {
                failed++;
                RunEvent.Failure placed = Blame.placed(run.manifest(), node, e);
                run.events()
                        .accept(
                                new RunEvent.ModelFailed(
                                        node.uniqueId(), placed, LocalEngine.since(nodeStarted)));
            } catch (CancelledException e) {
                break;
            }
        }
        run.events()
                .accept(
                        new RunEvent.RunFinished(
                                done.size(),
                                failed,
                                0,
                                run.cancellation().isCancelled(),
                                LocalEngine.since(started)));
        return List.copyOf(done);
    }
}
