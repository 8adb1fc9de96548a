package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import java.nio.file.Path;
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
        RunEventJson.of(event).asMap().forEach(json::add);
        if (event instanceof RunEvent.ModelFailed failed) {
            JsonObject failure = json.getAsJsonObject("failure");
            failure.remove("file");
            failed.failure().file().ifPresent(file -> failure.addProperty("uri", uris.apply(file)));
        }
        return json;
    }
}
