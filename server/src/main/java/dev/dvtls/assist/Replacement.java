package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a suggestion replaces.
 *
 * @param quote put around the name, when the cursor is not in a string yet
 */
record Replacement(Range range, String quote) {
    /** Up to the cursor, and up to the end of the word. */
    record Range(Span insert, Span replace) {}

    /** The name around a cursor that begins at an offset, or after what is no name. */
    static Replacement ofWord(String text, int cursor, int start) {
        return new Replacement(around(text, cursor, start, false), "");
    }

    /** The content of a string around a cursor, names with dots and dashes in them. */
    static Replacement ofContent(String text, int cursor, int start) {
        return new Replacement(around(text, cursor, start, true), "");
    }

    /** A line up to the cursor, and all of it. */
    static Replacement ofLine(int start, int cursor, int end) {
        return new Replacement(new Range(new Span(start, cursor), new Span(start, end)), "");
    }

    Replacement quotedWith(String mark) {
        return new Replacement(range, mark);
    }

    private static Range around(String text, int cursor, int start, boolean inString) {
        int from = start;
        for (int i = start; i < cursor; i++) {
            if (!isPart(text.charAt(i), inString)) {
                from = i + 1; // something else stands before the word
            }
        }
        int to = cursor;
        while (to < text.length() && isPart(text.charAt(to), inString)) {
            to++;
        }
        return new Range(new Span(from, cursor), new Span(from, to));
    }

    private static boolean isPart(char c, boolean inString) {
        return CursorScan.isNameChar(c) || (inString && (c == '-' || c == '.' || c == '$'));
    }

    /** What is typed already. */
    String typed(String text) {
        return range.insert().of(text);
    }

    Suggestion suggest(String name, Kind kind, String detail, String documentation, String sort) {
        return of(
                name,
                name,
                kind,
                quote + name + quote,
                Optional.empty(),
                detail,
                () -> Page.ours(documentation),
                Optional.empty(),
                sort + name);
    }

    /** A node under the name that it has here. */
    Suggestion suggestNode(
            String name, Kind kind, Manifest manifest, Node node, String detail, String sort) {
        return of(
                name,
                name,
                kind,
                quote + name + quote,
                Optional.empty(),
                detail,
                () -> NodePage.of(manifest, node, NodeFacts.TEXTS),
                Optional.of(node.uniqueId()),
                sort + name);
    }

    /** A suggestion whose text is more than its label. */
    Suggestion suggestText(
            String label,
            String newText,
            Optional<String> snippet,
            Kind kind,
            String detail,
            String documentation) {
        return of(
                label,
                label,
                kind,
                newText,
                snippet,
                detail,
                () -> Page.ours(documentation),
                Optional.empty(),
                "1" + label);
    }

    /**
     * A column.
     *
     * @param label with its relation where it needs it
     */
    Suggestion suggestColumn(
            String label,
            String name,
            String newText,
            String detail,
            String documentation,
            String sort) {
        return of(
                label,
                name,
                Kind.COLUMN,
                newText,
                Optional.empty(),
                detail,
                () -> Page.text(documentation),
                Optional.empty(),
                sort);
    }

    private Suggestion of(
            String label,
            String filter,
            Kind kind,
            String newText,
            Optional<String> snippet,
            String detail,
            Supplier<Page> documentation,
            Optional<String> node,
            String sort) {
        return new Suggestion(
                label,
                kind,
                newText,
                snippet,
                range.insert(),
                range.replace(),
                detail,
                documentation,
                node,
                sort,
                filter);
    }
}
