package dev.dvtls.assist.docs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.manifest.Exposure;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.PropertiesFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the documentation site shows of a project. The same project gives the same text: a change of
 * it is a small difference.
 *
 * @param title the project's name
 * @param data a script that leaves the nodes to the page
 * @param code a script that leaves the texts of models to the page
 * @param nodes how many there are, exposures included
 */
public record Site(String title, String data, String code, int nodes) {
    private static final int FORMAT = 1;

    /**
     * What there is to show.
     *
     * @param selected unique ids of nodes
     * @param everything true where nothing was selected: then every exposure is shown
     * @param texts of files as they are on disk
     * @param hide takes secrets out of a text
     */
    public record Wanted(
            Set<String> selected,
            boolean everything,
            Function<Path, Optional<String>> texts,
            UnaryOperator<String> hide) {}

    public static Site of(Manifest manifest, NodeFacts facts, Wanted wanted) {
        Scrub scrub = new Scrub(wanted.hide());
        NodeJson json =
                new NodeJson(
                        manifest, facts, facts.lastRuns(manifest), notes(manifest, wanted), scrub);
        List<Node> nodes =
                wanted.selected().stream()
                        .flatMap(id -> manifest.node(id).stream())
                        .filter(Site::isShown)
                        .toList();
        Map<String, JsonElement> lines = new LinkedHashMap<>();
        nodes.forEach(node -> lines.put(node.uniqueId(), json.of(node)));
        for (Exposure exposure : manifest.exposures()) {
            if (wanted.everything() || exposure.dependsOn().stream().anyMatch(lines::containsKey)) {
                lines.putIfAbsent(exposure.uniqueId(), json.of(exposure));
            }
        }
        JsonObject head = new JsonObject();
        head.addProperty("format", FORMAT);
        head.addProperty("project", manifest.project().name());
        head.addProperty("overview", scrub.text(overview(manifest, wanted)));
        return new Site(
                manifest.project().name(),
                script("dvtDocs", head, "nodes", lines.values()),
                script("dvtCode", new JsonObject(), "files", code(manifest, nodes, scrub)),
                lines.size());
    }

    /** dbt's {@code docs: {show: false}}. */
    private static boolean isShown(Node node) {
        return !(node.config().get("docs") instanceof Map<?, ?> docs
                && Boolean.FALSE.equals(docs.get("show")));
    }

    private static Notes notes(Manifest manifest, Wanted wanted) {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (PropertiesFile file : manifest.properties()) {
            wanted.texts().apply(file.file()).ifPresent(text -> texts.put(file.file(), text));
        }
        return Notes.of(texts);
    }

    /** dbt's doc block of that name, else what the project's own README says. */
    private static String overview(Manifest manifest, Wanted wanted) {
        return manifest.docBlock(manifest.project().name(), "__overview__")
                .or(
                        () ->
                                List.of("README.md", "readme.md", "Readme.md").stream()
                                        .map(manifest.project().root()::resolve)
                                        .flatMap(file -> wanted.texts().apply(file).stream())
                                        .findFirst())
                .orElse("");
    }

    private static Collection<JsonElement> code(Manifest manifest, List<Node> nodes, Scrub scrub) {
        Map<String, JsonElement> lines = new TreeMap<>();
        for (Node node : nodes) {
            Optional<ModelFile> file =
                    node.kind() == Node.Kind.SOURCE ? Optional.empty() : manifest.file(node.file());
            file.ifPresent(
                    f ->
                            lines.put(
                                    node.uniqueId(),
                                    CodeJson.of(node.uniqueId(), manifest, f, scrub)));
        }
        return lines.values();
    }

    /** A line each, so that a change of one is a difference in one line. */
    private static String script(
            String variable, JsonObject head, String list, Collection<JsonElement> lines) {
        StringBuilder script = new StringBuilder("globalThis.").append(variable).append(" = {\n");
        head.entrySet().forEach(e -> script.append(pair(e.getKey(), e.getValue())).append(",\n"));
        script.append(pair(list, "[\n"));
        int left = lines.size();
        for (JsonElement line : lines) {
            script.append(line).append(--left > 0 ? ",\n" : "\n");
        }
        return script.append("]};\n").toString();
    }

    private static String pair(String key, Object value) {
        return new JsonPrimitive(key) + ": " + value;
    }
}
