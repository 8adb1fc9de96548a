package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.assist.Page;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.cache.PreviewFolders;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.Previewed;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import dev.dvtls.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** First rows of models that the editor asked for; nothing is loaded. Thread-safe. */
final class Previews implements AutoCloseable {
    private static final int LIMIT = 100;
    private static final long END_SECONDS = 10;
    private static final int KEPT_LIMIT = 100_000;

    private final Client client;
    private final Progress progress;
    private final ClientFeatures features;
    private final Engine engine;
    private final PreviewFolders folders;
    private final Runnable afterEach;
    private final ConcurrentMap<Cancellation, Thread> open = new ConcurrentHashMap<>();

    /**
     * @param afterEach the cache may hold more than before
     */
    Previews(
            Client client,
            Progress progress,
            ClientFeatures features,
            Engine engine,
            PreviewFolders folders,
            Runnable afterEach) {
        this.client = client;
        this.progress = progress;
        this.features = features;
        this.engine = engine;
        this.folders = folders;
        this.afterEach = afterEach;
    }

    /**
     * What is asked.
     *
     * @param limit rows of each model; below 1: as many as we think right
     * @param show the rows, in the editor
     * @param keep the rows on disk instead of answering with them
     */
    record Wanted(
            RunRequest request,
            int limit,
            boolean refresh,
            boolean show,
            boolean keep,
            Optional<Either<String, Integer>> token) {}

