package dev.dvtls.lsp;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Work-done progress, as far as the client shows any. Thread-safe. */
final class Progress {
    private final Client client;
    private final Map<Either<String, Integer>, Runnable> cancels = new ConcurrentHashMap<>();
    private volatile boolean supported;

    Progress(Client client) {
        this.client = client;
    }

    void supported(boolean yes) {
        supported = yes;
    }

    /** A piece of work that the editor shows; every message waits for the one before it. */
    final class Work {
        private final Either<String, Integer> token;
        private CompletableFuture<Void> sent;

        private Work(Either<String, Integer> token, CompletableFuture<Void> created) {
            this.token = token;
            this.sent = created;
        }

        void report(String message) {
            WorkDoneProgressReport report = new WorkDoneProgressReport();
            report.setMessage(message);
            send(report);
        }

        void report(String message, int percent) {
            WorkDoneProgressReport report = new WorkDoneProgressReport();
            report.setMessage(message);
            report.setPercentage(percent);
            send(report);
        }

        void end(String message) {
            cancels.remove(token);
            WorkDoneProgressEnd end = new WorkDoneProgressEnd();
            end.setMessage(message);
            send(end);
        }

        private synchronized void send(WorkDoneProgressNotification message) {
            sent =
                    sent.thenRun(
                            () ->
                                    client.notifyProgress(
                                            new ProgressParams(token, Either.forLeft(message))));
        }
    }

    /**
     * Begins work that the server started.
     *
     * @param percent whether percentages will follow
     */
    Work begin(String title, boolean percent) {
        return begin(newToken(), title, percent, false, () -> {});
    }

    Work beginCancellable(String title, boolean percent, Runnable cancel) {
        return begin(newToken(), title, percent, true, cancel);
    }

    /** Begins work on a token that came with a request: the client has made it already. */
    Work beginOn(Either<String, Integer> token, String title, boolean percent, Runnable cancel) {
        Work work = new Work(token, CompletableFuture.completedFuture(null));
        cancels.put(token, cancel);
        work.send(first(title, percent, true));
        return work;
    }

    void cancel(Either<String, Integer> token) {
        Runnable cancel = cancels.get(token);
        if (cancel != null) {
            cancel.run();
        }
    }

    private static Either<String, Integer> newToken() {
        return Either.forLeft("dvt-" + UUID.randomUUID());
    }

    private Work begin(
            Either<String, Integer> token,
            String title,
            boolean percent,
            boolean cancellable,
            Runnable cancel) {
        if (!supported) {
            // Never completes: nothing is sent to a client that shows no progress.
            return new Work(token, new CompletableFuture<>());
        }
        Work work = new Work(token, client.createProgress(new WorkDoneProgressCreateParams(token)));
        cancels.put(token, cancel);
        work.send(first(title, percent, cancellable));
        return work;
    }

    private static WorkDoneProgressBegin first(String title, boolean percent, boolean cancellable) {
        WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
        begin.setTitle(title);
        begin.setCancellable(cancellable);
        if (percent) {
            begin.setPercentage(0);
        }
        return begin;
    }
}
