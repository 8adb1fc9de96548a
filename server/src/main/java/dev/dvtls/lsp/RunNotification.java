package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.RunEvent;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** A {@link RunEvent} as the parameters of {@code dvt/runEvent}; docs/lsp-extensions.md. */
final class RunNotification {
    private RunNotification() {}

    /**
     * @param uris how the client writes a file
     */
    static JsonObject of(String run, RunEvent event, Function<Path, String> uris) {
        JsonObject json = new JsonObject();
        json.addProperty("run", run);
        if (event instanceof RunEvent.RunStarted e) {
            json.addProperty("event", "runStarted");
            json.addProperty("target", e.target());
            json.addProperty("targetType", e.targetType());
            JsonArray models = new JsonArray();
            e.models().forEach(models::add);
            json.add("models", models);
        } else if (event instanceof RunEvent.ModelStarted e) {
            named(json, "modelStarted", e.model());
        } else if (event instanceof RunEvent.StageStarted e) {
            named(json, "stageStarted", e.model());
            json.addProperty("stage", word(e.stage()));
            json.addProperty("detail", e.detail());
        } else if (event instanceof RunEvent.Rows e) {
            named(json, "rows", e.model());
            json.addProperty("stage", word(e.stage()));
            json.addProperty("rows", e.rows());
        } else if (event instanceof RunEvent.Output e) {
            named(json, "output", e.model());
            json.addProperty("stream", e.error() ? "stderr" : "stdout");
            json.addProperty("line", e.line());
        } else if (event instanceof RunEvent.Warning e) {
            named(json, "warning", e.model());
            json.addProperty("message", e.message());
        } else if (event instanceof RunEvent.ModelSucceeded e) {
            named(json, "modelSucceeded", e.model());
            json.addProperty("relation", e.relation());
            json.addProperty("rows", e.rows());
            json.addProperty("seconds", e.took().toMillis() / 1000.0);
        } else if (event instanceof RunEvent.ModelFailed e) {
            named(json, "modelFailed", e.model());
            json.add("failure", failure(e.failure(), uris));
            json.addProperty("seconds", e.took().toMillis() / 1000.0);
        } else if (event instanceof RunEvent.ModelSkipped e) {
            named(json, "modelSkipped", e.model());
            json.addProperty("because", e.because());
        } else if (event instanceof RunEvent.RunFinished e) {
            json.addProperty("event", "runFinished");
            json.addProperty("succeeded", e.succeeded());
            json.addProperty("failed", e.failed());
            json.addProperty("skipped", e.skipped());
            json.addProperty("cancelled", e.cancelled());
            json.addProperty("seconds", e.took().toMillis() / 1000.0);
        }
        return json;
    }

    private static void named(JsonObject json, String event, String model) {
        json.addProperty("event", event);
        json.addProperty("model", model);
    }

    private static JsonObject failure(RunEvent.Failure failure, Function<Path, String> uris) {
        JsonObject json = new JsonObject();
        json.addProperty("code", failure.code());
        json.addProperty("message", failure.message());
        failure.file().ifPresent(file -> json.addProperty("uri", uris.apply(file)));
        if (failure.line() > 0) {
            json.addProperty("line", failure.line());
            json.addProperty("column", failure.column());
            json.addProperty("endLine", failure.endLine());
            json.addProperty("endColumn", failure.endColumn());
        }
        json.addProperty("traceback", failure.traceback());
        return json;
    }

    private static String word(RunEvent.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
