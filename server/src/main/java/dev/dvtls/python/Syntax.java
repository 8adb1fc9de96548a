package dev.dvtls.python;

import java.util.List;

/** What the parts of the parser share: the current token, problems, and small steps. */
abstract class Syntax {
    /** How deep expressions may nest, in the units of {@link ExpressionParser}: 100 brackets. */
    private static final int MAX_DEPTH = 500;

    /** How long a chain of operators, calls or attributes may be: a tree as deep. */
    static final int MAX_CHAIN = 1000;

    final Lexer lexer;
    final Problems problems;
    final Scratch scratch;

    Syntax(Lexer lexer, Scratch scratch) {
        this.lexer = lexer;
        this.problems = lexer.problems;
        this.scratch = scratch;
    }

    final boolean at(int kind) {
        return lexer.kind == kind;
    }

    final boolean atEndOfLine() {
        return lexer.kind <= Tok.DEDENT;
    }

    /** Moves past a token of a kind, if it is there. */
    final boolean skip(int kind) {
        if (lexer.kind == kind) {
            lexer.next();
            return true;
        }
        return false;
    }

    /** Moves past a token that must be there, or says that it is missing. */
    final boolean expect(int kind) {
        if (skip(kind)) {
            return true;
        }
        wrong("expected '%s'".formatted(Tok.TEXT[kind]));
        return false;
    }

    /** A problem with the current token. */
    final void wrong(String message) {
        int end = atEndOfLine() ? lexer.start : lexer.end;
        problems.add(lexer.start, end, message);
    }

    /** What to call the current token in a sentence. */
    final String found() {
        return switch (lexer.kind) {
            case Tok.EOF, Tok.NEWLINE, Tok.INDENT, Tok.DEDENT -> "the end of the line";
            case Tok.STRING, Tok.FSTRING -> "a string";
            default -> "'" + lexer.text.substring(lexer.start, lexer.end) + "'";
        };
    }

    final Expr missing() {
        wrong("invalid syntax: expected an expression, found " + found());
        return missingHere();
    }

    final Expr missingHere() {
        int at = atEndOfLine() ? Math.max(lexer.prevEnd, 0) : lexer.start;
        return new Expr.Missing(at, at);
    }

    /** The name at the current token, or one without text and a problem. */
    final Expr.Name expectName() {
        if (at(Tok.NAME)) {
            Expr.Name name = new Expr.Name(lexer.start, lexer.end, lexer.name);
            lexer.next();
            return name;
        }
        wrong("invalid syntax: expected a name, found " + found());
        int at = atEndOfLine() ? lexer.prevEnd : lexer.start;
        return new Expr.Name(at, at, "");
    }

    /** Skips to the comma or bracket that goes on inside an open bracket of some depth. */
    final void skipInBrackets(int depth) {
        while (!atEndOfLine()) {
            boolean comma = at(Tok.COMMA) && lexer.brackets.depth == depth;
            if (comma || (Tok.isCloser(lexer.kind) && lexer.brackets.depth < depth)) {
                return;
            }
            lexer.next();
        }
    }

    /** Moves past the bracket that closes a depth, skipping what should not be there. */
    final boolean close(int closer, int depth) {
        if (at(closer)) {
            lexer.next();
            return true;
        }
        wrong("invalid syntax: expected '%s', found %s".formatted(Tok.TEXT[closer], found()));
        while (!atEndOfLine() && !(Tok.isCloser(lexer.kind) && lexer.brackets.depth < depth)) {
            lexer.next();
        }
        return skip(closer);
    }

    final boolean tooDeep(int depth) {
        if (depth < MAX_DEPTH) {
            return false;
        }
        tooLong();
        return true;
    }

    /** Gives the rest of the statement up. */
    final void tooLong() {
        wrong("too many nested expressions: split this into several statements");
        while (!atEndOfLine()) {
            lexer.next();
        }
    }

    final <T> List<T> take(int mark) {
        return scratch.take(mark);
    }
}
