package dev.dvtls.lsp;

import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DocumentLinkCapabilities;
import org.eclipse.lsp4j.DocumentSymbolCapabilities;
import org.eclipse.lsp4j.FoldingRangeCapabilities;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.SemanticTokensWorkspaceCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;

/**
 * What the client can do with the shape of a text.
 *
 * @param symbolTree it takes symbols within symbols; else a flat list
 * @param wholeLines it folds whole lines only
 * @param mostFolds it takes no more
 * @param symbolsLater it asks for the place of a workspace symbol when it goes there
 * @param linkTooltips it shows them
 * @param refreshTokens it asks for semantic tokens again when told
 * @param refreshHints likewise for inlay hints
 */
record ShapeFeatures(
        boolean symbolTree,
        boolean wholeLines,
        int mostFolds,
        boolean symbolsLater,
        boolean linkTooltips,
        boolean refreshTokens,
        boolean refreshHints) {

    static ShapeFeatures of(ClientCapabilities client) {
        Optional<TextDocumentClientCapabilities> text =
                Optional.ofNullable(client.getTextDocument());
        Optional<WorkspaceClientCapabilities> workspace =
                Optional.ofNullable(client.getWorkspace());
        Optional<FoldingRangeCapabilities> folding =
                text.map(TextDocumentClientCapabilities::getFoldingRange);
        return new ShapeFeatures(
                text.map(TextDocumentClientCapabilities::getDocumentSymbol)
                        .map(DocumentSymbolCapabilities::getHierarchicalDocumentSymbolSupport)
                        .orElse(false),
                folding.map(FoldingRangeCapabilities::getLineFoldingOnly).orElse(false),
                folding.map(FoldingRangeCapabilities::getRangeLimit).orElse(Integer.MAX_VALUE),
                workspace
                        .map(WorkspaceClientCapabilities::getSymbol)
                        .map(symbol -> symbol.getResolveSupport())
                        .map(resolve -> resolve.getProperties())
                        .filter(properties -> properties.contains("location.range"))
                        .isPresent(),
                text.map(TextDocumentClientCapabilities::getDocumentLink)
                        .map(DocumentLinkCapabilities::getTooltipSupport)
                        .orElse(false),
                workspace
                        .map(WorkspaceClientCapabilities::getSemanticTokens)
                        .map(SemanticTokensWorkspaceCapabilities::getRefreshSupport)
                        .orElse(false),
                workspace
                        .map(WorkspaceClientCapabilities::getInlayHint)
                        .map(InlayHintWorkspaceCapabilities::getRefreshSupport)
                        .orElse(false));
    }
}
