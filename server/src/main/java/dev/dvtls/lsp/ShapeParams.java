package dev.dvtls.lsp;

import java.util.Optional;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.WorkspaceSymbolParams;

/** What requests for the shape of a text must have. */
final class ShapeParams {
    private ShapeParams() {}

    /** The first field that is not there. */
    static Optional<String> missing(Object params) {
        if (params instanceof DocumentSymbolParams p) {
            return Malformed.document(p.getTextDocument());
        } else if (params instanceof FoldingRangeRequestParams p) {
            return Malformed.document(p.getTextDocument());
        } else if (params instanceof DocumentLinkParams p) {
            return Malformed.document(p.getTextDocument());
        } else if (params instanceof SemanticTokensParams p) {
            return Malformed.document(p.getTextDocument());
        } else if (params instanceof SemanticTokensDeltaParams p) {
            return Malformed.document(p.getTextDocument())
                    .or(() -> Malformed.unless(p.getPreviousResultId(), "previousResultId"));
        } else if (params instanceof SelectionRangeParams p) {
            return Malformed.document(p.getTextDocument())
                    .or(() -> Malformed.unless(p.getPositions(), "positions"));
        } else if (params instanceof SemanticTokensRangeParams p) {
            return Malformed.document(p.getTextDocument()).or(() -> range(p.getRange()));
        } else if (params instanceof InlayHintParams p) {
            return Malformed.document(p.getTextDocument()).or(() -> range(p.getRange()));
        }
        return params instanceof WorkspaceSymbolParams p
                ? Malformed.unless(p.getQuery(), "query")
                : Optional.empty();
    }

    private static Optional<String> range(Range range) {
        return Malformed.unless(range, "range")
                .or(() -> Malformed.unless(range.getStart(), "range.start"))
                .or(() -> Malformed.unless(range.getEnd(), "range.end"));
    }
}
