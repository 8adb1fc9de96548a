package dev.dvtls.lsp;

import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyIncomingCallsParams;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.CallHierarchyOutgoingCallsParams;
import org.eclipse.lsp4j.CallHierarchyPrepareParams;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;

/** Messages about documents. Each only hands on: to the session's loop, or to its requests. */
final class TextDocuments extends ShapeRequests {
    private final DvtServer server;

    TextDocuments(DvtServer server) {
        super(server);
        this.server = server;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        TextDocumentItem item = params.getTextDocument();
        server.session()
                .ifPresent(
                        session ->
                                session.events()
                                        .opened(
                                                Document.of(
                                                        item.getUri(),
                                                        item.getLanguageId(),
                                                        item.getVersion(),
                                                        item.getText())));
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        server.session()
                .ifPresent(
                        session ->
                                session.events()
                                        .changed(
                                                params.getTextDocument().getUri(),
                                                params.getTextDocument().getVersion(),
                                                params.getContentChanges()));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        server.session()
                .ifPresent(session -> session.events().closed(params.getTextDocument().getUri()));
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        server.session()
                .ifPresent(session -> session.events().saved(params.getTextDocument().getUri()));
    }

    @Override
    public CompletableFuture<DocumentDiagnosticReport> diagnostic(DocumentDiagnosticParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .askAgain(
                                        params.getTextDocument().getUri(),
                                        PulledDiagnostics.report(List.of(), ""),
                                        (view, check) ->
                                                session.diagnostics(
                                                        view, params.getPreviousResultId())));
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
            CompletionParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .askAsOf(
                                        params.getTextDocument().getUri(),
                                        Either.forRight(new CompletionList()),
                                        at(
                                                session,
                                                params,
                                                (view, offset, check) ->
                                                        WritingAnswers.completion(
                                                                view,
                                                                offset,
                                                                bySpace(params),
                                                                session.known(view),
                                                                session.features(),
                                                                session.facts(),
                                                                check))));
    }

    private static boolean bySpace(CompletionParams params) {
        return params.getContext() != null && " ".equals(params.getContext().getTriggerCharacter());
    }

    @Override
    public CompletableFuture<CompletionItem> resolveCompletionItem(CompletionItem item) {
        return server.withSession(session -> session.resolve(item));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .askAsOf(
                                        params.getTextDocument().getUri(),
                                        Optional.<SignatureHelp>empty(),
                                        at(
                                                session,
                                                params,
                                                (view, offset, check) ->
                                                        WritingAnswers.signatures(
                                                                view, offset, session.features())))
                                .thenApply(found -> found.orElse(null)));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
            definition(DefinitionParams params) {
        return askAt(
                params,
                Either.forLeft(List.of()),
                session ->
                        (view, offset, check) ->
                                Answers.definition(view, offset, session.features()));
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return findAt(
                params, session -> (view, offset, check) -> session.nodes().hover(view, offset));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        boolean declaration =
                params.getContext() == null || params.getContext().isIncludeDeclaration();
        return askAt(
                params,
                List.of(),
                session ->
                        (view, offset, check) ->
                                NameAnswers.references(
                                        view, offset, declaration, session.features(), check));
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
            DocumentHighlightParams params) {
        return askAt(
                params,
                List.of(),
                session ->
                        (view, offset, check) ->
                                NameAnswers.highlights(view, offset, session.features()));
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
            prepareRename(PrepareRenameParams params) {
        return findAt(
                params,
                session ->
                        (view, offset, check) ->
                                NameAnswers.prepare(view, offset, session.features())
                                        .map(TextDocuments::prepared));
    }

    private static Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior> prepared(
            PrepareRenameResult result) {
        return Either3.forSecond(result);
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return findAt(
                params,
                session ->
                        (view, offset, check) ->
                                NameAnswers.rename(
                                        view, offset, params.getNewName(), session.features()));
    }

    @Override
    public CompletableFuture<List<CallHierarchyItem>> prepareCallHierarchy(
            CallHierarchyPrepareParams params) {
        return askAt(
                params,
                List.of(),
                session ->
                        (view, offset, check) ->
                                session.nodes().lineage(view.snapshot()).prepare(view, offset));
    }

    @Override
    public CompletableFuture<List<CallHierarchyIncomingCall>> callHierarchyIncomingCalls(
            CallHierarchyIncomingCallsParams params) {
        return server.withSession(
                session -> session.nodes().step(s -> s.incoming(params.getItem())));
    }

    @Override
    public CompletableFuture<List<CallHierarchyOutgoingCall>> callHierarchyOutgoingCalls(
            CallHierarchyOutgoingCallsParams params) {
        return server.withSession(
                session -> session.nodes().step(s -> s.outgoing(params.getItem())));
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        List.of(),
                                        (view, check) -> session.nodes().lenses(view)));
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(
            CodeActionParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        List.of(),
                                        (view, check) -> {
                                            Span span =
                                                    Convert.span(
                                                            view.document().lines(),
                                                            params.getRange(),
                                                            session.features().encoding());
                                            return session.codeActions(view, span, params);
                                        }));
    }

    /** As {@link Requests.Question}, about a place in the document. */
    private interface PlaceQuestion<T> {
        T answer(Requests.View view, int offset, Runnable cancelCheck);
    }

    private static <T> Requests.Question<T> at(
            Session session, TextDocumentPositionParams params, PlaceQuestion<T> question) {
        return (view, check) ->
                question.answer(
                        view,
                        Convert.offset(
                                view.document().lines(),
                                params.getPosition(),
                                session.features().encoding()),
                        check);
    }

    private <T> CompletableFuture<T> askAt(
            TextDocumentPositionParams params,
            T none,
            Function<Session, PlaceQuestion<T>> question) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        none,
                                        at(session, params, question.apply(session))));
    }

    /** As {@link #askAt}; nothing found is {@code null}. */
    private <T> CompletableFuture<T> findAt(
            TextDocumentPositionParams params,
            Function<Session, PlaceQuestion<Optional<T>>> question) {
        return askAt(params, Optional.<T>empty(), question).thenApply(found -> found.orElse(null));
    }
}
