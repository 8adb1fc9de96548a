package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.Engine.RunRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one model of a run that is debugged; the others run as ever.
 *
 * @param model unique id
 * @param message what its worker is told
 */
record Debugged(String model, JsonObject message) {
    private static final int NAMED = 5;

    /**
     * The Python model that the request names: its selectors without what stands up- or downstream
     * of them.
     *
     * @throws RunRefused where it names none or several, or there is no debugger
     */
    static Optional<Debugged> of(RunRequest request, Manifest manifest, Surroundings surroundings)
            throws RunRefused {
        if (request.debugging().isEmpty()) {
            return Optional.empty();
        }
        Debugging how = request.debugging().get();
        List<Node> models =
                surroundings.select(manifest, named(request)).stream()
                        .filter(Node::isPython)
                        .toList();
        if (models.size() != 1) {
            throw new RunRefused(
                    "One model is debugged at a time, and the selection names "
                            + (models.isEmpty() ? "no Python model" : count(models))
                            + ". Name one: --select orders, or +orders to run what it reads"
                            + " first.");
        }
        JsonObject message = new JsonObject();
        message.addProperty(how.way().name().toLowerCase(Locale.ROOT), how.port());
        message.addProperty(
                "debugpy", surroundings.debugpy(manifest.project().root(), request).toString());
        return Optional.of(new Debugged(models.get(0).uniqueId(), message));
    }

    boolean is(Node node) {
        return node.uniqueId().equals(model);
    }

    private static RunRequest named(RunRequest request) {
        return request.selecting(
                request.select().stream()
                        .map(
                                word ->
                                        word.replaceAll("(^|[\\s,])(@|\\d*\\+)", "$1")
                                                .replaceAll("\\+\\d*(?=$|[\\s,])", ""))
                        .toList());
    }

    private static String count(List<Node> models) {
        return models.size()
                + ": "
                + models.stream().map(Node::name).limit(NAMED).collect(Collectors.joining(", "))
                + (models.size() > NAMED ? ", ..." : "");
    }
}
