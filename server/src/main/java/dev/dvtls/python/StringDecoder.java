package dev.dvtls.python;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Turns the text between quotes into its value (Python's Lexical analysis, "Escape sequences"). */
final class StringDecoder {
    /** A value, where it came from, and what is wrong with it. */
    static final class Decoded {
        private final int[] codePoints;
        private final int[] offsets;
        private final String error;
        private final int errorStart;
        private final int errorEnd;

        private Decoded(StringDecoder of) {
            codePoints = Arrays.copyOf(of.codePoints, of.size);
            offsets = Arrays.copyOf(of.offsets, of.size);
            error = of.error;
            errorStart = of.errorStart;
            errorEnd = of.errorEnd;
        }

        IntStream codePoints() {
            return Arrays.stream(codePoints);
        }

        /** A sentence; empty when all is well. */
        String error() {
            return error;
        }

        int errorStart() {
            return errorStart;
        }

        int errorEnd() {
            return errorEnd;
        }

        String text() {
            return new String(codePoints, 0, codePoints.length);
        }

        /** The source offset of a UTF-16 index of the text. */
        int offset(int index, int end) {
            int units = 0;
            for (int i = 0; i < codePoints.length; i++) {
                units += Character.charCount(codePoints[i]);
                if (index < units) {
                    return offsets[i];
                }
            }
            return end;
        }
    }

    private final String source;
    private final int limit;
    private final boolean raw;
    private final boolean bytes;
    private final boolean braces;
    private int pos;
    private int[] codePoints;
    private int[] offsets;
    private int size;
    private String error = "";
    private int errorStart;
    private int errorEnd;

    private StringDecoder(String source, int from, int to, int flags) {
        this.source = source;
        this.limit = to;
        this.pos = from;
        raw = (flags & StringFlags.RAW) != 0;
        bytes = (flags & StringFlags.BYTES) != 0;
        braces = (flags & StringFlags.BRACES) != 0;
        codePoints = new int[to - from];
        offsets = new int[to - from];
    }

    static Decoded decode(String source, int from, int to, int flags) {
        StringDecoder decoder = new StringDecoder(source, from, to, flags);
        decoder.run();
        return new Decoded(decoder);
    }

    private void run() {
        while (pos < limit) {
            int at = pos;
            char c = source.charAt(at);
            if (c == '\r') {
                pos = lineEnd(at);
                emit('\n', at);
            } else if (c == '\\' && !raw && at + 1 < limit) {
                escape(at);
            } else if (braces
                    && (c == '{' || c == '}')
                    && at + 1 < limit
                    && source.charAt(at + 1) == c) {
                pos = at + 2;
                emit(c, at);
            } else {
                int codePoint = source.codePointAt(at);
                pos = Math.min(limit, at + Character.charCount(codePoint));
                emit(codePoint, at);
            }
        }
    }

    private void emit(int codePoint, int at) {
        codePoints[size] = codePoint;
        offsets[size] = at;
        size++;
    }

    private int lineEnd(int at) {
        boolean two = at + 1 < limit && source.charAt(at + 1) == '\n';
        return at + (source.charAt(at) == '\r' && two ? 2 : 1);
    }

    private void escape(int at) {
        char c = source.charAt(at + 1);
        pos = at + 2;
        switch (c) {
            case '\n', '\r' -> pos = lineEnd(at + 1);
            case '\\', '\'', '"' -> emit(c, at);
            case 'a' -> emit(7, at);
            case 'b' -> emit('\b', at);
            case 'f' -> emit('\f', at);
            case 'n' -> emit('\n', at);
            case 'r' -> emit('\r', at);
            case 't' -> emit('\t', at);
            case 'v' -> emit(11, at);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(at);
            case 'x' -> hex(at, 2);
            case 'u', 'U', 'N' -> {
                if (bytes) {
                    unknown(at);
                } else if (c == 'N') {
                    named(at);
                } else {
                    hex(at, c == 'u' ? 4 : 8);
                }
            }
            default -> unknown(at);
        }
    }

    /** A backslash that escapes nothing stays. */
    private void unknown(int at) {
        emit('\\', at);
        pos = at + 1;
        if (source.charAt(pos) != '{' && source.charAt(pos) != '}') {
            int codePoint = source.codePointAt(pos);
            emit(codePoint, pos);
            pos = Math.min(limit, pos + Character.charCount(codePoint));
        }
    }

    private void octal(int at) {
        int value = 0;
        int p = at + 1;
        while (p < limit && p < at + 4 && source.charAt(p) >= '0' && source.charAt(p) <= '7') {
            value = value * 8 + source.charAt(p++) - '0';
        }
        pos = p;
        emit(bytes ? value & 0xff : value, at);
    }

    private void hex(int at, int digits) {
        int value = 0;
        int p = at + 2;
        int end = Math.min(limit, p + digits);
        while (p < end && Chars.hex(source.charAt(p)) >= 0) {
            value = value * 16 + Chars.hex(source.charAt(p++));
        }
        pos = p;
        if (p < at + 2 + digits) {
            char letter = source.charAt(at + 1);
            fail(
                    at,
                    bytes
                            ? "(value error) invalid \\x escape: it needs two hexadecimal digits"
                            : "(unicode error) truncated \\%c escape: it needs %d hexadecimal digits"
                                    .formatted(letter, digits));
        } else if (value > Character.MAX_CODE_POINT || value < 0) {
            fail(at, "(unicode error) illegal Unicode character: the greatest is U+10FFFF");
        } else {
            emit(value, at);
        }
    }

    private void named(int at) {
        int close = source.indexOf('}', at);
        if (at + 2 >= limit || source.charAt(at + 2) != '{' || close < 0 || close >= limit) {
            fail(at, "(unicode error) malformed \\N character escape: write \\N{NAME}");
            return;
        }
        pos = close + 1;
        OptionalInt found = UnicodeNames.find(source.substring(at + 3, close));
        if (found.isPresent()) {
            emit(found.getAsInt(), at);
        } else {
            fail(at, "(unicode error) unknown Unicode character name");
        }
    }

    private void fail(int at, String message) {
        if (error.isEmpty()) {
            error = message;
            errorStart = at;
            errorEnd = Math.max(pos, at + 2);
        }
    }
}
