package dev.dvtls.python;

/** Classes of characters. */
final class Chars {
    private Chars() {}

    static final byte OPERATOR = 0;
    static final byte LETTER = 1;
    static final byte DIGIT = 2;
    static final byte QUOTE = 3;
    static final byte NEWLINE = 4;
    static final byte HASH = 5;
    static final byte BACKSLASH = 6;
    static final byte NUL = 7;

    static final byte[] CLASS = new byte[128];

    /** Letters, digits and the underscore. */
    static final boolean[] WORD = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean digit = isDigit(c);
            WORD[c] = letter || digit;
            if (letter) {
                CLASS[c] = LETTER;
            } else if (digit) {
                CLASS[c] = DIGIT;
            }
        }
        CLASS['\''] = QUOTE;
        CLASS['"'] = QUOTE;
        CLASS['\n'] = NEWLINE;
        CLASS['\r'] = NEWLINE;
        CLASS['#'] = HASH;
        CLASS['\\'] = BACKSLASH;
        CLASS[0] = NUL;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWord(char c) {
        return c < 128 ? WORD[c] : true;
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Letters that this Java does not know yet count as letters: Python may be newer. */
    static boolean isIdentifierStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c) || mayBecomeLetter(c);
    }

    /** Unassigned, in a plane where letters are still added, and no noncharacter. */
    private static boolean mayBecomeLetter(int c) {
        boolean noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
        return c < 0x40000 && !noncharacter && Character.getType(c) == Character.UNASSIGNED;
    }

    static boolean isIdentifierPart(int c) {
        return (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
                || mayBecomeLetter(c);
    }
}
