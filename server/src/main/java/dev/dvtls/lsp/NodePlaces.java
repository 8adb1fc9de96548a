package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.Definition;
import dev.dvtls.assist.Links;
import dev.dvtls.assist.NodeSearch;
import dev.dvtls.assist.NodeText;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolLocation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Nodes that one can go to: workspace symbols, and links of a document. */
final class NodePlaces {
    private NodePlaces() {}

    static List<WorkspaceSymbol> symbols(Snapshot snapshot, String query, ClientFeatures features) {
        Map<Path, Optional<LineIndex>> lines = new HashMap<>();
        List<WorkspaceSymbol> symbols = new ArrayList<>();
        for (NodeSearch.Found found : NodeSearch.of(snapshot.projects().values(), query)) {
            WorkspaceSymbol symbol = new WorkspaceSymbol();
            symbol.setName(found.label());
            symbol.setKind(kind(found.node()));
            symbol.setContainerName(found.container());
            Node node = found.node();
            if (features.shape().symbolsLater()) {
                symbol.setData(data(found.manifest(), node));
                symbol.setLocation(
                        Either.forRight(
                                new WorkspaceSymbolLocation(Convert.uri(snapshot, node.file()))));
            } else {
                Optional<LineIndex> at =
                        lines.computeIfAbsent(node.file(), file -> Convert.lines(snapshot, file));
                symbol.setLocation(
                        Either.forLeft(location(snapshot, found.manifest(), node, at, features)));
            }
            symbols.add(symbol);
        }
        return symbols;
    }

    /** With the range, which it was sent without. */
    static WorkspaceSymbol resolve(
            Snapshot snapshot, WorkspaceSymbol symbol, ClientFeatures features) {
        named(snapshot, symbol.getData())
                .ifPresent(
                        found ->
                                symbol.setLocation(
                                        Either.forLeft(
                                                location(
                                                        snapshot,
                                                        found.manifest(),
                                                        found.node(),
                                                        Convert.lines(
                                                                snapshot, found.node().file()),
                                                        features))));
        return symbol;
    }

    private static Location location(
            Snapshot snapshot,
            Manifest manifest,
            Node node,
            Optional<LineIndex> lines,
            ClientFeatures features) {
        int place = Definition.place(manifest, node);
        Range range =
                lines.map(at -> Convert.range(at, new Span(place, place), features.encoding()))
                        .orElse(new Range(new Position(0, 0), new Position(0, 0)));
        return new Location(Convert.uri(snapshot, node.file()), range);
    }

    static List<DocumentLink> links(Requests.View view, ClientFeatures features) {
        List<DocumentLink> links = new ArrayList<>();
        if (view.manifest().isPresent()) {
            Manifest manifest = view.manifest().get();
            for (Links.Link link :
                    Outlines.source(view).map(s -> Links.of(manifest, s)).orElse(List.of())) {
                DocumentLink made =
                        new DocumentLink(
                                Convert.range(
                                        view.document().lines(), link.span(), features.encoding()));
                if (features.shape().linkTooltips()) {
                    made.setTooltip(NodeText.detail(manifest, link.node()));
                }
                made.setData(data(manifest, link.node()));
                links.add(made);
            }
        }
        return links;
    }

    /** With its target. */
    static DocumentLink resolve(Snapshot snapshot, DocumentLink link) {
        named(snapshot, link.getData())
                .ifPresent(found -> link.setTarget(Convert.uri(snapshot, found.node().file())));
        return link;
    }

    private static JsonObject data(Manifest manifest, Node node) {
        JsonObject data = new JsonObject();
        data.addProperty("root", manifest.project().root().toString());
        data.addProperty("node", node.uniqueId());
        return data;
    }

    private record Named(Manifest manifest, Node node) {}

    /** What {@link #data} named, if it is still there. */
    private static Optional<Named> named(Snapshot snapshot, Object data) {
        if (data instanceof JsonObject object && object.has("root") && object.has("node")) {
            return Optional.ofNullable(
                            snapshot.projects().get(Path.of(object.get("root").getAsString())))
                    .flatMap(
                            manifest ->
                                    manifest.node(object.get("node").getAsString())
                                            .map(node -> new Named(manifest, node)));
        }
        return Optional.empty();
    }

    private static SymbolKind kind(Node node) {
        return switch (node.kind()) {
            case MODEL -> node.isPython() ? SymbolKind.Function : SymbolKind.Class;
            case SEED -> SymbolKind.Array;
            case SNAPSHOT -> SymbolKind.Class;
            case SOURCE -> SymbolKind.Namespace;
        };
    }
}
