package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.Profile;
import dev.dvtls.project.ProfileReader;
import dev.dvtls.project.Project;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer to {@code dvt/projects}: an array of {@code {"name", "root", "target", "targets":
 * [{"name", "type"}]}}, by folder. {@code target} is the profile's own; without a profile it is
 * absent and {@code targets} is empty. Never holds a connection's fields. Reads files.
 */
final class ProjectTargets {
    private ProjectTargets() {}

    static JsonArray of(Snapshot snapshot, Map<String, String> environment) {
        JsonArray projects = new JsonArray();
        snapshot.projects().values().stream()
                .map(Manifest::project)
                .sorted(Comparator.comparing(Project::root))
                .forEach(project -> projects.add(json(project, environment)));
        return projects;
    }

    /** Types of a profile's outputs, by their names. */
    static Map<String, String> types(Profile profile) {
        Map<String, String> types = new TreeMap<>();
        profile.outputs().values().forEach(output -> types.put(output.name(), output.type()));
        return types;
    }

    private static JsonObject json(Project project, Map<String, String> environment) {
        JsonObject json = new JsonObject();
        json.addProperty("name", project.name());
        json.addProperty("root", project.root().toString());
        JsonArray targets = new JsonArray();
        Optional<Profile> profile =
                ProfileReader.read(project, Optional.empty(), environment).profile();
        profile.ifPresent(p -> json.addProperty("target", p.target()));
        profile.ifPresent(p -> p.outputs().values().forEach(output -> targets.add(target(output))));
        json.add("targets", targets);
        return json;
    }

    private static JsonObject target(Profile.Output output) {
        JsonObject json = new JsonObject();
        json.addProperty("name", output.name());
        json.addProperty("type", output.type());
        return json;
    }
}
