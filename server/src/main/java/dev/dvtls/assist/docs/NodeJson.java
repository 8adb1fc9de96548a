package dev.dvtls.assist.docs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.NodeText;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.Exposure;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node as the page takes it: what is empty is left out. {@code web/docs/data.ts} has the same
 * shape.
 */
record NodeJson(
        Manifest manifest, NodeFacts facts, Map<String, LastRun> runs, Notes notes, Scrub scrub) {
    /** Config that is shown in a place of its own. */
    private static final List<String> SHOWN_ELSEWHERE =
            List.of("tags", "meta", "docs", "materialized", "group", "freshness");

    JsonElement of(Node node) {
        JsonObject json = new JsonObject();
        json.addProperty("id", node.uniqueId());
        json.addProperty("kind", node.kind().word());
        json.addProperty("name", node.name());
        node.sourceName().ifPresent(source -> json.addProperty("source", source));
        node.version().ifPresent(version -> json.addProperty("version", version));
        if (!node.packageName().equals(manifest.project().name())) {
            json.addProperty("package", node.packageName());
        }
        json.addProperty("path", NodeText.path(manifest, node));
        if (node.kind() == Node.Kind.MODEL) {
            json.addProperty("language", node.isPython() ? "python" : "sql");
            json.addProperty("materialized", node.materialized());
        }
        place(json, node);
        add(json, "description", described(node, node.description()));
        add(json, "tags", strings(node.tags()));
        about(json, node.config());
        columns(json, node);
        add(json, "tests", tests(notes.tested(key(node)).own()));
        node.sourceName().ifPresent(source -> source(json, notes.source(source, node.name())));
        add(json, "reads", strings(node.dependsOn()));
        facts.cached(manifest, node).ifPresent(cached -> json.add("cache", cache(cached)));
        Optional.ofNullable(runs.get(node.uniqueId())).ifPresent(run -> json.add("run", run(run)));
        return json;
    }

    JsonElement of(Exposure exposure) {
        var said = exposure.declared();
        JsonObject json = new JsonObject();
        json.addProperty("id", exposure.uniqueId());
        json.addProperty("kind", "exposure");
        json.addProperty("name", said.name().text());
        add(json, "label", said.label());
        Path root = manifest.project().root();
        json.addProperty("path", root.relativize(exposure.file()).toString().replace('\\', '/'));
        add(json, "type", said.type());
        add(json, "url", scrub.text(said.url()));
        add(json, "owner", said.owner());
        add(
                json,
                "description",
                scrub.text(manifest.described(manifest.project().name(), said.description())));
        add(json, "tags", strings(exposure.tags()));
        about(json, said.config());
        add(json, "reads", strings(exposure.dependsOn()));
        return json;
    }

    private static String key(Node node) {
        return node.kind().word()
                + "s."
                + node.sourceName().map(source -> source + ".").orElse("")
                + node.name();
    }

    private String described(Node node, String description) {
        return scrub.text(manifest.described(node.packageName(), description));
    }

    private void place(JsonObject json, Node node) {
        if (node.materialized().equals("ephemeral")) {
            return;
        }
        Optional<NodeFacts.Place> place = facts.place(manifest, node);
        json.addProperty(
                "relation", NodeText.relation(node, place.flatMap(NodeFacts.Place::schema)));
        place.map(p -> p.target() + " (" + p.type() + ")")
                .or(() -> node.relation().connection())
                .ifPresent(target -> json.addProperty("target", target));
    }

    /** Owner, group, meta and the rest of the config. */
    private void about(JsonObject json, Map<String, Object> config) {
        Optional<String> group =
                config.get("group") instanceof String name ? Optional.of(name) : Optional.empty();
        group.ifPresent(name -> json.addProperty("group", name));
        if (!json.has("owner")) {
            owner(config, group).ifPresent(owner -> add(json, "owner", owner));
        }
        if (config.get("meta") instanceof Map<?, ?> meta && !meta.isEmpty()) {
            json.add("meta", scrub.json(meta));
        }
        Map<String, Object> rest = new LinkedHashMap<>(config);
        SHOWN_ELSEWHERE.forEach(rest::remove);
        if (!rest.isEmpty()) {
            json.add("config", scrub.json(rest));
        }
    }

    /** {@code meta: {owner: ...}}, as many write it, else the group's. */
    private Optional<String> owner(Map<String, Object> config, Optional<String> group) {
        Optional<String> said =
                config.get("meta") instanceof Map<?, ?> meta
                                && meta.get("owner") instanceof String owner
                        ? Optional.of(owner)
                        : Optional.empty();
        return said.or(
                () ->
                        group.flatMap(name -> Optional.ofNullable(notes.owners().get(name)))
                                .map(o -> o.name().isEmpty() ? o.email() : o.name()));
    }

    private void columns(JsonObject json, Node node) {
        Notes.Tested tested = notes.tested(key(node));
        JsonArray columns = new JsonArray();
        for (Node.Column column : facts.columns(manifest, node).columns()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", column.name());
            column.dataType().ifPresent(type -> add(one, "type", type));
            add(one, "description", described(node, column.description()));
            add(one, "tests", tests(tested.column(column.name())));
            columns.add(one);
        }
        add(json, "columns", columns);
    }

    private static void source(JsonObject json, Notes.SourceNote note) {
        JsonObject of = new JsonObject();
        add(of, "description", note.description());
        add(of, "loader", note.loader());
        add(of, "loadedAt", note.loadedAtField());
        add(of, "freshness", strings(note.freshness()));
        if (!of.isEmpty()) {
            json.add("from", of);
        }
    }

    private static JsonArray tests(List<Notes.Test> tests) {
        JsonArray all = new JsonArray();
        for (Notes.Test test : tests) {
            JsonObject one = new JsonObject();
            one.addProperty("name", test.name());
            add(one, "arguments", test.arguments());
            all.add(one);
        }
        return all;
    }

    private static JsonObject cache(CachedRelation cached) {
        JsonObject json = new JsonObject();
        json.addProperty("rows", cached.rowsAtMost());
        if (!cached.rowsExact()) {
            json.addProperty("atMost", true);
        }
        json.addProperty("at", cached.at().toString());
        return json;
    }

    private JsonObject run(LastRun run) {
        JsonObject json = new JsonObject();
        json.addProperty("at", run.at().toString());
        json.addProperty("target", run.target());
        run.rows().ifPresent(rows -> json.addProperty("rows", rows));
        json.addProperty("seconds", run.took().toMillis() / 1000.0);
        run.failure()
                .ifPresent(
                        failure -> {
                            json.addProperty("code", failure.code());
                            json.addProperty("message", scrub.text(failure.message()));
                        });
        return json;
    }

    private static void add(JsonObject json, String key, String text) {
        if (!text.isEmpty()) {
            json.addProperty(key, text);
        }
    }

    private static void add(JsonObject json, String key, JsonArray items) {
        if (!items.isEmpty()) {
            json.add(key, items);
        }
    }

    private static JsonArray strings(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
