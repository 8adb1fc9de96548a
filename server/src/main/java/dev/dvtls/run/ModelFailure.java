package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import java.util.Optional;

/** Ends the run of one model. */
final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunEvent.Failure failure;
    private final transient Optional<Node> upstream;

    ModelFailure(RunEvent.Failure failure) {
        this(failure, Optional.empty());
    }

    private ModelFailure(RunEvent.Failure failure, Optional<Node> upstream) {
        super(failure.message());
        this.failure = failure;
        this.upstream = upstream;
    }

    static ModelFailure of(String code, String message) {
        return new ModelFailure(RunEvent.Failure.of(code, message));
    }

    /** The same, about something that the model reads. */
    ModelFailure about(Node read) {
        return new ModelFailure(failure, Optional.of(read));
    }

    RunEvent.Failure failure() {
        return failure;
    }

    /** What the model reads that is the trouble. */
    Optional<Node> upstream() {
        return upstream;
    }
}
