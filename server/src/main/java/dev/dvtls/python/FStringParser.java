package dev.dvtls.python;

import java.util.List;

/**
 * The inside of f-strings and t-strings (PEP 498, 701, 750).
 *
 * <p>Since Python 3.12 a hole is ordinary code and may hold the string's own quotes. Before, the
 * string ended at its first closing quote, whatever a hole held: then the lexer stops there.
 */
final class FStringParser extends Syntax {
    private final ExpressionParser expressions;

    // Of the string that is being read.
    private char quote;
    private boolean triple;
    private int flags;

    /** Where a string before 3.12 ends; the end of the text since. */
    private boolean old;

    FStringParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
    }

    /** Reads the string whose beginning is the current token; its parts are left on the stack. */
    void read() {
        char outerQuote = quote;
        boolean outerTriple = triple;
        int outerFlags = flags;
        int outerLimit = lexer.limit;
        Brackets brackets = lexer.brackets;
        int outerDepth = brackets.depth;
        int outerHole = brackets.holeDepth;
        boolean outerSingle = brackets.singleLineHole;
        int start = lexer.start;
        int content = lexer.contentStart;
        quote = lexer.src[content - 1];
        triple = (lexer.flags & StringFlags.TRIPLE) != 0;
        flags = lexer.flags;
        if ((flags & StringFlags.TEMPLATE) != 0) {
            problems.requires(PythonVersion.V3_14, start, content, "t-strings need");
        }
        old = problems.version().before(PythonVersion.V3_12);
        int stop = old ? classicEnd(content) : lexer.limit;
        char stopped = lexer.src[stop];
        if (old) {
            lexer.src[stop] = 0;
            lexer.limit = stop;
        }
        int end = parts(start, content, stop, outerDepth, stopped);
        lexer.src[stop] = stopped;
        lexer.limit = outerLimit;
        quote = outerQuote;
        triple = outerTriple;
        flags = outerFlags;
        if (end >= 0) {
            brackets.depth = outerDepth;
            brackets.holeDepth = outerHole;
            brackets.singleLineHole = outerSingle;
            lexer.kind = Tok.FSTRING;
            lexer.start = start;
            lexer.end = end;
            lexer.pos = end;
            lexer.next();
        }
    }

    /** The end of the string, or -1 when the line was left in the middle of a hole. */
    private int parts(int start, int content, int stop, int depth, char stopped) {
        int p = content;
        while (true) {
            p = literal(p, false);
            if (old && p == stop && stopped == quote) {
                return stop + (triple ? 3 : 1);
            }
            char c = lexer.src[p];
            if (p < lexer.limit && isClosing(p)) {
                return p + (triple ? 3 : 1);
            }
            if (c == '{' && p < lexer.limit) {
                p = hole(p, 1);
                if (lexer.brackets.depth < depth) {
                    return -1;
                }
                lexer.brackets.depth = depth;
            } else if (c == '}' && p < lexer.limit) {
                problems.add(p, p + 1, "f-string: single '}' is not allowed");
                p++;
            } else {
                String kind = triple ? "triple-quoted f-string" : "f-string";
                problems.add(
                        start,
                        triple ? content : p,
                        "unterminated %s literal: add the closing %s"
                                .formatted(kind, String.valueOf(quote).repeat(triple ? 3 : 1)));
                return triple ? Math.min(p, Unterminated.end(lexer, content)) : p;
            }
        }
    }

    private boolean isClosing(int p) {
        char[] src = lexer.src;
        return src[p] == quote && (!triple || (src[p + 1] == quote && src[p + 2] == quote));
    }

    /** Reads text up to a brace, the closing quote or the end, and pushes it as a piece. */
    private int literal(int from, boolean spec) {
        char[] src = lexer.src;
        int seen = 0;
        int p = from;
        while (true) {
            char c = src[p];
            if (c == '\\') {
                seen |= StringScanner.escape(src, p);
                p = skipBackslash(p);
            } else if (c == '{' || c == '}') {
                if (spec || src[p + 1] != c) {
                    break;
                }
                seen |= StringFlags.BRACES;
                p += 2;
            } else if (c == quote && isClosing(p)) {
                break;
            } else if (((c == '\n' || c == '\r') && !triple) || (c == 0 && p >= lexer.limit)) {
                break;
            } else {
                if (c == '\r') {
                    seen |= StringFlags.CARRIAGE_RETURN;
                } else if (c == 0) {
                    problems.add(p, p + 1, "source code cannot contain null bytes");
                }
                p++;
            }
        }
        if (p > from) {
            int kept = flags & (StringFlags.RAW | StringFlags.TRIPLE);
            scratch.push(new Expr.Str(from, p, checked(from, p, kept | seen)));
        }
        return p;
    }

    private int skipBackslash(int p) {
        char next = lexer.src[p + 1];
        if (next == '{' || next == '}') {
            return p + 1;
        }
        boolean named = next == 'N' && lexer.src[p + 2 <= lexer.limit ? p + 2 : p] == '{';
        if (named && (flags & StringFlags.RAW) == 0) {
            int q = p + 3;
            while (q < lexer.limit && lexer.src[q] != '}' && !Chars.isLineEnd(lexer.src[q])) {
                if (lexer.src[q] == quote) {
                    return p + 2;
                }
                q++;
            }
            return lexer.src[q] == '}' ? q + 1 : p + 2;
        }
        return StringScanner.skipEscape(lexer, p);
    }

    /** A piece of text as a literal; wrong escapes are reported. */
    StringLiteral checked(int from, int to, int pieceFlags) {
        boolean raw = (pieceFlags & StringFlags.RAW) != 0;
        if (!raw && (pieceFlags & StringFlags.CHECK) != 0) {
            StringDecoder.Decoded decoded = StringDecoder.decode(lexer.text, from, to, pieceFlags);
            if (!decoded.error().isEmpty()) {
                problems.add(decoded.errorStart(), decoded.errorEnd(), decoded.error());
            }
        }
        return StringLiteral.piece(lexer.text, from, to, pieceFlags);
    }

    /** Reads a hole, pushes it, and gives the place where the string goes on. */
    private int hole(int open, int level) {
        Brackets brackets = lexer.brackets;
        int outerDepth = brackets.depth;
        int outerHole = brackets.holeDepth;
        boolean outerSingle = brackets.singleLineHole;
        int comments = lexer.commentCount();
        lexer.start = open;
        lexer.open(Tok.LBRACE);
        brackets.holeDepth = brackets.depth;
        brackets.singleLineHole = !triple;
        if (level > (old ? 2 : 3)) {
            problems.add(open, open + 1, "f-string: expressions nested too deeply");
        }
        lexer.next();
        Expr value = value(open);
        checkOld(open, comments);
        boolean debug = skip(Tok.EQUAL);
        char conversion = at(Tok.BANG) ? conversion() : '\0';
        int mark = scratch.mark();
        int end = at(Tok.COLON) ? spec(lexer.end, level) : at(Tok.RBRACE) ? lexer.end : -1;
        List<Expr> spec = take(mark);
        if (end < 0) {
            problems.add(open, open + 1, "f-string: expecting '}'");
        }
        if (brackets.depth < outerDepth) {
            scratch.push(new Expr.Hole(open, lexer.prevEnd, value, debug, conversion, spec));
            return lexer.pos;
        }
        lexer.lineStart = false;
        brackets.depth = outerDepth;
        brackets.holeDepth = outerHole;
        brackets.singleLineHole = outerSingle;
        int after = end < 0 ? classicEnd(open) : end;
        scratch.push(
                new Expr.Hole(open, Math.max(open + 1, after), value, debug, conversion, spec));
        return after;
    }

    private Expr value(int open) {
        if (at(Tok.RBRACE) || at(Tok.COLON) || at(Tok.BANG) || at(Tok.EQUAL)) {
            problems.add(
                    open,
                    lexer.end,
                    "f-string: valid expression required before '%s'"
                            .formatted(Tok.TEXT[lexer.kind]));
            return missingHere();
        }
        Expr value = expressions.expressionsOrYield();
        if (old && value instanceof Expr.Starred) {
            problems.add(value.start(), value.end(), "cannot use starred expression here");
        }
        return value;
    }

    private void checkOld(int open, int comments) {
        if (!old) {
            return;
        }
        if (lexer.commentCount() > comments) {
            problems.add(open, lexer.start, "f-string expression part cannot include '#'");
        }
        for (int i = open; i < lexer.start; i++) {
            if (lexer.src[i] == '\\') {
                problems.add(i, i + 1, "f-string expression part cannot include a backslash");
            }
        }
    }

    private char conversion() {
        int bang = lexer.end;
        lexer.next();
        boolean known =
                at(Tok.NAME)
                        && (lexer.name.equals("s")
                                || lexer.name.equals("r")
                                || lexer.name.equals("a"));
        if (!known) {
            wrong("f-string: invalid conversion character: expected 's', 'r', or 'a'");
            return '\0';
        }
        if (lexer.start != bang) {
            wrong("f-string: conversion type must come right after the exclamation mark");
        }
        char conversion = lexer.name.charAt(0);
        int after = lexer.end;
        lexer.next();
        if (old && lexer.start != after) {
            problems.add(after, lexer.start, "f-string: expecting '}' right after the conversion");
        }
        return conversion;
    }

    /** Pushes the pieces and holes of a format spec; -1 when nothing closes it. */
    private int spec(int from, int level) {
        int depth = lexer.brackets.depth;
        int p = from;
        while (true) {
            p = literal(p, true);
            p = afterLineEnd(p);
            char c = lexer.src[p];
            if (p >= lexer.limit || isClosing(p) || (c != '{' && c != '}')) {
                return -1;
            }
            if (c == '}') {
                return p + 1;
            }
            if (level > 4) {
                return -1;
            }
            p = hole(p, level + 1);
            if (lexer.brackets.depth < depth) {
                return -1;
            }
        }
    }

    /** Since 3.12 a line end closes a spec, and only the brace may follow. */
    private int afterLineEnd(int p) {
        boolean allowed = !triple && !old;
        int q = p;
        while (allowed
                && q < lexer.limit
                && (Chars.isLineEnd(lexer.src[q]) || (q > p && Chars.isSpace(lexer.src[q])))) {
            q++;
        }
        return q < lexer.limit && lexer.src[q] == '}' ? q : p;
    }

    /** Where the closing quote is when holes are not looked at; the line's end when nowhere. */
    private int classicEnd(int from) {
        char[] src = lexer.src;
        int p = from;
        while (p < lexer.limit) {
            if (isClosing(p) || (!triple && Chars.isLineEnd(src[p]))) {
                return p;
            }
            p = src[p] == '\\' ? StringScanner.skipEscape(lexer, p) : p + 1;
        }
        return lexer.limit;
    }
}
