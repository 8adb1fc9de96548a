package dev.dvtls.python;

/** What the lexer saw of a string, as bits. */
final class StringFlags {
    private StringFlags() {}

    static final int RAW = 1;
    static final int BYTES = 2;
    static final int FORMAT = 4;
    static final int TEMPLATE = 8;
    static final int TRIPLE = 16;

    /** Has a backslash. */
    static final int ESCAPES = 32;

    /** Has an escape that can be wrong. */
    static final int CHECK = 64;

    /** Has a CR, which the value has as LF. */
    static final int CARRIAGE_RETURN = 128;

    static final int NON_ASCII = 256;

    /** A piece of an f-string in which doubled braces stand for one. */
    static final int BRACES = 512;

    static final int UNICODE = 2048;

    static final int INTERPOLATED = FORMAT | TEMPLATE;

    /** The flags of a prefix of one or two letters, or -1. */
    static int ofPrefix(char[] src, int from, int to) {
        int flags = 0;
        for (int i = from; i < to; i++) {
            int flag =
                    switch (src[i] | 0x20) {
                        case 'r' -> RAW;
                        case 'b' -> BYTES;
                        case 'f' -> FORMAT;
                        case 't' -> TEMPLATE;
                        case 'u' -> UNICODE;
                        default -> -1;
                    };
            if (flag < 0 || (flags & flag) != 0) {
                return -1;
            }
            flags |= flag;
        }
        int kinds = Integer.bitCount(flags & ~RAW);
        boolean rawUnicode = (flags & UNICODE) != 0 && (flags & RAW) != 0;
        return kinds > 1 || rawUnicode ? -1 : flags;
    }
}
