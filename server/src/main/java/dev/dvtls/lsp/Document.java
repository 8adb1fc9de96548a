package dev.dvtls.lsp;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.LineIndex.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * A document that the client has open: its text wins over the disk. Immutable.
 *
 * @param uri as the client writes it
 * @param path empty when it is no file ({@code untitled:}, {@code git:})
 * @param touched greater than that of every document which was opened or changed before it
 */
record Document(
        String uri,
        Optional<Path> path,
        String languageId,
        int version,
        String text,
        LineIndex lines,
        long touched) {

    static Document of(String uri, String languageId, int version, String text) {
        return new Document(uri, Uris.path(uri), languageId, version, text, LineIndex.of(text), 0);
    }

    /** The text after changes, each of which counts on the one before it. */
    Document changed(int to, List<TextDocumentContentChangeEvent> changes, Encoding encoding) {
        String now = text;
        LineIndex index = lines;
        for (TextDocumentContentChangeEvent change : changes) {
            if (change.getRange() == null) {
                now = change.getText();
            } else {
                int start = index.offset(position(change.getRange().getStart()), encoding);
                int end = index.offset(position(change.getRange().getEnd()), encoding);
                now =
                        now.substring(0, Math.min(start, end))
                                + change.getText()
                                + now.substring(Math.max(start, end));
            }
            index = LineIndex.of(now);
        }
        return new Document(uri, path, languageId, to, now, index, touched);
    }

    Document touchedAt(long now) {
        return new Document(uri, path, languageId, version, text, lines, now);
    }

    private static Position position(org.eclipse.lsp4j.Position position) {
        return new Position(position.getLine(), position.getCharacter());
    }
}
