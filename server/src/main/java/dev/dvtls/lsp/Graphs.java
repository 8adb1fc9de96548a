package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.assist.Lineage;
import dev.dvtls.assist.LineageGraph;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The answers to {@code dvt/graph}, and {@code dvt/graphChanged} when they have become other ones:
 * to a client that has asked, once until it asks again. docs/lsp-extensions.md has their shapes.
 */
final class Graphs {
    private static final long CHANGED_MILLIS = 150;

    private final Loop loop;
    private final Client client;
    private final ClientFeatures features;
    private final NodeFacts facts;

    /** The client has an answer that it does not know to be old. On the loop. */
    private boolean shown;

    Graphs(Loop loop, Client client, ClientFeatures features, NodeFacts facts) {
        this.loop = loop;
        this.client = client;
        this.features = features;
        this.facts = facts;
    }

    /**
     * What a client asks for.
     *
     * @param place a file in the project, which need not be there
     * @param node the unique id in the middle; empty: the whole project
     */
    private record Wanted(Optional<Path> place, Optional<String> node, int up, int down) {
        static Wanted of(JsonObject params) {
            return new Wanted(
                    text(params, "projectDir")
                            .map(folder -> Path.of(folder).resolve("any"))
                            .or(() -> text(params, "uri").flatMap(Uris::path)),
                    text(params, "node"),
                    number(params, "up"),
                    number(params, "down"));
        }

        private static Optional<String> text(JsonObject params, String key) {
            return params.get(key) instanceof JsonPrimitive value
                    ? Optional.of(value.getAsString()).filter(text -> !text.isBlank())
                    : Optional.empty();
        }

        private static int number(JsonObject params, String key) {
            JsonElement value = params.get(key);
            return value instanceof JsonPrimitive number && number.isNumber()
                    ? Math.max(0, number.getAsInt())
                    : 1;
        }

        /** The project of the place; without one the only project there is. */
        Optional<Manifest> project(Snapshot snapshot) {
            return place.isPresent()
                    ? snapshot.projectOf(place.get())
                    : Optional.of(snapshot.projects().values())
                            .filter(all -> all.size() == 1)
                            .map(all -> all.iterator().next());
        }
    }

    /** Empty where there is no such project. */
    CompletableFuture<JsonObject> ask(JsonObject params, Requests requests) {
        Wanted wanted = Wanted.of(params);
        loop.execute(() -> shown = true);
        return requests.askProjects(wanted.place(), snapshot -> answer(snapshot, wanted));
    }

    /** Names, edges, or how runs ended have changed. On the loop. */
    void changed() {
        if (shown) {
            shown = false;
            loop.executeLater(CHANGED_MILLIS, () -> client.graphChanged(new JsonObject()));
        }
    }

    private JsonObject answer(Snapshot snapshot, Wanted wanted) {
        JsonObject answer = new JsonObject();
        wanted.project(snapshot)
                .ifPresent(
                        manifest -> {
                            answer.addProperty("project", manifest.project().name());
                            answer.addProperty("projectDir", manifest.project().root().toString());
                            fill(answer, snapshot, manifest, wanted);
                        });
        return answer;
    }

    private void fill(JsonObject answer, Snapshot snapshot, Manifest manifest, Wanted wanted) {
        LineageGraph graph =
                wanted.node()
                        .map(id -> LineageGraph.around(manifest, id, wanted.up(), wanted.down()))
                        .orElseGet(() -> LineageGraph.of(manifest));
        Map<String, LastRun> runs = facts.lastRuns(manifest);
        Map<Path, String> uris = new HashMap<>();
        JsonArray nodes = new JsonArray();
        for (LineageGraph.Item item : graph.items()) {
            JsonObject node = node(item);
            node.addProperty(
                    "uri", uris.computeIfAbsent(item.file(), f -> Convert.uri(snapshot, f)));
            Optional.ofNullable(runs.get(item.id())).ifPresent(run -> addRun(node, run));
            if (wanted.node().equals(Optional.of(item.id()))) {
                addPosition(node, snapshot, manifest, item);
            }
            nodes.add(node);
        }
        JsonArray edges = new JsonArray();
        for (LineageGraph.Edge edge : graph.edges()) {
            JsonArray pair = new JsonArray(2);
            pair.add(edge.from());
            pair.add(edge.to());
            edges.add(pair);
        }
        answer.add("nodes", nodes);
        answer.add("edges", edges);
    }

    /** What is empty is left out: an answer may have thousands of nodes. */
    private static JsonObject node(LineageGraph.Item item) {
        JsonObject node = new JsonObject();
        node.addProperty("id", item.id());
        node.addProperty("name", item.name());
        node.addProperty("kind", item.kind());
        item.language().ifPresent(language -> node.addProperty("language", language));
        item.materialization().ifPresent(how -> node.addProperty("materialization", how));
        if (!item.tags().isEmpty()) {
            JsonArray tags = new JsonArray();
            item.tags().forEach(tags::add);
            node.add("tags", tags);
        }
        return node;
    }

    private static void addRun(JsonObject node, LastRun run) {
        node.addProperty("status", run.failure().isPresent() ? "failed" : "passed");
        node.addProperty("at", run.at().toString());
        run.rows().ifPresent(rows -> node.addProperty("rows", rows));
    }

    /** Needs the file's text: of the node in the middle alone. */
    private void addPosition(
            JsonObject node, Snapshot snapshot, Manifest manifest, LineageGraph.Item item) {
        int place =
                manifest.node(item.id())
                        .map(found -> Lineage.of(manifest, found).name())
                        .map(Span::start)
                        .orElse(item.place());
        Convert.lines(snapshot, item.file())
                .ifPresent(
                        lines ->
                                node.add(
                                        "position",
                                        Convert.json(
                                                Convert.position(
                                                        lines, place, features.encoding()))));
    }
}
