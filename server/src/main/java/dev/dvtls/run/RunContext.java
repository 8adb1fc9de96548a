package dev.dvtls.run;

import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the models of one run share. Everything in it may be used by several at a time.
 *
 * @param profile its name
 * @param target where models land that name no other output
 * @param launch how workers are started
 * @param vars of the project and the request
 * @param debugged the model that waits for a debugger
 * @param cancellation of the user, or of the run itself when it stops at a failure
 */
record RunContext(
        RunRequest request,
        Manifest manifest,
        String profile,
        Connection target,
        RunConnections connections,
        Transfers transfers,
        SqlCompiler compiler,
        ParquetCache cache,
        WorkFolder work,
        WorkerPool pool,
        WorkerProcess.Launch launch,
        Map<String, Object> vars,
        Optional<Debugged> debugged,
        Consumer<RunEvent> events,
        Cancellation cancellation) {

    void checkCancelled() throws CancelledException {
        if (cancellation.isCancelled()) {
            throw new CancelledException();
        }
    }

    /** The output where a node lives or lands. */
    String output(Node node) {
        return RunPlan.output(node, target.name());
    }

    Connection connection(String output) throws ModelFailure, InterruptedException {
        return output.equals(target.name()) ? target : connections.get(output);
    }

    /** Where a node lives or lands. */
    Landing landing(Node node) throws ModelFailure, InterruptedException {
        try {
            return Landing.of(node, connection(output(node)));
        } catch (ModelFailure e) {
            if (node.kind() != Node.Kind.SOURCE) {
                throw e;
            }
            throw ModelFailure.of(
                            e.failure().code(),
                            "The source '"
                                    + RunPlan.name(node)
                                    + "' lives in '"
                                    + output(node)
                                    + "' (its `connection`, in "
                                    + node.file().getFileName()
                                    + "). "
                                    + e.failure().message())
                    .about(node);
        }
    }

    void warn(Node node, String message) {
        events.accept(new RunEvent.Warning(node.uniqueId(), message));
    }
}
