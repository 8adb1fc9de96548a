package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the string that a cursor is in to its end, and the literals that are joined to it. */
final class PythonLiterals {
    private PythonLiterals() {}

    /**
     * @param pieces the cursor's own literal first
     * @param end of the last one's content
     */
    record Rest(List<Piece> pieces, int end) {}

    static Rest after(String text, Cursor.InString string, int cursor) {
        List<Piece> pieces = new ArrayList<>();
        int end = end(text, cursor, string.quote(), string.triple());
        pieces.add(new Piece(string.contentStart(), end, string.raw(), string.formatted()));
        int next = end + (string.triple() ? 3 : 1);
        while (isClosed(text, end)) {
            int quote = next(text, next);
            if (quote < 0) {
                break;
            }
            String prefix = prefix(text, next, quote);
            char mark = text.charAt(quote);
            boolean triple = text.startsWith(String.valueOf(mark).repeat(3), quote);
            int start = quote + (triple ? 3 : 1);
            end = end(text, start, mark, triple);
            pieces.add(
                    new Piece(
                            Math.min(start, end),
                            end,
                            prefix.contains("r"),
                            prefix.contains("f") || prefix.contains("t")));
            next = end + (triple ? 3 : 1);
        }
        return new Rest(List.copyOf(pieces), end);
    }

    private static boolean isClosed(String text, int end) {
        return end < text.length() && "'\"".indexOf(text.charAt(end)) >= 0;
    }

    /** The end of a literal's content: at its quotes, or where it breaks off. */
    private static int end(String text, int from, char quote, boolean triple) {
        String mark = String.valueOf(quote).repeat(triple ? 3 : 1);
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (text.startsWith(mark, i) || (!triple && (c == '\n' || c == '\r'))) {
                return i;
            }
            i++;
        }
        return text.length();
    }

    /** The quote of a literal that follows directly, blanks and comments apart; or -1. */
    private static int next(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#') {
                while (i < text.length() && "\r\n".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
            } else if (c == '\'' || c == '"') {
                return i;
            } else if (Character.isLetter(c)) {
                int quote = i;
                while (quote < text.length() && Character.isLetter(text.charAt(quote))) {
                    quote++;
                }
                boolean literal = quote - i <= 2 && isClosed(text, quote);
                return literal ? quote : -1;
            } else if (Character.isWhitespace(c) || c == '\\') {
                i++;
            } else {
                return -1;
            }
        }
        return -1;
    }

    private static String prefix(String text, int from, int quote) {
        int start = quote;
        while (start > from && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, quote).toLowerCase(Locale.ROOT);
    }
}
