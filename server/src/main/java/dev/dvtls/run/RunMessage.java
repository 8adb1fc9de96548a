package dev.dvtls.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The messages to a worker: {@code docs/worker-protocol.md}. Pure. */
final class RunMessage {
    private RunMessage() {}

    static JsonObject of(
            RunContext run,
            Node model,
            Landing landing,
            List<PythonRun.Given> given,
            Optional<History> history,
            boolean incremental,
            Path output)
            throws ModelFailure, CancelledException, InterruptedException {
        ModelConfig config = new ModelConfig(model);
        Relation relation = landing.relation();
        JsonObject message = new JsonObject();
        message.addProperty("type", "run");
        message.addProperty("model", model.name());
        message.addProperty("file", model.file().toString());
        message.addProperty("projectRoot", run.manifest().project().root().toString());
        message.add("config", Json.of(model.config()));
        JsonArray relations = new JsonArray();
        given.forEach(g -> relations.add(given(g)));
        message.add("relations", relations);
        JsonObject self = new JsonObject();
        self.addProperty(
                "database", relation.database().orElse(Relations.database(landing.connection())));
        self.addProperty("schema", relation.schema());
        self.addProperty("identifier", relation.identifier());
        Optional<CachedRelation> rows = history.flatMap(History::rows);
        self.add("view", Json.of(history.map(h -> Relations.view(model))));
        self.add("sql", Json.of(rows.map(CachedRelation::sql)));
        self.add("columns", columns(rows, history));
        message.add("this", self);
        message.addProperty("isIncremental", incremental);
        message.add("vars", Json.of(run.vars()));
        message.addProperty("output", output.toString());
        message.add("uniqueKey", Json.of(config.uniqueKey()));
        message.addProperty("allowEmpty", config.allowsEmpty());
        return message;
    }

    /** Types of the previous result, of columns where they are certain. */
    private static JsonArray columns(Optional<CachedRelation> rows, Optional<History> history)
            throws ModelFailure, CancelledException, InterruptedException {
        JsonArray columns = new JsonArray();
        if (rows.isPresent()) {
            rows.get().columns().forEach(c -> columns.add(column(c.name(), c.type())));
        } else if (history.isPresent() && history.get().existing().isPresent()) {
            for (Transfers.Column column : history.get().existing().get().columns()) {
                Shape.duckType(column.type())
                        .ifPresent(type -> columns.add(column(column.name(), type)));
            }
        }
        return columns;
    }

    private static JsonObject column(String name, String type) {
        JsonObject column = new JsonObject();
        column.addProperty("name", name);
        column.addProperty("type", type);
        return column;
    }

    static JsonObject relation(long id, String view, CachedRelation relation) {
        JsonObject message = new JsonObject();
        message.addProperty("type", "relation");
        message.addProperty("id", id);
        message.addProperty("view", view);
        message.addProperty("sql", relation.sql());
        return message;
    }

    static JsonObject noRelation(long id, String code, String text) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", text);
        JsonObject message = new JsonObject();
        message.addProperty("type", "relation");
        message.addProperty("id", id);
        message.add("error", error);
        return message;
    }

    private static JsonObject given(PythonRun.Given given) {
        JsonObject json = new JsonObject();
        Node node = given.read().node();
        List<String> args;
        Optional<String> version = Optional.empty();
        if (given.read().target() instanceof Reference.ModelTarget target) {
            args =
                    target.packageName()
                            .map(p -> List.of(p, target.name()))
                            .orElse(List.of(target.name()));
            version = target.version();
        } else if (given.read().target() instanceof Reference.SourceTarget target) {
            args = List.of(target.source(), target.table());
        } else {
            args = node.sourceName().map(s -> List.of(s, node.name())).orElse(List.of(node.name()));
        }
        json.addProperty("kind", node.kind() == Node.Kind.SOURCE ? "source" : "ref");
        json.add("args", Json.of(args));
        json.add("version", Json.of(version));
        json.addProperty("view", Relations.view(node));
        json.addProperty("sql", given.relation().sql());
        return json;
    }
}
