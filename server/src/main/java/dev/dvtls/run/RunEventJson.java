package dev.dvtls.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Locale;

/**
 * Events as JSON, one shape everywhere: {@code --output-format json}, the log file, and {@code
 * dvt/runEvent} of the language server; docs/lsp-extensions.md lists the fields.
 */
public final class RunEventJson {
    private RunEventJson() {}

    /** One object; {@code event} says which, seconds are decimal. */
    public static JsonObject of(RunEvent event) {
        JsonObject json = new JsonObject();
        if (event instanceof RunEvent.RunStarted e) {
            json.addProperty("event", "runStarted");
            json.addProperty("target", e.target());
            json.addProperty("targetType", e.targetType());
            JsonArray models = new JsonArray();
            e.models().forEach(models::add);
            json.add("models", models);
            json.addProperty("log", e.log().toString());
        } else if (event instanceof RunEvent.ModelStarted e) {
            json = model("modelStarted", e.model());
        } else if (event instanceof RunEvent.StageStarted e) {
            json = model("stageStarted", e.model());
            json.addProperty("stage", word(e.stage()));
            json.addProperty("detail", e.detail());
        } else if (event instanceof RunEvent.Rows e) {
            json = model("rows", e.model());
            json.addProperty("stage", word(e.stage()));
            json.addProperty("rows", e.rows());
        } else if (event instanceof RunEvent.Output e) {
            json = model("output", e.model());
            json.addProperty("stream", e.error() ? "stderr" : "stdout");
            json.addProperty("line", e.line());
        } else if (event instanceof RunEvent.Warning e) {
            json = model("warning", e.model());
            json.addProperty("message", e.message());
        } else if (event instanceof RunEvent.DebuggerAwaited e) {
            json = model("debuggerAwaited", e.model());
            json.addProperty("port", e.port());
        } else if (event instanceof RunEvent.ModelSucceeded e) {
            json = model("modelSucceeded", e.model());
            json.addProperty("relation", e.relation());
            if (e.rows() >= 0) {
                json.addProperty("rows", e.rows());
            }
            json.addProperty("seconds", seconds(e.took()));
        } else if (event instanceof RunEvent.ModelFailed e) {
            json = model("modelFailed", e.model());
            json.add("failure", failure(e.failure()));
            json.addProperty("seconds", seconds(e.took()));
        } else if (event instanceof RunEvent.ModelSkipped e) {
            json = model("modelSkipped", e.model());
            json.addProperty("because", e.because());
        } else if (event instanceof RunEvent.RunFinished e) {
            json.addProperty("event", "runFinished");
            json.addProperty("succeeded", e.succeeded());
            json.addProperty("failed", e.failed());
            json.addProperty("skipped", e.skipped());
            json.addProperty("cancelled", e.cancelled());
            json.addProperty("seconds", seconds(e.took()));
        }
        return json;
    }

    private static JsonObject model(String event, String model) {
        JsonObject json = new JsonObject();
        json.addProperty("event", event);
        json.addProperty("model", model);
        return json;
    }

    private static JsonObject failure(RunEvent.Failure failure) {
        JsonObject json = new JsonObject();
        json.addProperty("code", failure.code());
        json.addProperty("message", failure.message());
        failure.file().ifPresent(file -> json.addProperty("file", file.toString()));
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

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
