package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.Lineage;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;

/** The DAG as a call hierarchy: who reads a node calls it, what it reads is called. */
final class CallHierarchy {
    private final Snapshot snapshot;
    private final ClientFeatures features;

    CallHierarchy(Snapshot snapshot, ClientFeatures features) {
        this.snapshot = snapshot;
        this.features = features;
    }

    List<CallHierarchyItem> prepare(Requests.View view, int offset) {
        Optional<Path> path = view.document().path();
        return view.manifest().stream()
                .flatMap(
                        m ->
                                path
                                        .map(file -> Lineage.at(m, file, offset))
                                        .orElse(List.of())
                                        .stream()
                                        .map(item -> item(m, item)))
                .toList();
    }

    /** Downstream. */
    List<CallHierarchyIncomingCall> incoming(CallHierarchyItem item) {
        return known(item)
                .map(of -> Lineage.downstream(of.manifest(), of.id()).stream().map(s -> in(of, s)))
                .orElse(Stream.empty())
                .toList();
    }

    private CallHierarchyIncomingCall in(Known of, Lineage.Step step) {
        return new CallHierarchyIncomingCall(
                item(of.manifest(), step.item()), ranges(step.item().node().file(), step.places()));
    }

    /** Upstream. */
    List<CallHierarchyOutgoingCall> outgoing(CallHierarchyItem item) {
        return known(item)
                .map(of -> Lineage.upstream(of.manifest(), of.id()).stream().map(s -> out(of, s)))
                .orElse(Stream.empty())
                .toList();
    }

    private CallHierarchyOutgoingCall out(Known of, Lineage.Step step) {
        Optional<Path> reader = of.manifest().node(of.id()).map(Node::file);
        return new CallHierarchyOutgoingCall(
                item(of.manifest(), step.item()),
                reader.map(file -> ranges(file, step.places())).orElse(List.of()));
    }

    private CallHierarchyItem item(Manifest manifest, Lineage.Item item) {
        Path file = item.node().file();
        CallHierarchyItem made = new CallHierarchyItem();
        made.setName(item.title());
        made.setKind(kind(item.node()));
        made.setDetail(item.detail());
        made.setUri(Convert.uri(snapshot, file));
        made.setRange(range(file, item.span()));
        made.setSelectionRange(range(file, item.name()));
        JsonObject data = new JsonObject();
        data.addProperty("root", manifest.project().root().toString());
        data.addProperty("node", item.node().uniqueId());
        made.setData(data);
        return made;
    }

    private static SymbolKind kind(Node node) {
        return switch (node.kind()) {
            case MODEL -> node.isPython() ? SymbolKind.Function : SymbolKind.Class;
            case SEED, SNAPSHOT, SOURCE -> SymbolKind.Struct;
        };
    }

    private Range range(Path file, Span span) {
        return ranges(file, List.of(span)).stream()
                .findFirst()
                .orElseGet(() -> new Range(new Position(0, 0), new Position(0, 0)));
    }

    private List<Range> ranges(Path file, List<Span> spans) {
        if (spans.equals(List.of(new Span(0, 0)))) {
            return List.of(new Range(new Position(0, 0), new Position(0, 0))); // a whole file
        }
        Optional<LineIndex> lines = Convert.lines(snapshot, file);
        return lines.isEmpty()
                ? List.of()
                : spans.stream()
                        .map(span -> Convert.range(lines.get(), span, features.encoding()))
                        .toList();
    }

    /** The node of an item that the client got before. */
    private record Known(Manifest manifest, String id) {}

    private Optional<Known> known(CallHierarchyItem item) {
        return item.getData() instanceof JsonObject data && data.has("root") && data.has("node")
                ? Optional.ofNullable(
                                snapshot.projects().get(Path.of(data.get("root").getAsString())))
                        .map(manifest -> new Known(manifest, data.get("node").getAsString()))
                : Optional.empty();
    }
}
