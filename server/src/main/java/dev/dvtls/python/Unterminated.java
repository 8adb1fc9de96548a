package dev.dvtls.python;

/** Where a triple-quoted string that nothing closes is taken to end. */
final class Unterminated {
    private Unterminated() {}

    /** Before the first line that begins like a definition at the margin, or the text's end. */
    static int end(Lexer lexer, int content) {
        char[] src = lexer.src;
        int p = content;
        while (p < lexer.limit) {
            if (Chars.isLineEnd(src[p])) {
                int line = lexer.lineEnd(p);
                if (startsDefinition(lexer, line)) {
                    return p;
                }
                p = line;
            } else {
                p++;
            }
        }
        return lexer.limit;
    }

    private static boolean startsDefinition(Lexer lexer, int line) {
        return starts(lexer, line, "def ")
                || starts(lexer, line, "class ")
                || starts(lexer, line, "async def ")
                || starts(lexer, line, "@");
    }

    private static boolean starts(Lexer lexer, int at, String word) {
        return at + word.length() <= lexer.limit && lexer.text.startsWith(word, at);
    }
}
