package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.assist.Lineage;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.RunTold;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/** Answers of the commands that tell of one model: its neighbours, its last run. */
final class NodeAnswers {
    private final Snapshot snapshot;
    private final NodeFacts facts;
    private final Client client;
    private final ClientFeatures features;

    NodeAnswers(Snapshot snapshot, NodeFacts facts, Client client, ClientFeatures features) {
        this.features = features;
        this.snapshot = snapshot;
        this.facts = facts;
        this.client = client;
    }

    /** Empty when the file defines no node. */
    JsonObject lineage(Commands.Arguments arguments) {
        JsonObject json = new JsonObject();
        Optional<Manifest> manifest = arguments.file().flatMap(snapshot::projectOf);
        Optional<Node> node = node(arguments, manifest);
        if (manifest.isPresent() && node.isPresent()) {
            String id = node.get().uniqueId();
            List<Lineage.Step> upstream = Lineage.upstream(manifest.get(), id);
            List<Lineage.Step> downstream = Lineage.downstream(manifest.get(), id);
            json.addProperty("model", id);
            place(Lineage.of(manifest.get(), node.get())).ifPresent(at -> json.add("position", at));
            json.add("upstream", nodes(upstream));
            json.add("downstream", nodes(downstream));
            if (arguments.show()) {
                tell(
                        MessageType.Info,
                        node.get().name()
                                + " reads "
                                + names(upstream)
                                + ". It is read by "
                                + names(downstream)
                                + ".");
            }
        }
        return json;
    }

    /** Without {@code at} when the logs tell of no run. */
    JsonObject lastRun(Commands.Arguments arguments) {
        JsonObject json = new JsonObject();
        Optional<Manifest> manifest = arguments.file().flatMap(snapshot::projectOf);
        Optional<Node> node = node(arguments, manifest);
        node.ifPresent(n -> json.addProperty("model", n.uniqueId()));
        Optional<LastRun> run = manifest.flatMap(m -> node.flatMap(n -> facts.lastRun(m, n)));
        run.ifPresent(
                r -> {
                    json.addProperty("at", r.at().toString());
                    json.addProperty("target", r.target());
                    r.rows().ifPresent(rows -> json.addProperty("rows", rows));
                    json.addProperty("seconds", r.took().toMillis() / 1000.0);
                    r.failure().ifPresent(f -> json.add("failure", failure(f)));
                });
        if (arguments.show() && run.isPresent()) {
            tell(
                    run.get().failure().isPresent() ? MessageType.Error : MessageType.Info,
                    node.map(n -> n.name() + ": ").orElse("")
                            + RunTold.sentence(run.get(), facts.now()));
        }
        return json;
    }

    private static Optional<Node> node(Commands.Arguments arguments, Optional<Manifest> manifest) {
        return manifest.flatMap(m -> arguments.file().flatMap(m::nodeOf));
    }

    private Optional<JsonObject> place(Lineage.Item item) {
        return Convert.lines(snapshot, item.node().file())
                .map(
                        lines ->
                                Convert.json(
                                        Convert.position(
                                                lines, item.name().start(), features.encoding())));
    }

    private JsonArray nodes(List<Lineage.Step> steps) {
        JsonArray all = new JsonArray();
        for (Lineage.Step step : steps) {
            Path file = step.item().node().file();
            JsonObject one = new JsonObject();
            one.addProperty("id", step.item().node().uniqueId());
            one.addProperty("name", step.item().title());
            one.addProperty("kind", step.item().node().kind().word());
            one.addProperty("uri", Convert.uri(snapshot, file));
            all.add(one);
        }
        return all;
    }

    private static JsonObject failure(LastRun.Failure failure) {
        JsonObject json = new JsonObject();
        json.addProperty("code", failure.code());
        json.addProperty("message", failure.message());
        return json;
    }

    private static String names(List<Lineage.Step> steps) {
        return steps.isEmpty()
                ? "nothing"
                : steps.stream().map(s -> s.item().title()).collect(Collectors.joining(", "));
    }

    private void tell(MessageType type, String message) {
        client.showMessage(new MessageParams(type, message));
    }
}
