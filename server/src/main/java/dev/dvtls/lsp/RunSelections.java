package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.assist.RunSelection;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers to {@code dvt/selection} and {@code dvt/tags}: what a user may choose to run. */
final class RunSelections {
    private RunSelections() {}

    /** What is no file's URI is left out. */
    private static List<Path> places(JsonObject params) {
        List<Path> places = new ArrayList<>();
        if (params.get("uris") instanceof JsonArray uris) {
            for (JsonElement uri : uris) {
                if (uri instanceof JsonPrimitive text && text.isString()) {
                    Uris.path(text.getAsString()).ifPresent(places::add);
                }
            }
        }
        return places;
    }

    /**
     * One object a project; a project of which nothing is selected has none.
     *
     * @param params {@code {"uris": [...]}} of files and folders
     */
    static JsonArray of(Snapshot snapshot, JsonObject params) {
        List<Path> places = places(params);
        JsonArray answer = new JsonArray();
        snapshot.projects()
                .forEach(
                        (root, manifest) ->
                                RunSelection.of(manifest, within(snapshot, root, places))
                                        .ifPresent(s -> answer.add(json(manifest, s))));
        return answer;
    }

    /** A file is its innermost project's; a folder may hold projects. */
    private static List<Path> within(Snapshot snapshot, Path root, List<Path> places) {
        return places.stream()
                .filter(
                        place ->
                                root.startsWith(place)
                                        || snapshot.rootOf(place).filter(root::equals).isPresent())
                .toList();
    }

    private static JsonObject json(Manifest manifest, RunSelection selection) {
        JsonObject json = project(manifest);
        JsonArray select = new JsonArray();
        selection.select().forEach(select::add);
        json.add("select", select);
        JsonArray models = new JsonArray();
        selection.nodes().forEach(models::add);
        json.add("models", models);
        return json;
    }

    /** Tags of each project with how many models and seeds have them. */
    static JsonArray tags(Snapshot snapshot) {
        JsonArray answer = new JsonArray();
        for (Manifest manifest : snapshot.projects().values()) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Node node : manifest.nodes()) {
                if (node.kind() != Node.Kind.SOURCE) {
                    node.tags().forEach(tag -> counts.merge(tag, 1, Integer::sum));
                }
            }
            JsonObject json = project(manifest);
            JsonArray tags = new JsonArray();
            counts.forEach(
                    (name, models) -> {
                        JsonObject tag = new JsonObject();
                        tag.addProperty("name", name);
                        tag.addProperty("models", models);
                        tags.add(tag);
                    });
            json.add("tags", tags);
            answer.add(json);
        }
        return answer;
    }

    private static JsonObject project(Manifest manifest) {
        JsonObject json = new JsonObject();
        json.addProperty("project", manifest.project().name());
        json.addProperty("projectDir", manifest.project().root().toString());
        return json;
    }
}
