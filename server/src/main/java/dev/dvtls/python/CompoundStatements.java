package dev.dvtls.python;

import java.util.List;
import java.util.Optional;

/** Statements with blocks. */
final class CompoundStatements extends Syntax {
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final WithParser with;
    private final MatchParser match;

    CompoundStatements(
            Lexer lexer,
            Scratch scratch,
            ExpressionParser expressions,
            StatementParser statements) {
        super(lexer, scratch);
        this.expressions = expressions;
        this.statements = statements;
        with = new WithParser(lexer, scratch, expressions, statements);
        match = new MatchParser(lexer, scratch, expressions, statements);
    }

    void restart() {
        match.restart();
    }

    boolean starts() {
        return startsHard() || (at(Tok.NAME) && lexer.name.equals("match") && match.starts());
    }

    /** By a keyword or a decorator, not by a soft keyword. */
    boolean startsHard() {
        return Tok.COMPOUND[lexer.kind] || at(Tok.AT);
    }

    Stmt statement() {
        return switch (lexer.kind) {
            case Tok.DEF -> function(lexer.start, false, List.of());
            case Tok.CLASS -> classDef(List.of());
            case Tok.AT -> decorated();
            case Tok.IF -> ifStatement(0);
            case Tok.FOR -> forStatement(lexer.start, false);
            case Tok.WHILE -> whileStatement();
            case Tok.TRY -> tryStatement();
            case Tok.WITH -> with.statement(lexer.start, false);
            case Tok.ASYNC -> async(List.of());
            case Tok.NAME -> match.statement();
            default -> stray();
        };
    }

    /** {@code else}, {@code except} and the like with nothing before them; keeps their block. */
    private Stmt stray() {
        int start = lexer.start;
        wrong("invalid syntax: %s has no statement that it belongs to".formatted(found()));
        lexer.next();
        Expr test = Expr.Missing.NONE;
        if (Tok.STARTS_EXPRESSION[lexer.kind]) {
            test = expressions.expressions();
        }
        if (!at(Tok.COLON)) {
            while (!atEndOfLine()) {
                lexer.next();
            }
        }
        List<Stmt> body = statements.block("this line");
        return new Stmt.If(start, lexer.prevEnd, test, body, List.of());
    }

    private Stmt async(List<Expr> decorators) {
        int start = lexer.start;
        lexer.next();
        if (at(Tok.DEF)) {
            return function(start, true, decorators);
        }
        if (at(Tok.FOR)) {
            return forStatement(start, true);
        }
        if (at(Tok.WITH)) {
            return with.statement(start, true);
        }
        return stray();
    }

    private Stmt decorated() {
        int mark = scratch.mark();
        while (at(Tok.AT)) {
            lexer.next();
            int start = lexer.start;
            Expr decorator = expressions.named();
            if (!isDottedCall(decorator, start)) {
                problems.requires(
                        PythonVersion.V3_9,
                        start,
                        lexer.prevEnd,
                        "a decorator that is no dotted name or call of one needs");
            }
            scratch.push(decorator);
            if (!atEndOfLine()) {
                wrong("invalid syntax: expected the end of the line, found " + found());
            }
            while (!atEndOfLine()) {
                lexer.next();
            }
            if (at(Tok.NEWLINE)) {
                problems.beginStatement();
                lexer.next();
            }
        }
        List<Expr> decorators = take(mark);
        if (at(Tok.DEF)) {
            return function(lexer.start, false, decorators);
        }
        if (at(Tok.CLASS)) {
            return classDef(decorators);
        }
        if (at(Tok.ASYNC)) {
            return async(decorators);
        }
        wrong("invalid syntax: expected a function or a class after the decorator");
        int at = lexer.prevEnd;
        Expr last = decorators.get(decorators.size() - 1);
        return new Stmt.ExprStmt(last.start(), Math.max(last.start(), at), last);
    }

    private static boolean isDottedCall(Expr e, int start) {
        Expr inner = e instanceof Expr.Call call ? call.callee() : e;
        while (inner instanceof Expr.Attribute attribute) {
            inner = attribute.value();
        }
        return inner instanceof Expr.Name && inner.start() == start;
    }

    private Stmt function(int start, boolean async, List<Expr> decorators) {
        lexer.inHeader = true;
        lexer.next();
        Expr.Name name = expectName();
        List<TypeParam> typeParams = expressions.parameters().typeParams();
        Parameters parameters;
        if (at(Tok.LPAR)) {
            int depth = lexer.brackets.depth;
            lexer.next();
            parameters = expressions.parameters().parse(Tok.RPAR);
            close(Tok.RPAR, depth);
        } else {
            wrong("expected '('");
            parameters = new Parameters(lexer.prevEnd, lexer.prevEnd, List.of());
        }
        Expr returns = skip(Tok.ARROW) ? expressions.expression() : Expr.Missing.NONE;
        List<Stmt> body = statements.block("function definition");
        return new Stmt.FunctionDef(
                start,
                lexer.prevEnd,
                async,
                decorators,
                name,
                typeParams,
                parameters,
                returns,
                body);
    }

