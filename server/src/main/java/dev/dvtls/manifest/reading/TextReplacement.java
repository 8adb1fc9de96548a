package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Gap;
import dev.dvtls.manifest.reading.Value.Piece;
import dev.dvtls.manifest.reading.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Python's {@code str.replace} over a text whose parts keep their places in the source. */
final class TextReplacement {
    private TextReplacement() {}

    /**
     * True when an occurrence may lie partly in what is not known: no more is certain then.
     *
     * @param old not empty
     */
    static boolean mayCross(Text text, String old) {
        if (!text.hasHoles()) {
            return false;
        }
        String[] runs = text.value().split(String.valueOf(Text.HOLE), -1);
        for (int i = 0; i < runs.length; i++) {
            boolean between = i > 0 && i < runs.length - 1;
            if ((between && !runs[i].isEmpty() && old.contains(runs[i]))
                    || (i < runs.length - 1 && meet(runs[i], old, old.length() - 1))
                    || (i > 0 && meet(old, runs[i], old.length() - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether so many letters or fewer end the first text and begin the second. */
    private static boolean meet(String first, String second, int most) {
        int longest = Math.min(most, Math.min(first.length(), second.length()));
        for (int n = 1; n <= longest; n++) {
            if (first.endsWith(second.substring(0, n))) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is replaced inside of what is not known. */
    static Text of(Text text, String old, Text with) {
        String value = text.value();
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int at = value.indexOf(old); at >= 0; at = value.indexOf(old, from)) {
            add(text, from, at, pieces);
            pieces.addAll(with.pieces());
            from = at + old.length();
        }
        add(text, from, value.length(), pieces);
        return new Text(List.copyOf(pieces), false);
    }

    /** The pieces of a range of the text's value. */
    static Text part(Text text, int from, int to) {
        List<Piece> pieces = new ArrayList<>();
        add(text, from, to, pieces);
        return new Text(List.copyOf(pieces), false);
    }

    private static void add(Text text, int from, int to, List<Piece> pieces) {
        int start = 0;
        for (Piece piece : text.pieces()) {
            int end = start + piece.text().length();
            int first = Math.max(from, start);
            int last = Math.min(to, end);
            if (first < last) {
                pieces.add(
                        piece instanceof Gap
                                ? piece
                                : TextCalls.cut(piece, first - start, last - start));
            }
            start = end;
        }
    }
}
