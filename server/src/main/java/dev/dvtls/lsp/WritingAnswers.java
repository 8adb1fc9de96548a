package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.Completion;
import dev.dvtls.assist.Known;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.NodePage;
import dev.dvtls.assist.Offer;
import dev.dvtls.assist.Page;
import dev.dvtls.assist.Signatures;
import dev.dvtls.assist.Suggestion;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionItemLabelDetails;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.InsertReplaceEdit;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple;

/** Completion and signature help, in the protocol's terms. */
final class WritingAnswers {
    /** Longer lists are sent without documentation to clients that ask for it item by item. */
    private static final int LONG_LIST = 20;

    private WritingAnswers() {}

    /**
     * @param bySpace nobody asked: a space was typed
     */
    static Either<List<CompletionItem>, CompletionList> completion(
            Requests.View view,
            int offset,
            boolean bySpace,
            Known known,
            ClientFeatures features,
            NodeFacts facts,
            Runnable check) {
        List<CompletionItem> items = new ArrayList<>();
        boolean incomplete = false;
        Optional<Path> path =
                view.document()
                        .path()
                        .filter(
                                file ->
                                        !bySpace
                                                || Completion.isOfferedAfterSpace(
                                                        file, view.document().text(), offset));
        if (view.manifest().isPresent() && path.isPresent()) {
            Offer offer =
                    Completion.at(
                            view.manifest().get(),
                            known,
                            path.get(),
                            view.document().text(),
                            offset);
            check.run();
            incomplete = offer.incomplete();
            boolean later = features.resolvesDocumentation() && offer.items().size() > LONG_LIST;
            Manifest manifest = view.manifest().get();
            for (Suggestion suggestion : offer.items()) {
                CompletionItem item = item(suggestion, view.document().lines(), features);
                if (later && suggestion.node().isPresent()) {
                    item.setData(data(manifest.project().root(), suggestion.node().get()));
                } else {
                    Page page =
                            suggestion
                                    .node()
                                    .flatMap(manifest::node)
                                    .map(node -> NodePage.of(manifest, node, facts))
                                    .orElseGet(suggestion.documentation());
                    document(item, page, features);
                }
                items.add(item);
            }
        }
        return Either.forRight(new CompletionList(incomplete, items));
    }

    private static JsonObject data(Path root, String node) {
        JsonObject data = new JsonObject();
        data.addProperty("root", root.toString());
        data.addProperty("node", node);
        return data;
    }

    private static void document(CompletionItem item, Page page, ClientFeatures features) {
        if (!page.isEmpty()) {
            item.setDocumentation(Answers.markup(page, features.markdownDocumentation()));
        }
    }

    /** The item with its documentation, which a long list is sent without. */
    static CompletionItem resolve(
            CompletionItem item, Snapshot snapshot, ClientFeatures features, NodeFacts facts) {
        if (item.getData() instanceof JsonObject data && data.has("root") && data.has("node")) {
            Optional.ofNullable(snapshot.projects().get(Path.of(data.get("root").getAsString())))
                    .flatMap(
                            m ->
                                    m.node(data.get("node").getAsString())
                                            .map(node -> NodePage.of(m, node, facts)))
                    .ifPresent(page -> document(item, page, features));
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
        item.setFilterText(suggestion.filterText());
        Optional<String> snippet = suggestion.snippet().filter(s -> features.writing().snippets());
        item.setInsertTextFormat(
                snippet.isPresent() ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
        String newText = snippet.orElse(suggestion.newText());
        Range insert = Convert.range(lines, suggestion.insert(), features.encoding());
        Range replace = Convert.range(lines, suggestion.replace(), features.encoding());
        item.setTextEdit(
                features.insertReplace()
                        ? Either.forRight(new InsertReplaceEdit(newText, insert, replace))
                        : Either.forLeft(new TextEdit(replace, newText)));
        return item;
    }

    private static CompletionItemKind kind(Suggestion.Kind kind) {
        return switch (kind) {
            case MODEL -> CompletionItemKind.Class;
            case SEED, SNAPSHOT, TABLE -> CompletionItemKind.Struct;
            case COLUMN -> CompletionItemKind.Field;
            case SOURCE, PACKAGE -> CompletionItemKind.Module;
            case METHOD -> CompletionItemKind.Method;
            case PROPERTY, KEY -> CompletionItemKind.Property;
            case VALUE -> CompletionItemKind.EnumMember;
            case VARIABLE -> CompletionItemKind.Variable;
            case SNIPPET -> CompletionItemKind.Snippet;
        };
    }

    static Optional<SignatureHelp> signatures(
            Requests.View view, int offset, ClientFeatures features) {
        return view.document()
                .path()
                .filter(path -> view.manifest().isPresent())
                .flatMap(path -> Signatures.at(path.toString(), view.document().text(), offset))
                .map(found -> help(found, features));
    }

    private static SignatureHelp help(Signatures found, ClientFeatures features) {
        SignatureHelp help = new SignatureHelp();
        help.setSignatures(found.all().stream().map(s -> information(s, features)).toList());
        help.setActiveSignature(found.active());
        help.setActiveParameter(parameter(found.all().get(found.active())));
        return help;
    }

    /** One past the last where there is none: then clients mark nothing. */
    private static int parameter(Signatures.Signature signature) {
        return signature.parameter().orElse(signature.parameters().size());
    }

    private static SignatureInformation information(
            Signatures.Signature signature, ClientFeatures features) {
        WritingFeatures writing = features.writing();
        SignatureInformation information = new SignatureInformation(signature.label());
        information.setDocumentation(
                Answers.markup(Page.ours(signature.documentation()), writing.markdownSignatures()));
        information.setActiveParameter(parameter(signature));
        List<ParameterInformation> parameters = new ArrayList<>();
        for (Signatures.Parameter parameter : signature.parameters()) {
            ParameterInformation each = new ParameterInformation();
            each.setDocumentation(
                    Answers.markup(
                            Page.ours(parameter.documentation()), writing.markdownSignatures()));
            if (writing.labelOffsets()) {
                each.setLabel(
                        Either.forRight(
                                Tuple.two(parameter.span().start(), parameter.span().end())));
            } else {
                each.setLabel(parameter.name());
            }
            parameters.add(each);
        }
        information.setParameters(parameters);
        return information;
    }
}
