package dev.dvtls.lsp;

import com.google.gson.JsonElement;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.env.EnvironmentException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Work with the machine that the user asked for: with progress, and a way to cancel it. */
final class UserTasks implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Progress progress;
    private final ExecutorService threads;
    private final Set<Cancellation> open = ConcurrentHashMap.newKeySet();

    /**
     * @param threads of this alone: it is shut down at the end
     */
    UserTasks(Progress progress, ExecutorService threads) {
        this.progress = progress;
        this.threads = threads;
    }

    /**
     * @param title of the progress
     * @param subject that a sentence on its end begins with: {@code The installation}
     * @param token that came with the request
     */
    record Named(String title, String subject, Optional<Either<String, Integer>> token) {}

    /** Says what it is at, and answers. */
    interface Body {
        JsonElement run(Progress.Work work, Cancellation cancellation)
                throws EnvironmentException, IOException, InterruptedException;
    }

    /** Begins as soon as a thread is free; the answer is completed at its end. */
    void begin(Named named, CompletableFuture<Object> answer, Body body) {
        Cancellation cancellation = new Cancellation();
        open.add(cancellation);
        var unused =
                answer.whenComplete(
                        (result, error) -> {
                            if (answer.isCancelled()) {
                                cancellation.cancel();
                            }
                        });
        threads.execute(
                () -> {
                    try {
                        run(named, answer, body, cancellation);
                    } finally {
                        open.remove(cancellation);
                    }
                });
    }

    private void run(
            Named named, CompletableFuture<Object> answer, Body body, Cancellation cancellation) {
        Runnable cancel = cancellation::cancel;
        Progress.Work work =
                named.token()
                        .map(t -> progress.beginOn(t, named.title(), false, cancel))
                        .orElseGet(() -> progress.beginCancellable(named.title(), false, cancel));
        try {
            JsonElement result = body.run(work, cancellation);
            work.end("Done");
            answer.complete(result);
        } catch (EnvironmentException | IOException e) {
            work.end(cancellation.isCancelled() ? "Cancelled" : "Failed");
            fail(answer, Optional.ofNullable(e.getMessage()).orElse(named.subject() + " failed."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.end("Interrupted");
            fail(answer, named.subject() + " was interrupted.");
        } catch (RuntimeException | Error e) {
            work.end("Failed");
            fail(answer, named.subject() + " broke off: " + e);
        }
    }

    private static void fail(CompletableFuture<Object> answer, String message) {
        answer.completeExceptionally(
                new ResponseErrorException(
                        new ResponseError(ResponseErrorCode.RequestFailed, message, null)));
    }

    void cancel() {
        open.forEach(Cancellation::cancel);
    }

    /** Ends what is under way, and waits for its processes, but not for ever. */
    @Override
    public void close() {
        cancel();
        threads.shutdown();
        try {
            boolean unused = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
