package dev.dvtls.lsp;

import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
                                session.open(
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
                                session.change(
                                        params.getTextDocument().getUri(),
                                        params.getTextDocument().getVersion(),
                                        params.getContentChanges()));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        server.session().ifPresent(session -> session.close(params.getTextDocument().getUri()));
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        server.session().ifPresent(session -> session.saved(params.getTextDocument().getUri()));
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
                                        (view, check) ->
                                                WritingAnswers.completion(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.known(view.manifest()),
                                                        session.features(),
                                                        check)));
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
                                        (view, check) ->
                                                WritingAnswers.signatures(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.features()))
                                .thenApply(found -> found.orElse(null)));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
            definition(DefinitionParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        Either.forLeft(List.of()),
                                        (view, check) ->
                                                Answers.definition(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.features())));
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        Optional.<Hover>empty(),
                                        (view, check) ->
                                                Answers.hover(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.features()))
                                .thenApply(found -> found.orElse(null)));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        List.of(),
                                        (view, check) ->
                                                NameAnswers.references(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        params.getContext() == null
                                                                || params.getContext()
                                                                        .isIncludeDeclaration(),
                                                        session.features(),
                                                        check)));
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
            DocumentHighlightParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        List.of(),
                                        (view, check) ->
                                                NameAnswers.highlights(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.features())));
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
            prepareRename(PrepareRenameParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        Optional.<PrepareRenameResult>empty(),
                                        (view, check) ->
                                                NameAnswers.prepare(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        session.features()))
                                .thenApply(
                                        found -> found.map(TextDocuments::prepared).orElse(null)));
    }

    private static Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior> prepared(
            PrepareRenameResult result) {
        return Either3.forSecond(result);
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        Optional.<WorkspaceEdit>empty(),
                                        (view, check) ->
                                                NameAnswers.rename(
                                                        view,
                                                        offset(session, view, params.getPosition()),
                                                        params.getNewName(),
                                                        session.features()))
                                .thenApply(found -> found.orElse(null)));
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(
                                        params.getTextDocument().getUri(),
                                        List.of(),
                                        (view, check) -> Answers.lenses(view, session.features())));
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

    private static int offset(
            Session session, Requests.View view, org.eclipse.lsp4j.Position position) {
        return Convert.offset(view.document().lines(), position, session.features().encoding());
    }
}
