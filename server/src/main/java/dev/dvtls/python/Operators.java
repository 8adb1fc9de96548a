package dev.dvtls.python;

/** Operators and brackets. */
final class Operators {
    private Operators() {}

    static void scan(Lexer lexer, int p, char c) {
        char[] src = lexer.src;
        char d = src[p + 1 < src.length ? p + 1 : p];
        switch (c) {
            case '(' -> lexer.open(Tok.LPAR);
            case '[' -> lexer.open(Tok.LSQB);
            case '{' -> lexer.open(Tok.LBRACE);
            case ')' -> lexer.close(Tok.RPAR, '(');
            case ']' -> lexer.close(Tok.RSQB, '[');
            case '}' -> lexer.close(Tok.RBRACE, '{');
            case ',' -> lexer.token(Tok.COMMA, 1);
            case ';' -> lexer.token(Tok.SEMI, 1);
            case '~' -> lexer.token(Tok.TILDE, 1);
            case ':' -> colon(lexer, d);
            case '.' -> dot(lexer, p, d);
            case '=' -> either(lexer, d == '=', Tok.EQEQ, Tok.EQUAL);
            case '!' -> either(lexer, d == '=', Tok.NE, Tok.BANG);
            case '+' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.PLUS);
            case '-' -> {
                if (d == '>') {
                    lexer.token(Tok.ARROW, 2);
                } else {
                    either(lexer, d == '=', Tok.AUGASSIGN, Tok.MINUS);
                }
            }
            case '%' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.PERCENT);
            case '&' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.AMP);
            case '|' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.PIPE);
            case '^' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.CARET);
            case '@' -> either(lexer, d == '=', Tok.AUGASSIGN, Tok.AT);
            case '*' -> doubled(lexer, p, c, Tok.STAR, Tok.DSTAR);
            case '/' -> doubled(lexer, p, c, Tok.SLASH, Tok.DSLASH);
            case '<' -> shift(lexer, p, c, Tok.LT, Tok.LE, Tok.LSHIFT);
            case '>' -> shift(lexer, p, c, Tok.GT, Tok.GE, Tok.RSHIFT);
            default -> {
                String shown = c < ' ' || c == 127 ? "non-printable " : "";
                lexer.problems.add(
                        p,
                        p + 1,
                        shown.isEmpty()
                                ? "invalid character '%c' (U+%04X)".formatted(c, (int) c)
                                : "invalid non-printable character U+%04X".formatted((int) c));
                lexer.token(Tok.ERROR, 1);
            }
        }
    }

    private static void either(Lexer lexer, boolean two, int longKind, int shortKind) {
        lexer.token(two ? longKind : shortKind, two ? 2 : 1);
    }

    /** In an f-string hole a colon starts the format spec, so {@code :=} is none there. */
    private static void colon(Lexer lexer, char d) {
        Brackets brackets = lexer.brackets;
        boolean inHole = brackets.holeDepth > 0 && brackets.depth == brackets.holeDepth;
        either(lexer, d == '=' && !inHole, Tok.COLONEQUAL, Tok.COLON);
    }

    private static void dot(Lexer lexer, int p, char d) {
        if (Chars.isDigit(d)) {
            lexer.words.number(p);
        } else if (d == '.' && p + 2 < lexer.limit && lexer.src[p + 2] == '.') {
            lexer.token(Tok.ELLIPSIS, 3);
        } else {
            lexer.token(Tok.DOT, 1);
        }
    }

    private static void doubled(Lexer lexer, int p, char c, int one, int two) {
        char[] src = lexer.src;
        boolean twice = src[p + 1] == c;
        int length = twice ? 2 : 1;
        if (src[p + length] == '=') {
            lexer.token(Tok.AUGASSIGN, length + 1);
        } else {
            lexer.token(twice ? two : one, length);
        }
    }

    private static void shift(Lexer lexer, int p, char c, int one, int withEqual, int two) {
        char[] src = lexer.src;
        if (src[p + 1] == c) {
            either3(lexer, src[p + 2] == '=', two);
        } else if (src[p + 1] == '=') {
            lexer.token(withEqual, 2);
        } else {
            lexer.token(one, 1);
        }
    }

    private static void either3(Lexer lexer, boolean assigns, int two) {
        lexer.token(assigns ? Tok.AUGASSIGN : two, assigns ? 3 : 2);
    }
}
