package dev.dvtls.python;

import java.util.List;

/** Statements, blocks, and how reading goes on after a broken one. */
final class StatementParser extends Syntax {
    private final ExpressionParser expressions;
    private final SimpleStatements simple;
    private final CompoundStatements compound;

    StatementParser(Lexer lexer) {
        super(lexer, new Scratch());
        expressions = new ExpressionParser(lexer, scratch);
        simple = new SimpleStatements(lexer, scratch, expressions);
        compound = new CompoundStatements(lexer, scratch, expressions, this);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    List<Stmt> file() {
        lexer.next();
        int mark = scratch.mark();
        while (!at(Tok.EOF)) {
            if (at(Tok.DEDENT) || at(Tok.NEWLINE)) {
                lexer.next();
            } else {
                statement();
            }
        }
        return take(mark);
    }

    /** Reads a statement or a line of simple ones, and pushes what it reads. */
    private void statement() {
        if (at(Tok.INDENT)) {
            unexpectedIndent();
            return;
        }
        int start = lexer.start;
        int before = lexer.prevEnd;
        int comments = lexer.commentCount();
        int found = problems.mark();
        int mark = scratch.mark();
        while (true) {
            lexer.joinedWhileBroken = 0;
            lexer.inHeader = Tok.COMPOUND[lexer.kind];
            try {
                line();
                return;
            } catch (Lexer.Restart unclosed) {
                // Ends: each time one more bracket is known to be unclosed.
                expressions.restart();
                compound.restart();
                scratch.reset(mark);
                problems.reset(found);
                lexer.restart(start, before, comments);
            }
        }
    }

    private void line() {
        if (compound.starts()) {
            scratch.push(compound.statement());
        } else {
            simpleLine();
        }
    }

    /** Simple statements up to the end of their line. */
    private void simpleLine() {
        while (true) {
            scratch.push(simple.statement());
            if (at(Tok.SEMI)) {
                lexer.next();
                if (!atEndOfLine()) {
                    continue;
                }
            }
            break;
        }
        endOfLine();
    }

    private void endOfLine() {
        if (!atEndOfLine()) {
            simple.unexpected();
            while (!atEndOfLine()) {
                lexer.next();
            }
        }
        if (at(Tok.NEWLINE)) {
            boolean broken = problems.isBroken();
            problems.beginStatement();
            lexer.next();
            if (at(Tok.INDENT) && !broken) {
                wrong("unexpected indent");
            }
        }
    }

    /** Lines that are deeper than they may be are read as if they were not. */
    private void unexpectedIndent() {
        if (lexer.prevEnd <= lexer.start && scratch.mark() == 0) {
            wrong("unexpected indent");
        }
        lexer.next();
        while (!at(Tok.DEDENT) && !at(Tok.EOF)) {
            statement();
        }
        skip(Tok.DEDENT);
    }

    /**
     * The block of a compound statement, from its colon on.
     *
     * @param owner what the block belongs to, as in "after 'if' statement on line 3"
     */
    List<Stmt> block(String owner) {
        int mark = scratch.mark();
        boolean colon = skip(Tok.COLON);
        if (!colon) {
            wrong("expected ':'");
            while (!atEndOfLine()) {
                lexer.next();
            }
        }
        lexer.inHeader = false;
        if (!at(Tok.NEWLINE)) {
            if (atEndOfLine()) {
                wrong("expected an indented block after " + owner);
            } else if (compound.startsHard()) {
                wrong("invalid syntax: " + found() + " cannot stand on this line");
                statement();
            } else {
                simpleLine();
            }
            return take(mark);
        }
        boolean broken = problems.isBroken();
        problems.beginStatement();
        lexer.next();
        if (!at(Tok.INDENT)) {
            if (!broken) {
                wrong("expected an indented block after " + owner);
            }
            return take(mark);
        }
        lexer.next();
        while (!at(Tok.DEDENT) && !at(Tok.EOF)) {
            if (at(Tok.NEWLINE)) {
                lexer.next();
            } else {
                statement();
            }
        }
        skip(Tok.DEDENT);
        return take(mark);
    }
}
