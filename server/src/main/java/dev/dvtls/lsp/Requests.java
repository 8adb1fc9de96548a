package dev.dvtls.lsp;

import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.DiagnosticServerCancellationData;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Answers requests from the snapshot that is current when they are dequeued, in a small pool. A
 * request whose document was edited meanwhile ends with {@code ContentModified}.
 */
final class Requests {
    private final Loop loop;
    private final Executor pool;
    private final Projects projects;
    private final Supplier<Snapshot> snapshots;

    Requests(Loop loop, Executor pool, Projects projects, Supplier<Snapshot> snapshots) {
        this.loop = loop;
        this.pool = pool;
        this.projects = projects;
        this.snapshots = snapshots;
    }

    /**
     * What an answer is made from.
     *
     * @param manifest of the document's project; empty outside projects
     */
    record View(Snapshot snapshot, Document document, Optional<Manifest> manifest) {}

    /** Computes an answer; calls the check now and then, which throws when nobody wants it. */
    interface Question<T> {
        T answer(View view, Runnable cancelCheck);
    }

    /**
     * @param none the answer for a document that is not open
     */
    <T> CompletableFuture<T> ask(String uri, T none, Question<T> question) {
        return ask(
                uri,
                none,
                question,
                Optional.of(
                        new ResponseError(
                                ResponseErrorCode.ContentModified, "The document changed.", null)));
    }

    /**
     * As {@link #ask}, for suggestions: an edit meanwhile does not spoil the answer. Who types on
     * quickly has the client filter what came by what was typed since; an error would leave them
     * without any.
     */
    <T> CompletableFuture<T> askAsOf(String uri, T none, Question<T> question) {
        return ask(uri, none, question, Optional.empty());
    }

    /** As {@link #ask}, for pulled diagnostics: the client shall ask again. */
    <T> CompletableFuture<T> askAgain(String uri, T none, Question<T> question) {
        return ask(
                uri,
                none,
                question,
                Optional.of(
                        new ResponseError(
                                ResponseErrorCode.ServerCancelled,
                                "The document changed.",
                                new DiagnosticServerCancellationData(true))));
    }

    /**
     * An answer out of whole projects, once they are read.
     *
     * @param file whose project is waited for; empty: all
     */
    <T> CompletableFuture<T> askProjects(Optional<Path> file, Function<Snapshot, T> answer) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.execute(
                () ->
                        projects.whenSettled(
                                file,
                                () -> {
                                    Snapshot now = snapshots.get();
                                    future.completeAsync(() -> answer.apply(now), pool);
                                }));
        return future;
    }

    private <T> CompletableFuture<T> ask(
            String uri, T none, Question<T> question, Optional<ResponseError> modified) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.execute(
                () ->
                        projects.whenSettled(
                                Uris.path(uri),
                                () -> {
                                    Optional<Document> document = snapshots.get().document(uri);
                                    if (document.isEmpty()) {
                                        future.complete(none);
                                    } else if (!future.isCancelled()) {
                                        View view = view(snapshots.get(), document.get());
                                        pool.execute(
                                                () -> compute(future, view, question, modified));
                                    }
                                }));
        return future;
    }

    private static View view(Snapshot snapshot, Document document) {
        return new View(snapshot, document, document.path().flatMap(snapshot::projectOf));
    }

    private <T> void compute(
            CompletableFuture<T> future,
            View view,
            Question<T> question,
            Optional<ResponseError> modified) {
        Runnable check =
                () -> {
                    if (future.isCancelled()) {
                        throw new Unwanted();
                    }
                    if (modified.isPresent() && !isCurrent(view.document())) {
                        throw new ResponseErrorException(modified.get());
                    }
                };
        try {
            check.run();
            T answer = question.answer(view, check);
            check.run();
            future.complete(answer);
        } catch (Unwanted e) {
            // The client has its answer already: cancelled.
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    /**
     * What was asked for cannot be done.
     *
     * @param why a sentence for the user
     */
    static ResponseErrorException refused(String why) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.RequestFailed, why, null));
    }

    private boolean isCurrent(Document document) {
        return snapshots
                .get()
                .document(document.uri())
                .map(Document::version)
                .equals(Optional.of(document.version()));
    }

    /** Unwinds a computation that nobody waits for. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("cancelled", null, false, false);
        }
    }
}
