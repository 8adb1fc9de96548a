package dev.dvtls.run;

import dev.dvtls.cache.KeptPreviews;
import java.util.List;
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

    /**
     * The first rows of each selected node, without loading anything. One that fails has a {@link
     * RunEvent.ModelFailed} and no rows.
     *
     * @param limit rows of each
     * @param refresh what is read comes from where it lives; else the cache is good enough, and how
     *     old it is, is told as the detail of the extract stage
     * @throws RunRefused when nothing could start
     */
    default List<Previewed> preview(
            RunRequest request,
            int limit,
            boolean refresh,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        throw new RunRefused("There is nothing here that could compute rows.");
    }

    /**
     * As {@link #preview}, with the rows kept on disk.
     *
     * @param previews of the request's project
     * @param limit rows of each; that many are kept at most
     */
    default List<Previewed> keep(
            RunRequest request,
            KeptPreviews previews,
            int limit,
            boolean refresh,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        throw new RunRefused("There is nothing here that could compute rows.");
    }

    /**
     * Saves what each selected model reads as files of the project: see docs/fixtures.md. A model
     * of which that fails has a {@link RunEvent.ModelFailed}.
     *
     * @throws RunRefused when nothing could start, or no model is selected
     */
    default List<SavedFixtures> saveFixtures(
            RunRequest request,
            FixtureOptions options,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        throw new RunRefused("There is nothing here that could read anything.");
    }

    /** A run that cannot start; the message says what to do. */
    final class RunRefused extends Exception {
        private static final long serialVersionUID = 1L;

        public RunRefused(String message) {
            super(message);
        }
    }
}
