package dev.dvtls.lsp;

import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/** Requests for the shape of a document. Each only hands on. */
abstract class ShapeRequests implements TextDocumentService {
    private final DvtServer server;

    ShapeRequests(DvtServer server) {
        this.server = server;
    }

    private <T> CompletableFuture<T> ask(String uri, T none, SessionQuestion<T> question) {
        return server.withSession(
                session ->
                        session.requests()
                                .ask(uri, none, (view, check) -> question.answer(session, view)));
    }

    /** As {@link Requests.Question}, with the session. */
    private interface SessionQuestion<T> {
        T answer(Session session, Requests.View view);
    }

    // Clients without trees of symbols take the older shape alone.
    @SuppressWarnings("deprecation")
    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return ask(
                params.getTextDocument().getUri(),
                List.of(),
                (session, view) -> Outlines.symbols(view, session.features()));
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
        return ask(
                params.getTextDocument().getUri(),
                List.of(),
                (session, view) -> Outlines.folds(view, session.features()));
    }

    @Override
    public CompletableFuture<List<SelectionRange>> selectionRange(SelectionRangeParams params) {
        return ask(
                params.getTextDocument().getUri(),
                List.of(),
                (session, view) ->
                        Outlines.selections(view, params.getPositions(), session.features()));
    }

    @Override
    public CompletableFuture<List<DocumentLink>> documentLink(DocumentLinkParams params) {
        return ask(
                params.getTextDocument().getUri(),
                List.of(),
                (session, view) -> NodePlaces.links(view, session.features()));
    }

    @Override
    public CompletableFuture<DocumentLink> documentLinkResolve(DocumentLink link) {
        return server.withSession(
                session -> session.now(snapshot -> NodePlaces.resolve(snapshot, link)));
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
        return ask(
                params.getTextDocument().getUri(),
                List.of(),
                (session, view) -> session.shapes().hints().hints(view, params.getRange()));
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
        return tokens(
                params.getTextDocument().getUri(),
                (session, view) -> session.shapes().tokens().full(view, session.features()));
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensRange(SemanticTokensRangeParams params) {
        return tokens(
                params.getTextDocument().getUri(),
                (session, view) -> {
                    Span part =
                            Convert.span(
                                    view.document().lines(),
                                    params.getRange(),
                                    session.features().encoding());
                    return session.shapes().tokens().range(view, part, session.features());
                });
    }

    @Override
    public CompletableFuture<Either<SemanticTokens, SemanticTokensDelta>> semanticTokensFullDelta(
            SemanticTokensDeltaParams params) {
        return tokens(
                params.getTextDocument().getUri(),
                (session, view) ->
                        session.shapes()
                                .tokens()
                                .delta(view, params.getPreviousResultId(), session.features()));
    }

    /** Where they are switched off, {@code null}: an empty answer would hide another server's. */
    private <T> CompletableFuture<T> tokens(String uri, SessionQuestion<T> question) {
        return ask(
                        uri,
                        Optional.<T>empty(),
                        (session, view) ->
                                session.shapes().showsTokens()
                                        ? Optional.of(question.answer(session, view))
                                        : Optional.<T>empty())
                .thenApply(answer -> answer.orElse(null));
    }
}
