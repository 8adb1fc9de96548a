package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.cache.CacheReader.QueryRefused;
import dev.dvtls.cache.ColumnProfile;
import dev.dvtls.cache.FrameReader;
import dev.dvtls.cache.KeptPreview;
import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.cache.PreviewFolders;
import dev.dvtls.run.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Requests about a preview that was kept: its rows in pages, its profile, an export of it. They
 * read that preview's file and compute nothing of the project. Thread-safe.
 */
final class PreviewRequests implements AutoCloseable {
    private static final int THREADS = 3;

    private final Requests requests;
    private final PreviewFolders folders;
    private final BooleanSupplier trusted;
    private final Consumer<String> log;
    private final ExecutorService pool =
            Executors.newFixedThreadPool(THREADS, Daemons.named("dvt-ls preview rows"));
    private final Set<Cancellation> open = ConcurrentHashMap.newKeySet();

    PreviewRequests(
            Requests requests,
            PreviewFolders folders,
            BooleanSupplier trusted,
            Consumer<String> log) {
        this.requests = requests;
        this.folders = folders;
        this.trusted = trusted;
        this.log = log;
    }

    /** The client looks at a preview no more. */
    CompletableFuture<JsonObject> close(JsonObject params) {
        return answered(
                params,
                (previews, kept, cancellation) -> {
                    if (kept.isPresent()) {
                        previews.orElseThrow().forget(kept.get().id());
                    }
                    return new JsonObject();
                });
    }

    /** Removes what killed servers left in projects, in a while. */
    void collect(Set<Path> roots) {
        if (trusted.getAsBoolean()) {
            pool.execute(() -> roots.forEach(this::collect));
        }
    }

    private void collect(Path root) {
        try {
            if (PreviewFolders.collect(root) > 0) {
                log.accept("Removed rows of previews that an ended server left in " + root);
            }
        } catch (IOException e) {
            log.accept("What is left in .dvt/previews of " + root + " stays: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    CompletableFuture<JsonObject> rows(JsonObject params) {
        return read(
                params,
                reader -> {
                    FrameReader.Rows rows = reader.rows(PreviewParams.part(params));
                    JsonObject json = new JsonObject();
                    json.add("rows", texts(rows.rows()));
                    json.addProperty("total", rows.total());
                    return json;
                });
    }

    CompletableFuture<JsonObject> profile(JsonObject params) {
        return read(
                params,
                reader -> {
                    JsonArray columns = new JsonArray();
                    for (ColumnProfile one : reader.profile(PreviewParams.view(params))) {
                        JsonObject json = new JsonObject();
                        json.addProperty("name", one.column().name());
                        json.addProperty("type", one.column().type());
                        json.addProperty("nulls", one.nulls());
                        json.addProperty("distinct", one.distinct());
                        one.min().ifPresent(value -> json.addProperty("min", value));
                        one.max().ifPresent(value -> json.addProperty("max", value));
                        columns.add(json);
                    }
                    JsonObject json = new JsonObject();
                    json.add("columns", columns);
                    return json;
                });
    }

    CompletableFuture<JsonObject> export(JsonObject params) {
        return answered(
                params,
                (previews, kept, cancellation) -> {
                    Path file = PreviewParams.file(params);
                    KeptPreview there = there(kept);
                    long rows =
                            FrameReader.export(
                                    previews.orElseThrow(),
                                    there,
                                    PreviewParams.view(params),
                                    PreviewParams.format(params),
                                    file,
                                    reader -> cancelled(reader, cancellation));
                    JsonObject json = new JsonObject();
                    json.addProperty("uri", Uris.of(file));
                    json.addProperty("rows", rows);
                    return json;
                });
    }

    private static void cancelled(FrameReader reader, Cancellation cancellation) {
        var unused = cancellation.onCancel(reader::cancel);
    }

    private interface Reading {
        JsonObject answer(FrameReader reader) throws QueryRefused, IOException;
    }

    private CompletableFuture<JsonObject> read(JsonObject params, Reading reading) {
        return answered(
                params,
                (previews, kept, cancellation) -> {
                    KeptPreview there = there(kept);
                    try (FrameReader reader = FrameReader.open(previews.orElseThrow(), there)) {
                        cancelled(reader, cancellation);
                        return reading.answer(reader);
                    }
                });
    }

    private static KeptPreview there(Optional<KeptPreview> kept) {
        return kept.orElseThrow(
                () ->
                        Requests.refused(
                                "The rows of this preview are not kept any more. Compute them"
                                        + " again."));
    }

    private interface Work {
        JsonObject answer(
                Optional<KeptPreviews> previews,
                Optional<KeptPreview> kept,
                Cancellation cancellation)
                throws QueryRefused, IOException;
    }

    private CompletableFuture<JsonObject> answered(JsonObject params, Work work) {
        if (!trusted.getAsBoolean()) {
            return DvtServer.failed(
                    ResponseErrorCode.RequestFailed,
                    "Rows are not read in a folder that is not trusted. Trust the folder in your"
                            + " editor, then ask again.");
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation();
        open.add(cancellation);
        var unused =
                answer.whenComplete(
                        (result, error) -> {
                            open.remove(cancellation);
                            if (answer.isCancelled()) {
                                cancellation.cancel();
                            }
                        });
        Optional<Path> place = PreviewParams.place(params);
        var unusedToo =
                requests.askProjects(place, snapshot -> place.flatMap(snapshot::rootOf))
                        .whenCompleteAsync(
                                (root, error) -> {
                                    if (error != null) {
                                        answer.completeExceptionally(error);
                                    } else if (!answer.isDone()) {
                                        answer(params, root, work, cancellation, answer);
                                    }
                                },
                                pool);
        return answer;
    }

    private void answer(
            JsonObject params,
            Optional<Path> root,
            Work work,
            Cancellation cancellation,
            CompletableFuture<JsonObject> answer) {
        try {
            Optional<KeptPreviews> previews =
                    folders.known(
                            root.orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "uri is in no project that is open")));
            String id = PreviewParams.preview(params);
            Optional<KeptPreview> kept =
                    previews.isPresent() ? previews.get().find(id) : Optional.empty();
            answer.complete(work.answer(previews, kept, cancellation));
        } catch (ResponseErrorException e) {
            answer.completeExceptionally(e);
        } catch (IllegalArgumentException e) {
            answer.completeExceptionally(
                    new ResponseErrorException(
                            new ResponseError(
                                    ResponseErrorCode.InvalidParams,
                                    "The request about a preview cannot be answered: "
                                            + e.getMessage()
                                            + ".",
                                    null)));
        } catch (QueryRefused | IOException e) {
            answer.completeExceptionally(Requests.refused(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(Requests.refused("The preview broke off: " + e));
        }
    }

    private static JsonArray texts(List<List<Optional<String>>> rows) {
        JsonArray all = new JsonArray(rows.size());
        for (List<Optional<String>> row : rows) {
            JsonArray cells = new JsonArray(row.size());
            row.forEach(
                    cell ->
                            cells.add(
                                    cell.<JsonElement>map(JsonPrimitive::new)
                                            .orElse(JsonNull.INSTANCE)));
            all.add(cells);
        }
        return all;
    }

    @Override
    public void close() {
        open.forEach(Cancellation::cancel);
        pool.shutdownNow();
        try {
            folders.close();
        } catch (IOException e) {
            log.accept("The rows of previews could not be removed: " + e.getMessage());
        }
    }
}