    /** Begins; the answer is completed when the rows are there. */
    void begin(Wanted wanted, CompletableFuture<Object> answer) {
        Cancellation cancellation = new Cancellation();
        var unused =
                answer.whenComplete(
                        (result, error) -> {
                            if (answer.isCancelled()) {
                                cancellation.cancel();
                            }
                        });
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                compute(wanted, answer, cancellation);
                            } finally {
                                open.remove(cancellation);
                                afterEach.run();
                            }
                        },
                        "dvt-ls preview");
        thread.setDaemon(true);
        open.put(cancellation, thread);
        thread.start();
    }

    private void compute(
            Wanted wanted, CompletableFuture<Object> answer, Cancellation cancellation) {
        String title = "Computing rows of " + String.join(" ", wanted.request().select());
        Progress.Work work =
                wanted.token()
                        .map(t -> progress.beginOn(t, title, false, cancellation::cancel))
                        .orElseGet(
                                () ->
                                        progress.beginCancellable(
                                                title, false, cancellation::cancel));
        List<RunEvent.ModelFailed> failed = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try {
            List<Previewed> rows =
                    rows(wanted, event -> happened(event, work, failed, notes), cancellation);
            work.end(cancellation.isCancelled() ? "Cancelled" : "Done");
            if (wanted.show() && !cancellation.isCancelled()) {
                show(wanted.request().projectDir(), rows, failed, notes);
            }
            answer.complete(json(rows, failed, cancellation.isCancelled()));
        } catch (Engine.RunRefused e) {
            work.end("Failed");
            fail(answer, Optional.ofNullable(e.getMessage()).orElse("Nothing could start."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.end("Interrupted");
            fail(answer, "The preview was interrupted.");
        } catch (RuntimeException | Error e) {
            work.end("Failed");
            fail(answer, "The preview broke off: " + e);
        }
    }

    private List<Previewed> rows(
            Wanted wanted, Consumer<RunEvent> events, Cancellation cancellation)
            throws Engine.RunRefused, InterruptedException {
        RunRequest request = wanted.request();
        int limit = wanted.limit() > 0 ? wanted.limit() : wanted.keep() ? KEPT_LIMIT : LIMIT;
        if (!wanted.keep()) {
            return engine.preview(request, limit, wanted.refresh(), events, cancellation);
        }
        KeptPreviews previews;
        try {
            previews = folders.in(request.projectDir());
        } catch (IOException e) {
            throw new Engine.RunRefused(
                    "Rows cannot be kept in .dvt/previews of "
                            + request.projectDir()
                            + ": "
                            + e.getMessage());
        }
        return engine.keep(request, previews, limit, wanted.refresh(), events, cancellation);
    }

    private void happened(
            RunEvent event,
            Progress.Work work,
            List<RunEvent.ModelFailed> failed,
            List<String> notes) {
        String line = RunLines.line(event);
        if (!line.isEmpty() && !(event instanceof RunEvent.RunFinished)) {
            client.logMessage(new MessageParams(MessageType.Info, line));
        }
        if (event instanceof RunEvent.StageStarted stage) {
            work.report(RunLines.word(stage.stage()) + " " + stage.detail());
            if (stage.stage() == RunEvent.Stage.EXTRACT) {
                notes.add(stage.detail());
            }
        } else if (event instanceof RunEvent.DebuggerAwaited) {
            work.report(line);
        } else if (event instanceof RunEvent.ModelFailed failure) {
            failed.add(failure);
        }
    }

    private static void fail(CompletableFuture<Object> answer, String message) {
        answer.completeExceptionally(
                new ResponseErrorException(
                        new ResponseError(ResponseErrorCode.RequestFailed, message, null)));
    }

    private static JsonObject json(
            List<Previewed> rows, List<RunEvent.ModelFailed> failed, boolean cancelled) {
        JsonArray previews = new JsonArray();
        rows.forEach(one -> previews.add(json(one)));
        JsonArray failures = new JsonArray();
        failed.forEach(one -> failures.add(RunEventJson.of(one)));
        JsonObject json = new JsonObject();
        json.add("previews", previews);
        json.add("failures", failures);
        json.addProperty("cancelled", cancelled);
        return json;
    }

    private static JsonObject json(Previewed one) {
        if (one.kept().isPresent()) {
            return one.kept().get().json();
        }
        JsonObject json = new JsonObject();
        json.addProperty("model", one.model());
        json.addProperty("name", one.name());
        JsonArray columns = new JsonArray();
        for (Column column : one.rows().columns()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", column.name());
            entry.addProperty("type", column.type());
            columns.add(entry);
        }
        json.add("columns", columns);
        JsonArray rows = new JsonArray();
        for (List<Optional<String>> row : one.rows().rows()) {
            JsonArray cells = new JsonArray();
            row.forEach(
                    cell ->
                            cells.add(
                                    cell.<JsonElement>map(JsonPrimitive::new)
                                            .orElse(JsonNull.INSTANCE)));
            rows.add(cells);
        }
        json.add("rows", rows);
        one.total().ifPresent(total -> json.addProperty("rowCount", total));
        json.addProperty("more", one.more());
        return json;
    }

    /** Opens the rows as a text, where the client can open one; else says how many there are. */
    private void show(
            Path root,
            List<Previewed> rows,
            List<RunEvent.ModelFailed> failed,
            List<String> notes) {
        for (RunEvent.ModelFailed failure : failed) {
            client.showMessage(
                    new MessageParams(
                            MessageType.Error,
                            RunLines.shortName(failure.model())
                                    + ": "
                                    + failure.failure().code()
                                    + " "
                                    + failure.failure().message()));
        }
        for (Previewed one : rows) {
            try {
                if (features.showDocument()) {
                    Path file =
                            DvtFolder.open(root)
                                    .folder("previews")
                                    .resolve(CacheKey.segment(one.name()) + ".txt");
                    Files.writeString(file, text(one, notes));
                    ShowDocumentParams params = new ShowDocumentParams(Uris.of(file));
                    params.setTakeFocus(false);
                    var unused = client.showDocument(params);
                } else {
                    client.showMessage(new MessageParams(MessageType.Info, text(one, List.of())));
                }
            } catch (IOException e) {
                client.showMessage(
                        new MessageParams(
                                MessageType.Error,
                                "The rows of "
                                        + one.name()
                                        + " could not be written to .dvt/previews: "
                                        + e.getMessage()));
            }
        }
    }

    private static String text(Previewed one, List<String> notes) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(one.rows().columns().stream().map(Column::type).toList());
        one.rows()
                .rows()
                .forEach(row -> lines.add(row.stream().map(c -> c.orElse("NULL")).toList()));
        StringBuilder text = new StringBuilder(one.name()).append(": ").append(count(one));
        text.append("\n");
        notes.forEach(note -> text.append(note).append("\n"));
        return text.append("\n")
                .append(
                        Page.table(one.rows().columns().stream().map(Column::name).toList(), lines)
                                .plain())
                .append("\n")
                .toString();
    }

    private static String count(Previewed one) {
        int here = one.rows().rows().size();
        return (one.more() ? "the first " : "")
                + here
                + (here == 1 ? " row" : " rows")
                + (one.more() && one.total().isPresent() ? " of " + one.total().getAsLong() : "");
    }

    void cancel() {
        open.keySet().forEach(Cancellation::cancel);
    }

    /** Ends what is being computed, and waits for its processes, but not for ever. */
    @Override
    public void close() {
        cancel();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        for (Thread thread : open.values()) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
