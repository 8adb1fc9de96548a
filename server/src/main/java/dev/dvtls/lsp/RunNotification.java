package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import dev.dvtls.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A {@link RunEvent} as the parameters of {@code dvt/runEvent}; docs/lsp-extensions.md. */
final class RunNotification {
    private RunNotification() {}

    /** It begins when another one, which works on a model of it, has ended. */
    static JsonObject waiting(Run run) {
        JsonObject json = event(run, "runWaiting");
        asked(json, run.request());
        JsonArray models = new JsonArray();
        run.models().stream().sorted().forEach(models::add);
        json.add("models", models);
        return json;
    }

    /** It ended otherwise than runs end. */
    static JsonObject broken(Run run, String message) {
        JsonObject json = event(run, "runBroken");
        json.addProperty("message", message);
        return json;
    }

    static JsonObject of(Run run, RunEvent event, Snapshot snapshot) {
        JsonObject json = new JsonObject();
        json.addProperty("run", run.id());
        RunEventJson.of(event).asMap().forEach(json::add);
        Function<Path, String> uris = file -> Convert.uri(snapshot, file);
        if (event instanceof RunEvent.RunStarted started) {
            asked(json, run.request());
            Optional<Manifest> manifest =
                    Optional.ofNullable(snapshot.projects().get(run.request().projectDir()));
            json.add("files", files(started.models(), manifest, uris));
        } else if (event instanceof RunEvent.ModelFailed failed) {
            JsonObject failure = json.getAsJsonObject("failure");
            failure.remove("file");
            failed.failure().file().ifPresent(file -> failure.addProperty("uri", uris.apply(file)));
        }
        return json;
    }

    private static JsonObject event(Run run, String event) {
        JsonObject json = new JsonObject();
        json.addProperty("run", run.id());
        json.addProperty("event", event);
        return json;
    }

    /** What the same run is asked for with, once more. */
    private static void asked(JsonObject json, RunRequest request) {
        json.addProperty("projectDir", request.projectDir().toString());
        json.add("select", texts(request.select()));
        json.add("exclude", texts(request.exclude()));
        json.addProperty("fullRefresh", request.fullRefresh());
    }

    private static JsonObject files(
            List<String> models, Optional<Manifest> manifest, Function<Path, String> uris) {
        JsonObject files = new JsonObject();
        for (String id : models) {
            manifest.flatMap(m -> m.node(id))
                    .ifPresent(node -> files.addProperty(id, uris.apply(node.file())));
        }
        return files;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
