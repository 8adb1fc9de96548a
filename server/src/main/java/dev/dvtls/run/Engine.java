package dev.dvtls.run;

import java.util.function.Consumer;

/**
 * Runs models: plan, extract, execute, load, commit. One engine for the terminal and the editor.
 */
public interface Engine {
    /**
     * Runs until the end or until cancelled. Events come in order, from one thread at a time.
     *
     * @return what {@link RunEvent.RunFinished} says
     * @throws RunRefused when nothing could start: unknown selector, no profile, no interpreter
     */
    RunEvent.RunFinished run(
            RunRequest request, Consumer<RunEvent> events, Cancellation cancellation)
            throws RunRefused, InterruptedException;

    /** A run that cannot start; the message says what to do. */
    final class RunRefused extends Exception {
        private static final long serialVersionUID = 1L;

        public RunRefused(String message) {
            super(message);
        }
    }
}
