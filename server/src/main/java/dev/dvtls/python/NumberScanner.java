package dev.dvtls.python;

/** Numbers (Python's Lexical analysis, "Numeric literals"). */
final class NumberScanner {
    private NumberScanner() {}

    /** The end of the number at an offset. */
    static int scan(Lexer lexer, int from) {
        char[] src = lexer.src;
        if (src[from] == '0') {
            int base =
                    switch (src[from + 1]) {
                        case 'x', 'X' -> 16;
                        case 'o', 'O' -> 8;
                        case 'b', 'B' -> 2;
                        default -> 10;
                    };
            if (base != 10) {
                return radix(lexer, from, base);
            }
        }
        int p = from;
        boolean whole = true;
        if (src[p] != '.') {
            p = digits(lexer, p);
        }
        if (src[p] == '.') {
            whole = false;
            p++;
            if (Chars.isDigit(src[p])) {
                p = digits(lexer, p);
            }
        }
        if (src[p] == 'e' || src[p] == 'E') {
            int q = p + 1;
            if (src[q] == '+' || src[q] == '-') {
                q++;
            }
            if (Chars.isDigit(src[q])) {
                whole = false;
                p = digits(lexer, q);
            }
        }
        if (src[p] == 'j' || src[p] == 'J') {
            return p + 1;
        }
        if (whole && src[from] == '0') {
            leadingZeros(lexer, from, p);
        }
        return p;
    }

    private static void leadingZeros(Lexer lexer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (lexer.src[i] != '0' && lexer.src[i] != '_') {
                lexer.problems.add(
                        from,
                        to,
                        "leading zeros in decimal integer literals are not permitted; use an 0o"
                                + " prefix for octal integers");
                return;
            }
        }
    }

    /** Digits with single underscores between them. */
    private static int digits(Lexer lexer, int from) {
        char[] src = lexer.src;
        int p = from;
        while (true) {
            while (Chars.isDigit(src[p])) {
                p++;
            }
            if (src[p] != '_') {
                return p;
            }
            if (!Chars.isDigit(src[p + 1])) {
                lexer.problems.add(from, p + 1, "invalid decimal literal");
                return p + 1;
            }
            p++;
        }
    }

    private static int radix(Lexer lexer, int from, int base) {
        char[] src = lexer.src;
        String kind = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
        int p = from + 2;
        boolean any = false;
        while (true) {
            if (src[p] == '_' && isDigit(src[p + 1], base)) {
                p++;
            }
            if (!isDigit(src[p], base)) {
                break;
            }
            any = true;
            p++;
        }
        if (!any || src[p] == '_') {
            lexer.problems.add(from, p, "invalid " + kind + " literal");
        } else if (Chars.isDigit(src[p])) {
            lexer.problems.add(
                    p, p + 1, "invalid digit '%c' in %s literal".formatted(src[p], kind));
        }
        return p;
    }

    private static boolean isDigit(char c, int base) {
        int value = Chars.hex(c);
        return value >= 0 && value < base;
    }

    /** A word straight after a number is an error, unless it is a keyword that may follow one. */
    static int wrongTail(Lexer lexer, int from, int to) {
        char[] src = lexer.src;
        int q = to;
        while (q < lexer.limit && Chars.isWord(src[q])) {
            q++;
        }
        return switch (new String(src, to, q - to)) {
            case "and", "else", "for", "if", "in", "is", "not", "or" -> to;
            default -> {
                lexer.problems.add(from, q, "invalid decimal literal");
                yield q;
            }
        };
    }
}
