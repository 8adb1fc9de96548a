package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.FixtureOptions;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import dev.dvtls.run.RunRequest;
import dev.dvtls.run.SavedFixtures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What models read, saved as files of the project because the user said so. Thread-safe. */
final class FixtureSaves implements AutoCloseable {
    private final Client client;
    private final Engine engine;
    private final Runnable afterEach;
    private final UserTasks tasks;

    /**
     * @param afterEach the cache may hold more than before
     */
    FixtureSaves(Client client, Progress progress, Engine engine, Runnable afterEach) {
        this.client = client;
        this.engine = engine;
        this.afterEach = afterEach;
        this.tasks =
                new UserTasks(
                        progress,
                        Executors.newSingleThreadExecutor(Daemons.named("dvt-ls fixtures")));
    }

    /**
     * What is asked.
     *
     * @param show what was saved, to the user
     */
    record Wanted(
            RunRequest request,
            FixtureOptions options,
            boolean show,
            Optional<Either<String, Integer>> token) {}

    /** Begins; the answer is completed when the files are there. */
    void begin(Wanted wanted, CompletableFuture<Object> answer) {
        String title = "Saving what " + String.join(" ", wanted.request().select()) + " reads";
        tasks.begin(
                new UserTasks.Named(title, "Saving the fixtures", wanted.token()),
                answer,
                (work, cancellation) -> saved(wanted, work, cancellation));
    }

    private JsonObject saved(Wanted wanted, Progress.Work work, Cancellation cancellation)
            throws IOException, InterruptedException {
        JsonArray failures = new JsonArray();
        try {
            List<SavedFixtures> saved =
                    engine.saveFixtures(
                            wanted.request(),
                            wanted.options(),
                            event -> happened(event, work, failures, wanted.show()),
                            cancellation);
            if (wanted.show()) {
                saved.forEach(this::tell);
            }
            JsonArray models = new JsonArray();
            saved.forEach(one -> models.add(json(one)));
            JsonObject json = new JsonObject();
            json.add("saved", models);
            json.add("failures", failures);
            json.addProperty("cancelled", cancellation.isCancelled());
            return json;
        } catch (Engine.RunRefused e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            afterEach.run();
        }
    }

    private void happened(RunEvent event, Progress.Work work, JsonArray failures, boolean show) {
        String line = RunLines.line(event);
        if (!line.isEmpty() && !(event instanceof RunEvent.RunFinished)) {
            client.logMessage(new MessageParams(MessageType.Info, line));
        }
        if (event instanceof RunEvent.StageStarted stage) {
            work.report(RunLines.word(stage.stage()) + " " + stage.detail());
        } else if (event instanceof RunEvent.ModelFailed failed) {
            failures.add(RunEventJson.of(failed));
            if (show) {
                String what = RunLines.shortName(failed.model()) + ": ";
                client.showMessage(
                        new MessageParams(MessageType.Error, what + failed.failure().message()));
            }
        }
    }

    private void tell(SavedFixtures saved) {
        StringBuilder text = new StringBuilder(saved.name());
        text.append(saved.files().isEmpty() ? " reads nothing: there is nothing to save." : "");
        for (SavedFixtures.One one : saved.files()) {
            text.append("\n").append(one.file()).append(": ").append(one.count());
        }
        client.showMessage(new MessageParams(MessageType.Info, text.toString()));
    }

    private static JsonObject json(SavedFixtures saved) {
        JsonArray files = new JsonArray();
        for (SavedFixtures.One one : saved.files()) {
            JsonObject file = new JsonObject();
            file.addProperty("name", one.name());
            file.addProperty("uri", Uris.of(one.file()));
            file.addProperty("kept", one.kept());
            if (!one.kept()) {
                file.addProperty("rows", one.rows());
                file.addProperty("total", one.total());
            }
            files.add(file);
        }
        JsonObject json = new JsonObject();
        json.addProperty("model", saved.model());
        json.addProperty("name", saved.name());
        json.addProperty("folder", Uris.of(saved.folder()));
        json.add("files", files);
        return json;
    }

    void cancel() {
        tasks.cancel();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
