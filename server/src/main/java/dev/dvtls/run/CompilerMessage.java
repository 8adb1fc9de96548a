package dev.dvtls.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Project;
import dev.dvtls.run.SqlCompiler.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The messages to a compile session: {@code docs/worker-protocol.md}. Pure but for ids and time.
 */
final class CompilerMessage {
    /** The dbt whose language is followed. */
    private static final String DBT_VERSION = "1.10.0";

    /** What {@code target} shows of a connection: nothing that opens one. */
    private static final Set<String> SHOWN =
            Set.of(
                    "host",
                    "server",
                    "port",
                    "user",
                    "username",
                    "dbname",
                    "database",
                    "schema",
                    "path",
                    "account",
                    "warehouse",
                    "role",
                    "project",
                    "dataset",
                    "location",
                    "catalog",
                    "http_path",
                    "threads",
                    "driver",
                    "method");

    private CompilerMessage() {}

    /** Opens a session. */
    static JsonObject session(WorkerCompiler.Setup setup) {
        Manifest manifest = setup.manifest();
        Project project = manifest.project();
        JsonObject message = new JsonObject();
        message.addProperty("type", "compiler");
        message.addProperty("projectRoot", project.root().toString());
        message.addProperty(
                "packagesFolder", project.root().resolve(project.packagesPath()).toString());
        message.addProperty("project", project.name());
        JsonArray packages = new JsonArray();
        packages.add(macros(project));
        manifest.installed().forEach(installed -> packages.add(macros(installed)));
        message.add("packages", packages);
        message.add("vars", Json.of(setup.vars()));
        message.add("dispatch", Json.of(project.dispatch()));
        message.add("target", Json.of(target(setup)));
        message.addProperty("fullRefresh", setup.request().fullRefresh());
        message.addProperty("invocationId", UUID.randomUUID().toString());
        message.addProperty("startedAt", Instant.now().toEpochMilli() / 1000.0);
        message.addProperty("dbtVersion", DBT_VERSION);
        return message;
    }

    private static JsonObject macros(Project project) {
        JsonObject json = new JsonObject();
        json.addProperty("name", project.name());
        json.add(
                "macros",
                Json.of(
                        project.macroPaths().stream()
                                .map(path -> project.root().resolve(path).normalize().toString())
                                .toList()));
        json.add("vars", Json.of(project.vars()));
        return json;
    }

    private static Map<String, Object> target(WorkerCompiler.Setup setup) {
        Connection target = setup.target();
        Map<String, Object> shown = new LinkedHashMap<>();
        target.fields()
                .forEach(
                        (key, value) -> {
                            if (SHOWN.contains(key)) {
                                shown.put(key, shown(value));
                            }
                        });
        String database = Relations.database(target);
        shown.put("name", target.name());
        shown.put("target_name", target.name());
        shown.put("profile_name", setup.profile());
        shown.put("schema", target.defaultSchema());
        shown.putIfAbsent("database", database);
        shown.putIfAbsent("dbname", database);
        shown.putIfAbsent("threads", 4);
        return shown;
    }

    /** Behind a question mark a path may carry a token. */
    private static Object shown(Object value) {
        return value instanceof String text && text.indexOf('?') >= 0
                ? text.substring(0, text.indexOf('?'))
                : value;
    }

    /**
     * The model lands on the place's connection, over the cache on the target.
     *
     * @param text to render: the model's own, or a template of its config
     */
    static JsonObject compile(
            long id,
            Manifest manifest,
            Node model,
            String text,
            Place place,
            Connection target,
            boolean incremental) {
        Connection connection = place instanceof Place.Inside inside ? inside.connection() : target;
        String dialect = place instanceof Place.Inside ? connection.type() : "duckdb";
        Relation relation = Relations.of(model, connection);
        JsonObject message = new JsonObject();
        message.addProperty("type", "compile");
        message.addProperty("id", id);
        message.addProperty("file", model.file().toString());
        message.addProperty("text", text);
        message.add("model", Json.of(describe(manifest, model, relation, text, connection)));
        message.add("this", named(model, relation, place, connection));
        message.addProperty("isIncremental", incremental);
        message.addProperty("dialect", dialect);
        message.add("quote", Json.of(Dialect.of(dialect).quote()));
        return message;
    }

    /** How a query names a node's table. */
    static JsonObject named(Node node, Relation relation, Place place, Connection connection) {
        JsonObject json = new JsonObject();
        json.addProperty("database", relation.database().orElse(Relations.database(connection)));
        json.addProperty("schema", relation.schema());
        json.addProperty("identifier", relation.identifier());
        Map<String, String> parts =
                place instanceof Place.Inside
                        ? Dialect.of(connection.type()).parts(relation)
                        : Map.of("identifier", sessionName(node));
        json.add("parts", Json.of(parts));
        return json;
    }

    private static String sessionName(Node node) {
        String name = Relations.view(node);
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : Dialect.of("duckdb").name(name);
    }

    /** {@code model}: what dbt's has that a file says. */
    private static Map<String, Object> describe(
            Manifest manifest, Node model, Relation relation, String text, Connection connection) {
        Path root = manifest.rootOf(model);
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Node.Column column : model.columns()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", column.name());
            described.put("description", column.description());
            described.put("data_type", column.dataType());
            columns.put(column.name(), described);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("unique_id", model.uniqueId());
        json.put("resource_type", model.kind().word());
        json.put("package_name", model.packageName());
        json.put("alias", relation.identifier());
        json.put("schema", relation.schema());
        json.put("database", relation.database().orElse(Relations.database(connection)));
        json.put("version", model.version());
        json.put("original_file_path", shown(root.relativize(model.file())));
        json.put("path", shown(model.file().getFileName()));
        json.put("fqn", manifest.fqn(model));
        json.put("description", model.description());
        json.put("tags", model.tags());
        json.put("config", model.config());
        json.put("columns", columns);
        json.put("depends_on", Map.of("nodes", List.copyOf(model.dependsOn())));
        json.put("language", "sql");
        json.put("raw_code", text);
        return json;
    }

    private static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }
}
