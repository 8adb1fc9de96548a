package dev.dvtls.lsp;

import dev.dvtls.text.LineIndex.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.DiagnosticCapabilities;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DiagnosticsTagSupport;
import org.eclipse.lsp4j.DynamicRegistrationCapabilities;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * What the client can do, as far as it matters here.
 *
 * @param encoding the first of the client's that we know, UTF-16 where it names none
 * @param pull the client asks for diagnostics itself, and can be told to ask again when something
 *     else than its document changes them; then none are pushed
 * @param commands it sends the commands that code actions carry
 */
record ClientFeatures(
        Encoding encoding,
        boolean pull,
        boolean watchesFiles,
        boolean progress,
        boolean configuration,
        boolean registersConfiguration,
        boolean insertReplace,
        boolean labelDetails,
        boolean resolvesDocumentation,
        boolean markdownDocumentation,
        boolean markdownHover,
        boolean definitionLinks,
        boolean relatedInformation,
        boolean codeDescriptions,
        Set<DiagnosticTag> diagnosticTags,
        boolean codeActionLiterals,
        boolean commands,
        boolean refreshLenses,
        boolean showDocument,
        EditFeatures edits,
        WritingFeatures writing,
        ShapeFeatures shape) {

    static final ClientFeatures NONE = of(new ClientCapabilities());

    static ClientFeatures of(ClientCapabilities client) {
        Optional<ClientCapabilities> all = Optional.of(client);
        Optional<WorkspaceClientCapabilities> workspace =
                opt(all, ClientCapabilities::getWorkspace);
        Optional<TextDocumentClientCapabilities> text =
                opt(all, ClientCapabilities::getTextDocument);
        Optional<WindowClientCapabilities> window = opt(all, ClientCapabilities::getWindow);
        Optional<DiagnosticCapabilities> pull =
                opt(text, TextDocumentClientCapabilities::getDiagnostic);
        Optional<CompletionItemCapabilities> item =
                opt(
                        opt(text, TextDocumentClientCapabilities::getCompletion),
                        CompletionCapabilities::getCompletionItem);
        return new ClientFeatures(
                encoding(
                        opt(
                                opt(all, ClientCapabilities::getGeneral),
                                GeneralClientCapabilities::getPositionEncodings)),
                pull.isPresent()
                        && is(
                                opt(workspace, WorkspaceClientCapabilities::getDiagnostics),
                                d -> d.getRefreshSupport()),
                is(
                        opt(workspace, WorkspaceClientCapabilities::getDidChangeWatchedFiles),
                        DynamicRegistrationCapabilities::getDynamicRegistration),
                is(window, WindowClientCapabilities::getWorkDoneProgress),
                is(workspace, WorkspaceClientCapabilities::getConfiguration),
                is(
                        opt(workspace, WorkspaceClientCapabilities::getDidChangeConfiguration),
                        DynamicRegistrationCapabilities::getDynamicRegistration),
                is(item, CompletionItemCapabilities::getInsertReplaceSupport),
                is(item, CompletionItemCapabilities::getLabelDetailsSupport),
                opt(
                                opt(item, CompletionItemCapabilities::getResolveSupport),
                                r -> r.getProperties())
                        .filter(properties -> properties.contains("documentation"))
                        .isPresent(),
                opt(item, CompletionItemCapabilities::getDocumentationFormat)
                        .filter(formats -> formats.contains("markdown"))
                        .isPresent(),
                opt(
                                opt(text, TextDocumentClientCapabilities::getHover),
                                HoverCapabilities::getContentFormat)
                        .filter(formats -> formats.contains("markdown"))
                        .isPresent(),
                is(
                        opt(text, TextDocumentClientCapabilities::getDefinition),
                        d -> d.getLinkSupport()),
                is(
                                opt(text, TextDocumentClientCapabilities::getPublishDiagnostics),
                                PublishDiagnosticsCapabilities::getRelatedInformation)
                        || is(pull, DiagnosticCapabilities::getRelatedInformation),
                is(
                                opt(text, TextDocumentClientCapabilities::getPublishDiagnostics),
                                PublishDiagnosticsCapabilities::getCodeDescriptionSupport)
                        || is(pull, DiagnosticCapabilities::getCodeDescriptionSupport),
                tags(text, pull),
                opt(
                                opt(text, TextDocumentClientCapabilities::getCodeAction),
                                c -> c.getCodeActionLiteralSupport())
                        .isPresent(),
                opt(workspace, WorkspaceClientCapabilities::getExecuteCommand).isPresent(),
                is(
                        opt(workspace, WorkspaceClientCapabilities::getCodeLens),
                        lenses -> lenses.getRefreshSupport()),
                is(
                        opt(window, WindowClientCapabilities::getShowDocument),
                        show -> show.isSupport()),
                EditFeatures.of(client),
                WritingFeatures.of(client),
                ShapeFeatures.of(client));
    }

    private static Set<DiagnosticTag> tags(
            Optional<TextDocumentClientCapabilities> text, Optional<DiagnosticCapabilities> pull) {
        Optional<Either<Boolean, DiagnosticsTagSupport>> pushed =
                opt(
                        opt(text, TextDocumentClientCapabilities::getPublishDiagnostics),
                        PublishDiagnosticsCapabilities::getTagSupport);
        List<DiagnosticTag> known = new ArrayList<>();
        opt(
                        pushed.filter(Either::isRight).map(Either::getRight),
                        DiagnosticsTagSupport::getValueSet)
                .ifPresent(known::addAll);
        opt(opt(pull, DiagnosticCapabilities::getTagSupport), DiagnosticsTagSupport::getValueSet)
                .ifPresent(known::addAll);
        return known.stream()
                .filter(Objects::nonNull) // a tag of a newer protocol
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Encoding encoding(Optional<List<String>> offered) {
        Map<String, Encoding> known =
                Map.of(
                        "utf-8", Encoding.UTF_8,
                        "utf-16", Encoding.UTF_16,
                        "utf-32", Encoding.UTF_32);
        return offered.orElse(List.of()).stream()
                .filter(known::containsKey)
                .findFirst()
                .map(known::get)
                .orElse(Encoding.UTF_16);
    }

    String encodingName() {
        return switch (encoding) {
            case UTF_8 -> "utf-8";
            case UTF_16 -> "utf-16";
            case UTF_32 -> "utf-32";
        };
    }

    /** LSP4J leaves absent fields null; they stay in here. */
    private static <A, B> Optional<B> opt(Optional<A> from, Function<A, B> field) {
        return from.map(field);
    }

    private static <A> boolean is(Optional<A> from, Function<A, Boolean> field) {
        return from.map(field).orElse(false);
    }
}
