package dev.dvtls.run;

/** Ends the run of one model. */
final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunEvent.Failure failure;

    ModelFailure(RunEvent.Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    static ModelFailure of(String code, String message) {
        return new ModelFailure(RunEvent.Failure.of(code, message));
    }

    RunEvent.Failure failure() {
        return failure;
    }
}
