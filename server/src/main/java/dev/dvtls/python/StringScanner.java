package dev.dvtls.python;

/** Plain strings from quote to quote, and the beginnings of f-strings. */
final class StringScanner {
    private StringScanner() {}

    /** Sets the token of the string whose opening quote is at an offset. */
    static void scan(Lexer lexer, int quoteAt, int prefix) {
        char[] src = lexer.src;
        char quote = src[quoteAt];
        boolean triple =
                src[quoteAt + 1] == quote && quoteAt + 2 < lexer.limit && src[quoteAt + 2] == quote;
        int content = quoteAt + (triple ? 3 : 1);
        lexer.contentStart = content;
        if ((prefix & StringFlags.INTERPOLATED) != 0) {
            lexer.kind = Tok.FSTRING;
            lexer.flags = prefix | (triple ? StringFlags.TRIPLE : 0);
            lexer.end = content;
            lexer.pos = content;
            return;
        }
        lexer.kind = Tok.STRING;
        int flags = triple ? triple(lexer, content, quote) : single(lexer, content, quote);
        lexer.flags = prefix | flags;
    }

    private static int single(Lexer lexer, int content, char quote) {
        char[] src = lexer.src;
        int flags = 0;
        int p = content;
        while (true) {
            char c = src[p];
            if (c > '\\') {
                if (c >= 128) {
                    flags |= StringFlags.NON_ASCII;
                }
                p++;
            } else if (c == quote) {
                finish(lexer, p, 1);
                return flags;
            } else if (c == '\\') {
                flags |= escape(src, p);
                p = skipEscape(lexer, p);
            } else if (c == '\n' || c == '\r' || (c == 0 && p >= lexer.limit)) {
                lexer.problems.add(
                        lexer.start, p, "unterminated string literal: add the closing " + quote);
                finish(lexer, p, 0);
                return flags;
            } else {
                if (c == 0) {
                    nul(lexer, p);
                }
                p++;
            }
        }
    }

    private static int triple(Lexer lexer, int content, char quote) {
        char[] src = lexer.src;
        int flags = StringFlags.TRIPLE;
        int p = content;
        while (true) {
            char c = src[p];
            if (c > '\\') {
                if (c >= 128) {
                    flags |= StringFlags.NON_ASCII;
                }
                p++;
            } else if (c == quote && src[p + 1] == quote && src[p + 2] == quote) {
                finish(lexer, p, 3);
                return flags;
            } else if (c == '\\') {
                flags |= escape(src, p);
                p = skipEscape(lexer, p);
            } else if (c == 0 && p >= lexer.limit) {
                lexer.problems.add(
                        lexer.start,
                        content,
                        "unterminated triple-quoted string literal: add the closing "
                                + String.valueOf(quote).repeat(3));
                finish(lexer, Unterminated.end(lexer, content), 0);
                return flags;
            } else {
                if (c == '\r') {
                    flags |= StringFlags.CARRIAGE_RETURN;
                } else if (c == 0) {
                    nul(lexer, p);
                }
                p++;
            }
        }
    }

    private static void nul(Lexer lexer, int p) {
        lexer.problems.add(p, p + 1, "source code cannot contain null bytes");
    }

    static int escape(char[] src, int p) {
        return switch (src[p + 1]) {
            case 'x', 'u', 'U', 'N' -> StringFlags.ESCAPES | StringFlags.CHECK;
            case '\r' -> StringFlags.ESCAPES | StringFlags.CARRIAGE_RETURN;
            default ->
                    src[p + 1] >= 128
                            ? StringFlags.ESCAPES | StringFlags.NON_ASCII
                            : StringFlags.ESCAPES;
        };
    }

    /** Past a backslash and what it escapes. */
    static int skipEscape(Lexer lexer, int p) {
        if (p + 1 >= lexer.limit) {
            return p + 1;
        }
        return lexer.src[p + 1] == '\r' ? lexer.lineEnd(p + 1) : p + 2;
    }

    private static void finish(Lexer lexer, int contentEnd, int quotes) {
        lexer.contentEnd = contentEnd;
        lexer.end = contentEnd + quotes;
        lexer.pos = lexer.end;
    }
}
