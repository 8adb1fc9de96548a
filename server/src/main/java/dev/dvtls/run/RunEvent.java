package dev.dvtls.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that happened in a run. The terminal's lines, the editor's progress, the log file and
 * the tests all read these, in order. Never holds a credential.
 */
public sealed interface RunEvent {
    /** The stages of a model, in order. */
    enum Stage {
        EXTRACT,
        EXECUTE,
        LOAD,
        COMMIT
    }

    /**
     * @param models unique ids in run order
     * @param log the file that these events are written to
     */
    record RunStarted(String target, String targetType, List<String> models, Path log)
            implements RunEvent {}

    record ModelStarted(String model) implements RunEvent {}

    /**
     * @param detail what it works on: the upstream being extracted, the relation being loaded
     */
    record StageStarted(String model, Stage stage, String detail) implements RunEvent {}

    /** Rows so far in the stage. */
    record Rows(String model, Stage stage, long rows) implements RunEvent {}

    /** A line that the model printed. */
    record Output(String model, boolean error, String line) implements RunEvent {}

    /**
     * @param model empty: about the run as a whole
     */
    record Warning(String model, String message) implements RunEvent {}

    /** The model waits until a debugger connects to this port of 127.0.0.1. */
    record DebuggerAwaited(String model, int port) implements RunEvent {}

    /**
     * @param relation where it landed, as a user writes it
     * @param rows of the result; 0 of a later incremental run: nothing new; below 0: not counted,
     *     as of a view
     */
    record ModelSucceeded(String model, String relation, long rows, Duration took)
            implements RunEvent {}

    record ModelFailed(String model, Failure failure, Duration took) implements RunEvent {}

    /**
     * @param because the failed model: upstream of it, or any that a run stops at; then this one
     *     may have been at work
     */
    record ModelSkipped(String model, String because) implements RunEvent {}

    /**
     * The last event.
     *
     * @param cancelled by the user: models that were at work have neither succeeded nor failed, and
     *     no event of their own; later ones were not started
     */
    record RunFinished(int succeeded, int failed, int skipped, boolean cancelled, Duration took)
            implements RunEvent {}

    /**
     * Why a model failed.
     *
     * @param code {@code DVT120} to {@code DVT126}, or {@code extract-failed}, {@code load-failed},
     *     ...
     * @param message sentences for the user
     * @param line in {@code file}, from 1; 0: not known
     * @param column from 1, in code points; 0: not known
     * @param traceback the user's own frames; may be empty
     */
    record Failure(
            String code,
            String message,
            Optional<Path> file,
            int line,
            int column,
            int endLine,
            int endColumn,
            String traceback) {
        public static Failure of(String code, String message) {
            return new Failure(code, message, Optional.empty(), 0, 0, 0, 0, "");
        }
    }
}
