package dev.dvtls.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.run.Transfers.Column;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes from a worker: {@code docs/worker-protocol.md}, and its end. */
sealed interface WorkerMessage {
    /**
     * @param problem why no model can run in this interpreter
     */
    record Ready(String python, String executable, Optional<String> problem)
            implements WorkerMessage {}

    record Output(boolean error, String text) implements WorkerMessage {}

    record Need(long id, boolean source, List<String> args, Optional<String> version, int line)
            implements WorkerMessage {}

    /** The model's own previous result, which the {@code run} message only announced. */
    record NeedHistory(long id) implements WorkerMessage {}

    record Warning(String message) implements WorkerMessage {}

    /** The model waits for a debugger on this port. */
    record Debugger(int port) implements WorkerMessage {}

    /**
     * @param path empty: nothing new
     */
    record Result(Optional<Path> path, long rows, List<Column> columns) implements WorkerMessage {}

    record Failed(RunEvent.Failure failure) implements WorkerMessage {}

    /**
     * Where the model is at work.
     *
     * @param file of the user's innermost frame; empty: not known
     */
    record Where(Optional<Path> file, int line, String traceback) implements WorkerMessage {}

    record Rendered(Map<String, String> values, Optional<String> error) implements WorkerMessage {}

    /** A compile session has read the project's macros. */
    record CompilerReady() implements WorkerMessage {}

    /**
     * @param config what the model gave to {@code config()}, plain values
     */
    record Compiled(long id, String sql, Map<String, Object> config) implements WorkerMessage {}

    record NotCompiled(long id, RunEvent.Failure failure) implements WorkerMessage {}

    /**
     * The process is gone.
     *
     * @param exitCode over 128: ended by that signal plus 128
     */
    record Ended(int exitCode, List<String> lastErrorLines) implements WorkerMessage {}

    /** The run was cancelled; the worker is being ended. */
    record Cancelled() implements WorkerMessage {}

    /** The time given to {@link WorkerProcess#next} is over. */
    record TimedOut() implements WorkerMessage {}

    /** Reads a line; one that is no message of ours is taken for output. */
    static WorkerMessage parse(String line) {
        JsonObject json;
        try {
            JsonElement element = JsonParser.parseString(line);
            if (!element.isJsonObject()) {
                return new Output(false, line);
            }
            json = element.getAsJsonObject();
        } catch (JsonParseException e) {
            return new Output(false, line);
        }
        return switch (Json.text(json, "type").orElse("")) {
            case "ready" ->
                    new Ready(
                            Json.text(json, "python").orElse(""),
                            Json.text(json, "executable").orElse(""),
                            Json.text(json, "problem"));
            case "output" ->
                    new Output(
                            Json.text(json, "stream").orElse("").equals("stderr"),
                            Json.text(json, "text").orElse(""));
            case "need" ->
                    Json.text(json, "kind").orElse("").equals("this")
                            ? new NeedHistory(Json.number(json, "id"))
                            : new Need(
                                    Json.number(json, "id"),
                                    Json.text(json, "kind").orElse("").equals("source"),
                                    Json.items(json, "args").stream()
                                            .map(JsonElement::getAsString)
                                            .toList(),
                                    Json.text(json, "version"),
                                    (int) Json.number(json, "line"));
            case "debugger" -> new Debugger((int) Json.number(json, "port"));
            case "warning" -> new Warning(Json.text(json, "message").orElse(""));
            case "result" ->
                    new Result(
                            Json.text(json, "path").flatMap(WorkerMessage::path),
                            Json.number(json, "rows"),
                            Json.items(json, "columns").stream()
                                    .map(JsonElement::getAsJsonObject)
                                    .map(WorkerMessage::column)
                                    .toList());
            case "where" ->
                    new Where(
                            Json.text(json, "file").flatMap(WorkerMessage::path),
                            (int) Json.number(json, "line"),
                            Json.text(json, "traceback").orElse(""));
            case "failure" -> new Failed(failure(json));
            case "rendered" -> rendered(json);
            case "compiler" -> new CompilerReady();
            case "compiled" -> compiled(json);
            default -> new Output(false, line);
        };
    }

    private static WorkerMessage compiled(JsonObject json) {
        long id = Json.number(json, "id");
        if (json.get("failure") instanceof JsonObject failed) {
            return new NotCompiled(id, failure(failed));
        }
        Map<String, Object> config =
                json.get("config") instanceof JsonObject given ? Json.plain(given) : Map.of();
        return new Compiled(id, Json.text(json, "sql").orElse(""), config);
    }

    private static Column column(JsonObject json) {
        return new Column(
                Json.text(json, "name").orElse(""), Json.text(json, "type").orElse("VARCHAR"));
    }

    private static RunEvent.Failure failure(JsonObject json) {
        return new RunEvent.Failure(
                Json.text(json, "code").orElse("DVT126"),
                Json.text(json, "message").orElse("The model failed without a message."),
                Json.text(json, "file").flatMap(WorkerMessage::path),
                (int) Json.number(json, "line"),
                (int) Json.number(json, "column"),
                (int) Json.number(json, "endLine"),
                (int) Json.number(json, "endColumn"),
                Json.text(json, "traceback").orElse(""));
    }

    private static Rendered rendered(JsonObject json) {
        Map<String, String> values = new LinkedHashMap<>();
        if (json.get("values") instanceof JsonObject object) {
            object.asMap()
                    .forEach(
                            (key, value) ->
                                    values.put(
                                            key,
                                            value.isJsonPrimitive()
                                                    ? value.getAsString()
                                                    : value.toString()));
        }
        return new Rendered(Map.copyOf(values), Json.text(json, "error"));
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty(); // "<string>" and the like, on Windows
        }
    }
}
