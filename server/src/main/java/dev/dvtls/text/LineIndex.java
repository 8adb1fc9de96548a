package dev.dvtls.text;

import java.util.Arrays;

/**
 * Where the lines of a text begin. Lines end at LF, CR or CRLF, as in Python and in LSP; both
 * number them from 0 here. Immutable.
 */
public final class LineIndex {
    /** What a column counts: LSP's {@code positionEncoding}. */
    public enum Encoding {
        UTF_8,
        UTF_16,
        UTF_32
    }

    /**
     * @param line from 0
     * @param column from 0, in units of the encoding it was asked in
     */
    public record Position(int line, int column) {}

    private final CharSequence text;
    private final int[] starts;

    private LineIndex(CharSequence text, int[] starts) {
        this.text = text;
        this.starts = starts;
    }

    public static LineIndex of(CharSequence text) {
        int[] starts = new int[Math.max(16, text.length() / 24)];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n'
                    || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new LineIndex(text, Arrays.copyOf(starts, count));
    }

    public int lineCount() {
        return starts.length;
    }

    /** The line that holds an offset; an offset past the end is on the last line. */
    public int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }

    public int lineStart(int line) {
        return starts[line];
    }

    /** The end of a line without its line ending. */
    public int lineEnd(int line) {
        int end = line + 1 < starts.length ? starts[line + 1] : text.length();
        while (end > starts[line]
                && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    public String lineText(int line) {
        return text.subSequence(lineStart(line), lineEnd(line)).toString();
    }

    public Position position(int offset, Encoding encoding) {
        int at = Math.min(Math.max(offset, 0), text.length());
        int line = line(at);
        int column = 0;
        for (int i = starts[line]; i < at; ) {
            int codePoint = Character.codePointAt(text, i);
            int width = Character.charCount(codePoint);
            if (i + width > at) {
                break;
            }
            column += units(codePoint, encoding);
            i += width;
        }
        return new Position(line, column);
    }

    /** The offset of a position; one past its line's end is clamped to it (LSP 3.17, Position). */
    public int offset(Position position, Encoding encoding) {
        if (position.line() < 0) {
            return 0;
        }
        if (position.line() >= starts.length) {
            return text.length();
        }
        int end = lineEnd(position.line());
        int i = starts[position.line()];
        int column = 0;
        while (i < end && column < position.column()) {
            int codePoint = Character.codePointAt(text, i);
            column += units(codePoint, encoding);
            i += Character.charCount(codePoint);
        }
        return Math.min(i, end);
    }

    private static int units(int codePoint, Encoding encoding) {
        return switch (encoding) {
            case UTF_8 ->
                    codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            case UTF_16 -> Character.charCount(codePoint);
            case UTF_32 -> 1;
        };
    }
}