    private Stmt classDef(List<Expr> decorators) {
        int start = lexer.start;
        lexer.inHeader = true;
        lexer.next();
        Expr.Name name = expectName();
        List<TypeParam> typeParams = expressions.parameters().typeParams();
        List<Arg> arguments = List.of();
        if (at(Tok.LPAR)) {
            int depth = lexer.brackets.depth;
            lexer.next();
            arguments = expressions.primaries().arguments().arguments(depth, false);
            close(Tok.RPAR, depth);
        }
        List<Stmt> body = statements.block("class definition");
        return new Stmt.ClassDef(
                start, lexer.prevEnd, decorators, name, typeParams, arguments, body);
    }

    /**
     * @param above how many {@code if} and {@code elif} this one belongs to: the tree is as deep
     */
    private Stmt ifStatement(int above) {
        int start = lexer.start;
        lexer.inHeader = true;
        String owner = at(Tok.IF) ? "'if' statement" : "'elif' statement";
        lexer.next();
        Expr test = test();
        List<Stmt> body = statements.block(owner);
        List<Stmt> orElse =
                at(Tok.ELIF) && above < MAX_CHAIN ? List.of(ifStatement(above + 1)) : orElse();
        return new Stmt.If(start, lexer.prevEnd, test, body, orElse);
    }

    private Expr test() {
        Expr test = expressions.named();
        if (at(Tok.EQUAL)) {
            wrong("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        return test;
    }

    private List<Stmt> orElse() {
        return skip(Tok.ELSE) ? statements.block("'else' statement") : List.of();
    }

    private Stmt forStatement(int start, boolean async) {
        lexer.next();
        Expr target = expressions.targets();
        Targets.checkAssign(problems, target);
        Expr iterable = missingHere();
        if (expect(Tok.IN)) {
            int at = lexer.start;
            iterable = expressions.expressions();
            if (iterable instanceof Expr.Tuple tuple && tuple.start() == at) {
                starsNeed(tuple);
            }
        }
        List<Stmt> body = statements.block("'for' statement");
        List<Stmt> orElse = orElse();
        return new Stmt.For(start, lexer.prevEnd, async, target, iterable, body, orElse);
    }

    private void starsNeed(Expr.Tuple tuple) {
        boolean bare = lexer.src[tuple.start()] != '(';
        tuple.items().stream()
                .filter(item -> bare && item instanceof Expr.Starred)
                .findFirst()
                .ifPresent(
                        item ->
                                problems.requires(
                                        PythonVersion.V3_9,
                                        item.start(),
                                        item.end(),
                                        "a star in what 'for' goes through, without parentheses,"
                                                + " needs"));
    }

    private Stmt whileStatement() {
        int start = lexer.start;
        lexer.next();
        Expr test = test();
        List<Stmt> body = statements.block("'while' statement");
        List<Stmt> orElse = orElse();
        return new Stmt.While(start, lexer.prevEnd, test, body, orElse);
    }

    private Stmt tryStatement() {
        int start = lexer.start;
        lexer.next();
        List<Stmt> body = statements.block("'try' statement");
        int mark = scratch.mark();
        boolean star = false;
        boolean plain = false;
        while (at(Tok.EXCEPT)) {
            int at = lexer.start;
            lexer.inHeader = true;
            lexer.next();
            if (skip(Tok.STAR)) {
                star = true;
                problems.requires(PythonVersion.V3_11, at, lexer.prevEnd, "'except*' needs");
            } else {
                plain = true;
            }
            if (star && plain) {
                problems.add(
                        at,
                        lexer.prevEnd,
                        "cannot have both 'except' and 'except*' on the same 'try'");
            }
            scratch.push(handler(at, star));
        }
        List<ExceptHandler> handlers = take(mark);
        List<Stmt> orElse = List.of();
        if (at(Tok.ELSE) && !handlers.isEmpty()) {
            orElse = orElse();
        }
        boolean hasFinally = skip(Tok.FINALLY);
        List<Stmt> finallyBody = hasFinally ? statements.block("'finally' statement") : List.of();
        if (handlers.isEmpty() && !hasFinally) {
            problems.add(
                    lexer.start,
                    atEndOfLine() ? lexer.start : lexer.end,
                    "expected 'except' or 'finally' block");
        }
        return new Stmt.Try(start, lexer.prevEnd, body, handlers, orElse, finallyBody, star);
    }

    private ExceptHandler handler(int start, boolean star) {
        Expr type = Expr.Missing.NONE;
        Optional<Expr.Name> name = Optional.empty();
        if (!at(Tok.COLON)) {
            int typeStart = lexer.start;
            type = expressions.expression();
            if (at(Tok.COMMA)) {
                type = types(typeStart, type);
            }
            if (skip(Tok.AS)) {
                name = Optional.of(expectName());
            }
        } else if (star) {
            wrong("expected one or more exception types");
        }
        List<Stmt> body = statements.block("'except' statement");
        return new ExceptHandler(start, lexer.prevEnd, type, name, body);
    }

    /** {@code except A, B:} (PEP 758). */
    private Expr types(int start, Expr first) {
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(Tok.COMMA)) {
            if (!Tok.STARTS_EXPRESSION[lexer.kind]) {
                break;
            }
            scratch.push(expressions.expression());
        }
        List<Expr> items = take(mark);
        if (at(Tok.AS)) {
            problems.add(
                    start,
                    lexer.prevEnd,
                    "multiple exception types must be parenthesized when using 'as'");
        }
        problems.requires(
                PythonVersion.V3_14,
                start,
                lexer.prevEnd,
                "several exception types without parentheses need");
        return new Expr.Tuple(start, lexer.prevEnd, items);
    }
}
