package dev.dvtls.lsp;

import dev.dvtls.assist.outline.Fold;
import dev.dvtls.assist.outline.Folds;
import dev.dvtls.assist.outline.Selections;
import dev.dvtls.assist.outline.Source;
import dev.dvtls.assist.outline.Symbol;
import dev.dvtls.assist.outline.Symbols;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The shape of a text in the protocol's terms: symbols, folds, selections. */
final class Outlines {
    private Outlines() {}

    /** The view's document, where it is one of a project. */
    static Optional<Source> source(Requests.View view) {
        return view.manifest()
                .flatMap(
                        manifest ->
                                view.document()
                                        .path()
                                        .map(
                                                path ->
                                                        Source.of(
                                                                manifest,
                                                                path,
                                                                view.document().text(),
                                                                view.document().lines())));
    }

    // Clients without trees of symbols take the older shape alone.
    @SuppressWarnings("deprecation")
    static List<Either<SymbolInformation, DocumentSymbol>> symbols(
            Requests.View view, ClientFeatures features) {
        List<Symbol> symbols = source(view).map(Symbols::of).orElse(List.of());
        List<Either<SymbolInformation, DocumentSymbol>> answer = new ArrayList<>();
        if (features.shape().symbolTree()) {
            symbols.forEach(s -> answer.add(Either.forRight(tree(view, s, features))));
        } else {
            symbols.forEach(s -> flatten(view, s, "", features, answer));
        }
        return answer;
    }

    private static DocumentSymbol tree(Requests.View view, Symbol symbol, ClientFeatures features) {
        LineIndex lines = view.document().lines();
        DocumentSymbol made =
                new DocumentSymbol(
                        symbol.label(),
                        kind(symbol.kind()),
                        Convert.range(lines, symbol.range(), features.encoding()),
                        Convert.range(lines, symbol.name(), features.encoding()));
        if (!symbol.detail().isEmpty()) {
            made.setDetail(symbol.detail());
        }
        made.setChildren(
                symbol.children().stream().map(child -> tree(view, child, features)).toList());
        return made;
    }

    @SuppressWarnings("deprecation") // as above
    private static void flatten(
            Requests.View view,
            Symbol symbol,
            String container,
            ClientFeatures features,
            List<Either<SymbolInformation, DocumentSymbol>> answer) {
        Location location =
                new Location(
                        view.document().uri(),
                        Convert.range(
                                view.document().lines(), symbol.range(), features.encoding()));
        SymbolInformation made =
                new SymbolInformation(symbol.label(), kind(symbol.kind()), location);
        if (!container.isEmpty()) {
            made.setContainerName(container);
        }
        answer.add(Either.forLeft(made));
        symbol.children().forEach(child -> flatten(view, child, symbol.label(), features, answer));
    }

    /** Kinds that clients of every age know. */
    static SymbolKind kind(Symbol.Kind kind) {
        return switch (kind) {
            case MODEL, FUNCTION, MACRO -> SymbolKind.Function;
            case CLASS, NODE, TABLE -> SymbolKind.Class;
            case METHOD -> SymbolKind.Method;
            case REF -> SymbolKind.Variable;
            case SOURCE -> SymbolKind.Namespace;
            case CONFIG, KEY -> SymbolKind.Property;
            case QUERY -> SymbolKind.Interface;
            case SECTION -> SymbolKind.Module;
            case COLUMN -> SymbolKind.Field;
        };
    }

    static List<FoldingRange> folds(Requests.View view, ClientFeatures features) {
        List<FoldingRange> ranges =
                source(view)
                        .map(
                                source ->
                                        features.shape().wholeLines()
                                                ? lineFolds(source)
                                                : folds(source, features))
                        .orElse(List.of());
        // Of too many the larger ones are of more use.
        return ranges.size() <= features.shape().mostFolds()
                ? ranges
                : ranges.stream()
                        .sorted(
                                Comparator.comparingInt(
                                        (FoldingRange r) -> r.getStartLine() - r.getEndLine()))
                        .limit(Math.max(0, features.shape().mostFolds()))
                        .sorted(Comparator.comparingInt(FoldingRange::getStartLine))
                        .toList();
    }

    private static List<FoldingRange> lineFolds(Source source) {
        return Folds.lines(source).stream()
                .map(fold -> range(fold.first(), fold.last(), fold.kind()))
                .toList();
    }

    private static List<FoldingRange> folds(Source source, ClientFeatures features) {
        return Folds.of(source).stream()
                .map(
                        fold -> {
                            LineIndex lines = source.lines();
                            int start = fold.hidden().start();
                            int end = fold.hidden().end();
                            Position from = Convert.position(lines, start, features.encoding());
                            Position to = Convert.position(lines, end, features.encoding());
                            FoldingRange range = range(from.getLine(), to.getLine(), fold.kind());
                            range.setStartCharacter(from.getCharacter());
                            range.setEndCharacter(to.getCharacter());
                            return range;
                        })
                .toList();
    }

    private static FoldingRange range(int first, int last, Fold.Kind kind) {
        FoldingRange range = new FoldingRange(first, last);
        switch (kind) {
            case CODE -> {}
            case COMMENT -> range.setKind(FoldingRangeKind.Comment);
            case IMPORTS -> range.setKind(FoldingRangeKind.Imports);
            case REGION -> range.setKind(FoldingRangeKind.Region);
        }
        return range;
    }

    /** One for each position, as the protocol wants it. */
    static List<SelectionRange> selections(
            Requests.View view, List<Position> positions, ClientFeatures features) {
        LineIndex lines = view.document().lines();
        List<SelectionRange> answer = new ArrayList<>();
        for (Position position : positions) {
            int offset = Convert.offset(lines, position, features.encoding());
            List<Span> steps =
                    source(view)
                            .map(source -> Selections.at(source, offset))
                            .orElse(List.of(new Span(offset, offset)));
            Optional<SelectionRange> made = Optional.empty();
            for (int i = steps.size() - 1; i >= 0; i--) {
                SelectionRange step = new SelectionRange();
                step.setRange(Convert.range(lines, steps.get(i), features.encoding()));
                made.ifPresent(step::setParent);
                made = Optional.of(step);
            }
            made.ifPresent(answer::add);
        }
        return answer;
    }
}
