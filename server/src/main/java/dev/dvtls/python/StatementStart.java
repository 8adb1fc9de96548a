package dev.dvtls.python;

/** Whether a line inside an open bracket looks like the next statement. */
final class StatementStart {
    private StatementStart() {}

    /**
     * @param indentation of the statement that holds the bracket
     * @param header true when that statement has a block, whose lines are deeper
     */
    static boolean at(Lexer lexer, int line, int indentation, boolean header) {
        char[] src = lexer.src;
        int width = 0;
        int p = line;
        while (Chars.isSpace(src[p])) {
            width = src[p] == '\t' ? (width / 8 + 1) * 8 : width + 1;
            p++;
        }
        char c = src[p];
        boolean outside = width <= indentation;
        if (c == '@') {
            return outside;
        }
        if (c >= 128 || Chars.CLASS[c] != Chars.LETTER) {
            return false;
        }
        int q = p;
        while (Chars.isWord(src[q]) && q < lexer.limit) {
            q++;
        }
        if (src[q] == '"' || src[q] == '\'') {
            return false;
        }
        if (outside) {
            return !continues(src, p, q);
        }
        return header && looksLikeBody(src, q, lexer.limit);
    }

    /** Keywords that only carry on an expression. */
    private static boolean continues(char[] src, int from, int to) {
        return switch (new String(src, from, Math.min(to - from, 6))) {
            case "and", "or", "in", "is", "else" -> true;
            default -> false;
        };
    }

    private static boolean looksLikeBody(char[] src, int from, int limit) {
        int p = from;
        while (Chars.isSpace(src[p])) {
            p++;
        }
        char c = src[p];
        boolean use = c == '.' || c == '(' || c == '[' || (c == '=' && src[p + 1] != '=');
        if (!use) {
            return false;
        }
        int q = p;
        while (q < limit && !Chars.isLineEnd(src[q])) {
            q++;
        }
        while (q > p && Chars.isSpace(src[q - 1])) {
            q--;
        }
        return src[q - 1] != ',';
    }
}
