package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.assist.Completion;
import dev.dvtls.assist.Definition;
import dev.dvtls.assist.Lens;
import dev.dvtls.assist.Suggestion;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionItemLabelDetails;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.InsertReplaceEdit;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What {@code assist} found, in the protocol's terms. */
final class Answers {
    /** Longer lists are sent without documentation to clients that ask for it item by item. */
    private static final int LONG_LIST = 100;

    private Answers() {}

    static Either<List<CompletionItem>, CompletionList> completion(
            Requests.View view, int offset, ClientFeatures features, Runnable check) {
        List<CompletionItem> items = new ArrayList<>();
        if (view.manifest().isPresent() && view.document().path().isPresent()) {
            List<Suggestion> suggestions =
                    Completion.at(
                            view.manifest().get(),
                            view.document().path().get(),
                            view.document().text(),
                            offset);
            check.run();
            boolean later = features.resolvesDocumentation() && suggestions.size() > LONG_LIST;
            Path root = view.manifest().get().project().root();
            for (Suggestion suggestion : suggestions) {
                CompletionItem item = item(suggestion, view.document().lines(), features);
                if (later && suggestion.node().isPresent()) {
                    item.setData(data(root, suggestion.node().get()));
                } else if (!suggestion.documentation().get().isEmpty()) {
                    item.setDocumentation(
                            markup(
                                    suggestion.documentation().get(),
                                    features.markdownDocumentation()));
                }
                items.add(item);
            }
        }
        return Either.forRight(new CompletionList(false, items));
    }

    private static JsonObject data(Path root, String node) {
        JsonObject data = new JsonObject();
        data.addProperty("root", root.toString());
        data.addProperty("node", node);
        return data;
    }

    /** The item with its documentation, which a long list is sent without. */
    static CompletionItem resolve(CompletionItem item, Snapshot snapshot, ClientFeatures features) {
        if (item.getData() instanceof JsonObject data && data.has("root") && data.has("node")) {
            Optional.ofNullable(snapshot.projects().get(Path.of(data.get("root").getAsString())))
                    .flatMap(m -> Definition.describe(m, data.get("node").getAsString()))
                    .ifPresent(
                            text ->
                                    item.setDocumentation(
                                            markup(text, features.markdownDocumentation())));
        }
        return item;
    }

    private static CompletionItem item(
            Suggestion suggestion, LineIndex lines, ClientFeatures features) {
        CompletionItem item = new CompletionItem(suggestion.label());
        item.setKind(kind(suggestion.kind()));
        if (!suggestion.detail().isEmpty()) {
            item.setDetail(suggestion.detail());
            if (features.labelDetails()) {
                // A long detail squeezes the name in a list: there only its first part stands.
                CompletionItemLabelDetails inList = new CompletionItemLabelDetails();
                inList.setDescription(suggestion.detail().split(" · ", 2)[0]);
                item.setLabelDetails(inList);
            }
        }
        item.setSortText(suggestion.sortText());
        item.setFilterText(suggestion.label());
        item.setInsertTextFormat(InsertTextFormat.PlainText);
        Range insert = Convert.range(lines, suggestion.insert(), features.encoding());
        Range replace = Convert.range(lines, suggestion.replace(), features.encoding());
        item.setTextEdit(
                features.insertReplace()
                        ? Either.forRight(
                                new InsertReplaceEdit(suggestion.newText(), insert, replace))
                        : Either.forLeft(new TextEdit(replace, suggestion.newText())));
        return item;
    }

    private static CompletionItemKind kind(Suggestion.Kind kind) {
        return switch (kind) {
            case MODEL -> CompletionItemKind.Class;
            case SEED, SNAPSHOT, TABLE -> CompletionItemKind.Struct;
            case SOURCE, PACKAGE -> CompletionItemKind.Module;
            case METHOD -> CompletionItemKind.Method;
            case PROPERTY, KEY -> CompletionItemKind.Property;
            case VALUE -> CompletionItemKind.EnumMember;
            case VARIABLE -> CompletionItemKind.Variable;
        };
    }

    static Either<List<? extends Location>, List<? extends LocationLink>> definition(
            Requests.View view, int offset, ClientFeatures features) {
        List<Location> locations = new ArrayList<>();
        List<LocationLink> links = new ArrayList<>();
        if (view.manifest().isPresent() && view.document().path().isPresent()) {
            for (Definition definition :
                    Definition.at(view.manifest().get(), view.document().path().get(), offset)) {
                String uri = Convert.uri(view.snapshot(), definition.file());
                Range target = target(view, definition, features);
                locations.add(new Location(uri, target));
                Range origin =
                        Convert.range(
                                view.document().lines(), definition.origin(), features.encoding());
                links.add(new LocationLink(uri, target, target, origin));
            }
        }
        return features.definitionLinks() ? Either.forRight(links) : Either.forLeft(locations);
    }

    /** The word that defines it; the file's start for nodes that are whole files. */
    private static Range target(
            Requests.View view, Definition definition, ClientFeatures features) {
        Optional<LineIndex> lines = Convert.lines(view.snapshot(), definition.file());
        if (lines.isEmpty() || definition.place() == 0) {
            return new Range(new Position(0, 0), new Position(0, 0));
        }
        return Convert.range(
                lines.get(), new Span(definition.place(), definition.place()), features.encoding());
    }

    static Optional<Hover> hover(Requests.View view, int offset, ClientFeatures features) {
        return view.manifest()
                .flatMap(
                        manifest ->
                                view.document()
                                        .path()
                                        .flatMap(path -> Definition.hover(manifest, path, offset)))
                .map(
                        found ->
                                new Hover(
                                        markup(found.markdown(), features.markdownHover()),
                                        Convert.range(
                                                view.document().lines(),
                                                found.span(),
                                                features.encoding())));
    }

    static List<CodeLens> lenses(Requests.View view, ClientFeatures features) {
        List<CodeLens> lenses = new ArrayList<>();
        if (view.manifest().isPresent() && view.document().path().isPresent()) {
            for (Lens lens : Lens.of(view.manifest().get(), view.document().path().get())) {
                JsonObject arguments = new JsonObject();
                arguments.addProperty("uri", view.document().uri());
                JsonArray select = new JsonArray();
                lens.select().forEach(select::add);
                arguments.add("select", select);
                lenses.add(
                        new CodeLens(
                                Convert.range(
                                        view.document().lines(), lens.span(), features.encoding()),
                                new Command(lens.title(), Commands.RUN, List.of(arguments)),
                                null));
            }
        }
        return lenses;
    }

    private static MarkupContent markup(String markdown, boolean supported) {
        return supported
                ? new MarkupContent(MarkupKind.MARKDOWN, markdown)
                : new MarkupContent(
                        MarkupKind.PLAINTEXT,
                        markdown.replaceAll("[`*]|  (?=\\n)", "").replace("\\|", "|"));
    }
}
