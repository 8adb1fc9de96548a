package dev.dvtls.python;

import java.util.List;

/** {@code match} (PEP 634). */
final class MatchParser extends Syntax {
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final PatternParser patterns;

    MatchParser(
            Lexer lexer,
            Scratch scratch,
            ExpressionParser expressions,
            StatementParser statements) {
        super(lexer, scratch);
        this.expressions = expressions;
        this.statements = statements;
        patterns = new PatternParser(lexer, scratch, expressions);
    }

    void restart() {
        patterns.restart();
    }

    /** Whether the name {@code match} at the current token begins a match statement. */
    boolean starts() {
        LexerState before = lexer.save();
        lexer.next();
        boolean result =
                switch (lexer.kind) {
                    case Tok.NAME,
                            Tok.NUMBER,
                            Tok.STRING,
                            Tok.FSTRING,
                            Tok.NONE,
                            Tok.TRUE,
                            Tok.FALSE,
                            Tok.ELLIPSIS,
                            Tok.LAMBDA,
                            Tok.AWAIT,
                            Tok.TILDE,
                            Tok.LBRACE ->
                            true;
                    case Tok.LPAR, Tok.LSQB, Tok.MINUS, Tok.PLUS, Tok.STAR, Tok.NOT ->
                            subjectFollows();
                    default -> false;
                };
        lexer.restore(before);
        return result;
    }

    private boolean subjectFollows() {
        int mark = scratch.mark();
        problems.beginStatement();
        Expr subject = subject();
        scratch.reset(mark);
        boolean colon = subject.isPresent() && !problems.isBroken() && skip(Tok.COLON);
        return colon && at(Tok.NEWLINE);
    }

    private Expr subject() {
        int start = lexer.start;
        Expr first = expressions.element();
        if (!at(Tok.COMMA)) {
            if (first instanceof Expr.Starred) {
                wrong("cannot use starred expression here");
            }
            return first;
        }
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(Tok.COMMA)) {
            if (!at(Tok.STAR) && !Tok.STARTS_EXPRESSION[lexer.kind]) {
                break;
            }
            scratch.push(expressions.element());
        }
        return new Expr.Tuple(start, lexer.prevEnd, take(mark));
    }

    Stmt statement() {
        int start = lexer.start;
        int keywordEnd = lexer.end;
        lexer.inHeader = true;
        lexer.next();
        Expr subject = subject();
        problems.requires(PythonVersion.V3_10, start, keywordEnd, "the 'match' statement needs");
        if (!at(Tok.COLON)) {
            wrong("expected ':'");
            while (!atEndOfLine()) {
                lexer.next();
            }
        } else {
            lexer.next();
        }
        if (!at(Tok.NEWLINE)) {
            wrong("invalid syntax: the cases of 'match' begin on a line of their own");
            while (!atEndOfLine()) {
                lexer.next();
            }
        }
        boolean broken = problems.isBroken();
        problems.beginStatement();
        skip(Tok.NEWLINE);
        if (!at(Tok.INDENT)) {
            if (!broken) {
                wrong("expected an indented block after 'match' statement");
            }
            return new Stmt.Match(start, lexer.prevEnd, subject, List.of());
        }
        lexer.next();
        int mark = scratch.mark();
        while (!at(Tok.DEDENT) && !at(Tok.EOF)) {
            if (at(Tok.NAME) && lexer.name.equals("case")) {
                scratch.push(oneCase());
            } else {
                notCase();
            }
        }
        List<MatchCase> cases = take(mark);
        skip(Tok.DEDENT);
        return new Stmt.Match(start, lexer.prevEnd, subject, cases);
    }

    /** Skips a line, and a block below it, that is no case. */
    private void notCase() {
        wrong("invalid syntax: expected 'case', found " + found());
        while (!atEndOfLine()) {
            lexer.next();
        }
        skip(Tok.NEWLINE);
        if (at(Tok.INDENT)) {
            int deep = 0;
            do {
                deep += at(Tok.INDENT) ? 1 : at(Tok.DEDENT) ? -1 : 0;
                lexer.next();
            } while (deep > 0 && !at(Tok.EOF));
        }
    }

    private MatchCase oneCase() {
        int start = lexer.start;
        lexer.inHeader = true;
        lexer.next();
        Pattern pattern = patterns.patterns();
        Expr guard = skip(Tok.IF) ? expressions.named() : Expr.Missing.NONE;
        List<Stmt> body = statements.block("'case' statement");
        return new MatchCase(start, lexer.prevEnd, pattern, guard, body);
    }
}
