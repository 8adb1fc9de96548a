package dev.dvtls.python;

import java.util.List;

/** Statements of one line. */
final class SimpleStatements extends Syntax {
    private final ExpressionParser expressions;
    private final ImportParser imports;

    SimpleStatements(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
        imports = new ImportParser(lexer, scratch);
    }

    Stmt statement() {
        int start = lexer.start;
        switch (lexer.kind) {
            case Tok.RETURN -> {
                lexer.next();
                Expr value = optional();
                return new Stmt.Return(start, lexer.prevEnd, value);
            }
            case Tok.IMPORT -> {
                return imports.importNames();
            }
            case Tok.FROM -> {
                return imports.fromImport();
            }
            case Tok.RAISE -> {
                return raise(start);
            }
            case Tok.PASS -> {
                return keyword(Stmt.Simple.Kind.PASS);
            }
            case Tok.BREAK -> {
                return keyword(Stmt.Simple.Kind.BREAK);
            }
            case Tok.CONTINUE -> {
                return keyword(Stmt.Simple.Kind.CONTINUE);
            }
            case Tok.DEL -> {
                return delete(start);
            }
            case Tok.ASSERT -> {
                lexer.next();
                Expr test = expressions.expression();
                Expr message = skip(Tok.COMMA) ? expressions.expression() : Expr.Missing.NONE;
                return new Stmt.Assert(start, lexer.prevEnd, test, message);
            }
            case Tok.GLOBAL -> {
                List<Expr.Name> names = names();
                return new Stmt.Global(start, lexer.prevEnd, names);
            }
            case Tok.NONLOCAL -> {
                List<Expr.Name> names = names();
                return new Stmt.Nonlocal(start, lexer.prevEnd, names);
            }
            case Tok.NAME -> {
                return lexer.name.equals("type") ? typeOrExpression(start) : expression(start);
            }
            default -> {
                return expression(start);
            }
        }
    }

    /** Says that the statement should have ended before the current token. */
    void unexpected() {
        if (at(Tok.ERROR)) {
            wrong("invalid syntax");
        } else if (Tok.isCloser(lexer.kind)) {
            wrong("unmatched '%s'".formatted(Tok.TEXT[lexer.kind]));
        } else if (at(Tok.COLONEQUAL)) {
            wrong("invalid syntax: put the ':=' expression in parentheses");
        } else {
            wrong("invalid syntax: expected the end of the statement, found " + found());
        }
    }

    private Expr optional() {
        boolean there = at(Tok.STAR) || Tok.STARTS_EXPRESSION[lexer.kind];
        return there ? expressions.expressions() : Expr.Missing.NONE;
    }

    private Stmt keyword(Stmt.Simple.Kind kind) {
        Stmt result = new Stmt.Simple(lexer.start, lexer.end, kind);
        lexer.next();
        return result;
    }

    private Stmt raise(int start) {
        lexer.next();
        if (!Tok.STARTS_EXPRESSION[lexer.kind]) {
            return new Stmt.Raise(start, lexer.prevEnd, Expr.Missing.NONE, Expr.Missing.NONE);
        }
        Expr exception = expressions.expression();
        Expr cause = skip(Tok.FROM) ? expressions.expression() : Expr.Missing.NONE;
        return new Stmt.Raise(start, lexer.prevEnd, exception, cause);
    }

    private Stmt delete(int start) {
        lexer.next();
        Expr targets = expressions.expressions();
        Targets.checkDelete(problems, targets);
        boolean bare = targets instanceof Expr.Tuple && lexer.src[targets.start()] != '(';
        List<Expr> items =
                bare || isCommaList(targets) ? ((Expr.Tuple) targets).items() : List.of(targets);
        return new Stmt.Delete(start, lexer.prevEnd, items);
    }

    /** True for a tuple without brackets whose first item begins with one. */
    private static boolean isCommaList(Expr e) {
        return e instanceof Expr.Tuple tuple
                && !tuple.items().isEmpty()
                && tuple.items().get(0).start() <= tuple.start();
    }

    private List<Expr.Name> names() {
        lexer.next();
        int mark = scratch.mark();
        do {
            scratch.push(expectName());
        } while (skip(Tok.COMMA));
        return take(mark);
    }

    private Stmt typeOrExpression(int start) {
        LexerState before = lexer.save();
        lexer.next();
        if (!at(Tok.NAME)) {
            lexer.restore(before);
            return expression(start);
        }
        Expr.Name name = expectName();
        List<TypeParam> params = expressions.parameters().typeParams();
        Expr value = expect(Tok.EQUAL) ? expressions.expression() : missingHere();
        problems.requires(PythonVersion.V3_12, start, lexer.prevEnd, "the 'type' statement needs");
        return new Stmt.TypeAlias(start, lexer.prevEnd, name, params, value);
    }

    private Stmt expression(int start) {
        Expr first = expressions.expressionsOrYield();
        switch (lexer.kind) {
            case Tok.EQUAL -> {
                return assign(start, first);
            }
            case Tok.AUGASSIGN -> {
                String operator = lexer.text.substring(lexer.start, lexer.end);
                Targets.checkAugmented(problems, first);
                lexer.next();
                Expr value = expressions.expressionsOrYield();
                return new Stmt.AugAssign(start, lexer.prevEnd, first, operator, value);
            }
            case Tok.COLON -> {
                Targets.checkAnnotated(problems, first);
                lexer.next();
                Expr annotation = expressions.expression();
                Expr value = skip(Tok.EQUAL) ? expressions.expressionsOrYield() : Expr.Missing.NONE;
                return new Stmt.AnnAssign(start, lexer.prevEnd, first, annotation, value);
            }
            default -> {
                missingParentheses(first);
                return new Stmt.ExprStmt(start, lexer.prevEnd, first);
            }
        }
    }

    private Stmt assign(int start, Expr first) {
        int mark = scratch.mark();
        Expr value = first;
        while (at(Tok.EQUAL)) {
            Targets.checkAssign(problems, value);
            scratch.push(value);
            lexer.next();
            value = expressions.expressionsOrYield();
        }
        List<Expr> targets = take(mark);
        return new Stmt.Assign(start, lexer.prevEnd, targets, value);
    }

    /** {@code print "x"} of Python 2. */
    private void missingParentheses(Expr e) {
        boolean follows = Tok.STARTS_EXPRESSION[lexer.kind] || at(Tok.ERROR);
        if (follows
                && e instanceof Expr.Name name
                && (name.id().equals("print") || name.id().equals("exec"))) {
            problems.add(
                    e.start(),
                    lexer.end,
                    "Missing parentheses in call to '%s'. Did you mean %s(...)?"
                            .formatted(name.id(), name.id()));
        }
    }
}
