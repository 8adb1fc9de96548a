package dev.dvtls.python;

import java.util.List;

/** {@code with} and its items. */
final class WithParser extends Syntax {
    private final ExpressionParser expressions;
    private final StatementParser statements;

    WithParser(
            Lexer lexer,
            Scratch scratch,
            ExpressionParser expressions,
            StatementParser statements) {
        super(lexer, scratch);
        this.expressions = expressions;
        this.statements = statements;
    }

    Stmt statement(int start, boolean async) {
        lexer.next();
        List<WithItem> items = at(Tok.LPAR) ? bracketedOrPlain() : plain();
        List<Stmt> body = statements.block("'with' statement");
        return new Stmt.With(start, lexer.prevEnd, async, items, body);
    }

    private List<WithItem> plain() {
        int mark = scratch.mark();
        do {
            scratch.push(item(false));
        } while (skip(Tok.COMMA));
        return take(mark);
    }

    /**
     * A bracket after {@code with} holds the items when a colon follows it; else it begins an
     * expression.
     */
    private List<WithItem> bracketedOrPlain() {
        LexerState before = lexer.save();
        int mark = scratch.mark();
        int found = problems.mark();
        int start = lexer.start;
        problems.beginStatement();
        lexer.next();
        boolean named = false;
        boolean comma = true;
        while (comma && !at(Tok.RPAR) && !problems.isBroken()) {
            WithItem item = item(true);
            named |= item.target().isPresent();
            scratch.push(item);
            comma = skip(Tok.COMMA);
        }
        int count = scratch.count(mark);
        boolean closed = skip(Tok.RPAR);
        boolean items = closed && at(Tok.COLON) && count > 0 && !problems.isBroken();
        if (items) {
            List<WithItem> result = take(mark);
            problems.reset(found);
            if (named) {
                problems.requires(
                        PythonVersion.V3_9,
                        start,
                        lexer.prevEnd,
                        "parentheses around the items of 'with' need");
            }
            return result;
        }
        boolean keep = named && !problems.isBroken() && closed;
        if (keep) {
            return take(mark);
        }
        scratch.reset(mark);
        lexer.restore(before);
        problems.reset(found);
        return plain();
    }

    private WithItem item(boolean bracketed) {
        int start = lexer.start;
        Expr context = expressions.expression();
        Expr target = Expr.Missing.NONE;
        if (skip(Tok.AS)) {
            target = at(Tok.STAR) ? expressions.starred() : expressions.binary(Tok.P_BITOR);
            Targets.checkAssign(problems, target);
        }
        if (bracketed && !at(Tok.COMMA) && !at(Tok.RPAR)) {
            wrong("invalid syntax: expected ',' or ')', found " + found());
        }
        return new WithItem(start, lexer.prevEnd, context, target);
    }
}
