package dev.dvtls.lsp;

import dev.dvtls.assist.outline.Token;
import dev.dvtls.assist.outline.Tokens;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensEdit;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * Semantic tokens, whole, in part, or as what changed since the last answer. Remembers the last
 * answer for a few documents. Thread-safe.
 */
final class SemanticTokenAnswers {
    /** More are open in an editor, but not looked at in turn. */
    private static final int REMEMBERED = 50;

    private static final List<Token.Type> TYPES = List.of(Token.Type.values());
    private static final List<Token.Modifier> MODIFIERS = List.of(Token.Modifier.values());

    private record Last(String id, List<Integer> data) {}

    private final Map<String, Last> byUri =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private long answers;

    static SemanticTokensLegend legend() {
        return new SemanticTokensLegend(
                TYPES.stream().map(SemanticTokenAnswers::word).toList(),
                MODIFIERS.stream().map(SemanticTokenAnswers::word).toList());
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    SemanticTokens full(Requests.View view, ClientFeatures features) {
        List<Integer> data = data(view, Optional.empty(), features.encoding());
        return new SemanticTokens(remember(view.document().uri(), data).id(), data);
    }

    SemanticTokens range(Requests.View view, Span part, ClientFeatures features) {
        return new SemanticTokens(data(view, Optional.of(part), features.encoding()));
    }

    /** One edit from the answer that the client has; all of it when that is forgotten. */
    Either<SemanticTokens, SemanticTokensDelta> delta(
            Requests.View view, String previousId, ClientFeatures features) {
        String uri = view.document().uri();
        List<Integer> data = data(view, Optional.empty(), features.encoding());
        Optional<Last> before = last(uri).filter(l -> l.id().equals(previousId));
        String id = remember(uri, data).id();
        return before.isEmpty()
                ? Either.forLeft(new SemanticTokens(id, data))
                : Either.forRight(new SemanticTokensDelta(edits(before.get().data(), data), id));
    }

    private synchronized Optional<Last> last(String uri) {
        return Optional.ofNullable(byUri.get(uri));
    }

    private synchronized Last remember(String uri, List<Integer> data) {
        Last last = new Last(Long.toString(++answers), data);
        byUri.put(uri, last);
        return last;
    }

    private static List<SemanticTokensEdit> edits(List<Integer> before, List<Integer> after) {
        int most = Math.min(before.size(), after.size());
        int head = 0;
        while (head < most && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int deleted = before.size() - tail - head;
        List<Integer> inserted = after.subList(head, after.size() - tail);
        return deleted == 0 && inserted.isEmpty()
                ? List.of()
                : List.of(new SemanticTokensEdit(head, deleted, List.copyOf(inserted)));
    }

    /** Five numbers a token, lines and columns counted from the token before. */
    private static List<Integer> data(Requests.View view, Optional<Span> part, Encoding encoding) {
        LineIndex lines = view.document().lines();
        List<Integer> data = new ArrayList<>();
        LineIndex.Position before = new LineIndex.Position(0, 0);
        for (Token token : tokens(view)) {
            if (part.isPresent()
                    && (token.span().end() <= part.get().start()
                            || token.span().start() >= part.get().end())) {
                continue;
            }
            LineIndex.Position start = lines.position(token.span().start(), encoding);
            LineIndex.Position end = lines.position(token.span().end(), encoding);
            boolean sameLine = start.line() == before.line();
            data.add(start.line() - before.line());
            data.add(sameLine ? start.column() - before.column() : start.column());
            data.add(end.column() - start.column());
            data.add(TYPES.indexOf(token.type()));
            data.add(token.modifiers().stream().mapToInt(m -> 1 << MODIFIERS.indexOf(m)).sum());
            before = start;
        }
        return List.copyOf(data);
    }

    private static List<Token> tokens(Requests.View view) {
        return view.manifest().stream()
                .flatMap(
                        manifest ->
                                Outlines.source(view)
                                        .map(source -> Tokens.of(manifest, source).stream())
                                        .orElse(Stream.empty()))
                .toList();
    }
}
