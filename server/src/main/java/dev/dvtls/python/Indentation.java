package dev.dvtls.python;

import java.util.Arrays;

/** The beginning of logical lines: skips empty ones, and gives INDENT and DEDENT tokens. */
final class Indentation {
    private static final int MAX_LEVELS = 100;

    private final Lexer lexer;

    // Widths with a tab to the next multiple of 8, and with a tab as 1: where the two disagree
    // about what is deeper, the text means different things in different editors.
    private int[] widths = new int[16];
    private int[] narrow = new int[16];
    private int size = 1;
    private int dedents;

    Indentation(Lexer lexer) {
        this.lexer = lexer;
    }

    int current() {
        return widths[size - 1];
    }

    /** Reads the start of a line; true when a token was set. */
    boolean read() {
        if (dedents > 0) {
            dedents--;
            lexer.lineStart = dedents > 0;
            lexer.layout(Tok.DEDENT, lexer.pos);
            return true;
        }
        char[] src = lexer.src;
        int p = lexer.pos;
        while (true) {
            int width = 0;
            int thin = 0;
            int continued = -1;
            char c = src[p];
            while (true) {
                if (c == ' ') {
                    width++;
                    thin++;
                } else if (c == '\t') {
                    width = (width / 8 + 1) * 8;
                    thin++;
                } else if (c == '\f') {
                    width = 0;
                    thin = 0;
                } else if (c == '\\' && p + 1 < lexer.limit && Chars.isLineEnd(src[p + 1])) {
                    continued = continued < 0 ? width : continued;
                    lexer.checkContinued(p);
                    p = lexer.lineEnd(p + 1) - 1;
                } else {
                    break;
                }
                c = src[++p];
            }
            if (continued >= 0) {
                width = continued;
                thin = continued;
            }
            if (c == '#') {
                p = lexer.comment(p);
                c = src[p];
            }
            if (c == '\n' || c == '\r') {
                p = lexer.lineEnd(p);
                continue;
            }
            lexer.pos = p;
            if (c == 0 && p >= lexer.limit) {
                return endOfText(p);
            }
            lexer.lineStart = false;
            boolean same = width == widths[size - 1] && thin == narrow[size - 1];
            return !same && change(width, thin, p);
        }
    }

    private boolean change(int width, int thin, int p) {
        if (width == widths[size - 1]) {
            mixed(p);
            return false;
        }
        if (width > widths[size - 1]) {
            if (thin <= narrow[size - 1]) {
                mixed(p);
            }
            if (size == MAX_LEVELS) {
                lexer.problems.add(p, p, "too many levels of indentation");
                return false;
            }
            push(width, thin);
            lexer.layout(Tok.INDENT, p);
            return true;
        }
        int levels = 0;
        while (widths[size - 1] > width) {
            size--;
            levels++;
        }
        lexer.problems.beginStatement();
        if (widths[size - 1] != width) {
            lexer.problems.add(p, p, "unindent does not match any outer indentation level");
            push(width, thin);
            levels--;
            if (levels == 0) {
                return false;
            }
        } else if (narrow[size - 1] != thin) {
            mixed(p);
        }
        dedents = levels - 1;
        lexer.lineStart = dedents > 0;
        lexer.layout(Tok.DEDENT, p);
        return true;
    }

    private void mixed(int p) {
        lexer.problems.add(p, p, "inconsistent use of tabs and spaces in indentation");
    }

    private void push(int width, int thin) {
        if (size == widths.length) {
            widths = Arrays.copyOf(widths, size * 2);
            narrow = Arrays.copyOf(narrow, size * 2);
        }
        widths[size] = width;
        narrow[size] = thin;
        size++;
    }

    private boolean endOfText(int p) {
        if (size > 1) {
            dedents = size - 2;
            size = 1;
            lexer.layout(Tok.DEDENT, p);
        } else {
            lexer.layout(Tok.EOF, p);
        }
        return true;
    }
}
