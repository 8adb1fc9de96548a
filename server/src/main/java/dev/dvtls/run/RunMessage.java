package dev.dvtls.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
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
            List<Given> given,
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
            for (Transfers.Field field : history.get().existing().get().columns()) {
                field.extracted().ifPresent(type -> columns.add(column(field.name(), type)));
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

    /** The message of a SQL model: a query over the session's views instead of code. */
    static JsonObject ofSql(JsonObject message, SqlCompiler.Compiled compiled) {
        message.addProperty("sql", compiled.sql());
        message.addProperty("file", compiled.file().toString());
        message.addProperty("allowEmpty", true);
        return message;
    }

    static JsonObject relation(long id, String view, String sql) {
        JsonObject message = new JsonObject();
        message.addProperty("type", "relation");
        message.addProperty("id", id);
        message.addProperty("view", view);
        message.addProperty("sql", sql);
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

    private static JsonObject given(Given given) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", given.source() ? "source" : "ref");
        json.add("args", Json.of(given.args()));
        json.add("version", Json.of(given.version()));
        json.addProperty("view", given.view());
        json.addProperty("sql", given.sql());
        return json;
    }
}
