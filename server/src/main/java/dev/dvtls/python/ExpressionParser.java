package dev.dvtls.python;

import java.util.List;

/** Expressions from {@code lambda} and the conditional down to operators. */
final class ExpressionParser extends Syntax {
    private static final int BRACKET = 5;

    private final PrimaryParser primaries;
    private final ParameterParser parameters;

    /** How much of the stack is taken, about: a level of brackets costs more than an operator. */
    private int depth;

    ExpressionParser(Lexer lexer, Scratch scratch) {
        super(lexer, scratch);
        primaries = new PrimaryParser(lexer, scratch, this);
        parameters = new ParameterParser(lexer, scratch, this);
    }

    ParameterParser parameters() {
        return parameters;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    /** Forgets how deep a statement was that was left in its middle. */
    void restart() {
        depth = 0;
    }

    /** {@code expression} of Python's grammar: no star, no walrus, no comma. */
    Expr expression() {
        return expression(BRACKET);
    }

    private Expr expression(int cost) {
        if (tooDeep(depth)) {
            return missingHere();
        }
        depth += cost;
        Expr result;
        if (at(Tok.LAMBDA)) {
            result = lambda();
        } else {
            int start = lexer.start;
            result = binary(Tok.P_OR);
            if (at(Tok.IF)) {
                result = conditional(start, result);
            }
        }
        depth -= cost;
        return result;
    }

    private Expr conditional(int start, Expr body) {
        lexer.next();
        Expr test = binary(Tok.P_OR);
        if (!at(Tok.ELSE)) {
            wrong("expected 'else' after 'if' expression");
            return new Expr.Conditional(start, lexer.prevEnd, body, test, missingHere());
        }
        lexer.next();
        Expr orElse = expression(1);
        return new Expr.Conditional(start, lexer.prevEnd, body, test, orElse);
    }

    private Expr lambda() {
        int start = lexer.start;
        Brackets brackets = lexer.brackets;
        if (brackets.holeDepth > 0 && brackets.depth == brackets.holeDepth) {
            wrong("f-string: lambda expressions are not allowed without parentheses");
        }
        lexer.next();
        Parameters list = parameters.parse(Tok.COLON);
        Expr body = expect(Tok.COLON) ? expression() : missingHere();
        return new Expr.Lambda(start, lexer.prevEnd, list, body);
    }

    /** {@code named_expression}: an expression, or {@code name := value}. */
    Expr named() {
        int start = lexer.start;
        Expr left = expression();
        return at(Tok.COLONEQUAL) ? walrus(start, left) : left;
    }

    private Expr walrus(int start, Expr left) {
        boolean plain = left instanceof Expr.Name && left.start() == start;
        if (!plain) {
            problems.add(
                    start,
                    lexer.prevEnd,
                    "cannot use assignment expressions with " + Targets.describe(left));
        }
        lexer.next();
        Expr value = expression();
        return left instanceof Expr.Name name
                ? new Expr.Walrus(start, lexer.prevEnd, name, value)
                : value;
    }

    /** An element of a display or of parentheses: {@code *x}, or a named expression. */
    Expr element() {
        return at(Tok.STAR) ? starred() : named();
    }

    Expr starred() {
        int start = lexer.start;
        lexer.next();
        Expr value = binary(Tok.P_BITOR);
        return new Expr.Starred(start, lexer.prevEnd, value);
    }

    private Expr starOrExpression() {
        return at(Tok.STAR) ? starred() : expression();
    }

    /** {@code star_expressions}: one, or a tuple without brackets. */
    Expr expressions() {
        int start = lexer.start;
        Expr first = starOrExpression();
        return at(Tok.COMMA) ? tuple(start, first, false) : first;
    }

    /** {@code yield_expr | star_expressions}. */
    Expr expressionsOrYield() {
        return at(Tok.YIELD) ? yieldExpression() : expressions();
    }

    /** What {@code for} and a comprehension bind: up to {@code in}. */
    Expr targets() {
        int start = lexer.start;
        Expr first = at(Tok.STAR) ? starred() : binary(Tok.P_BITOR);
        return at(Tok.COMMA) ? tuple(start, first, true) : first;
    }

    private Expr tuple(int start, Expr first, boolean target) {
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(Tok.COMMA)) {
            if (!at(Tok.STAR) && !Tok.STARTS_EXPRESSION[lexer.kind]) {
                break;
            }
            if (at(Tok.STAR)) {
                scratch.push(starred());
            } else {
                scratch.push(target ? binary(Tok.P_BITOR) : expression());
            }
        }
        return new Expr.Tuple(start, lexer.prevEnd, take(mark));
    }

    Expr yieldExpression() {
        int start = lexer.start;
        lexer.next();
        if (skip(Tok.FROM)) {
            Expr value = expression();
            return new Expr.Yield(start, lexer.prevEnd, value, true);
        }
        boolean bare = !at(Tok.STAR) && !Tok.STARTS_EXPRESSION[lexer.kind];
        Expr value = bare ? Expr.Missing.NONE : expressions();
        return new Expr.Yield(start, lexer.prevEnd, value, false);
    }

    /** Operators that bind at least as tightly as a power. */
    Expr binary(int power) {
        int start = lexer.start;
        Expr left = at(Tok.NOT) ? not(power) : unary();
        int precedence = Tok.PRECEDENCE[lexer.kind];
        for (int length = 0; precedence >= power && precedence > 0; length++) {
            if (length == MAX_CHAIN) {
                tooLong();
                return left;
            }
            if (precedence <= Tok.P_AND) {
                left = bool(start, left, precedence);
            } else if (precedence == Tok.P_COMPARE) {
                left = compare(start, left);
            } else {
                String operator = Tok.TEXT[lexer.kind];
                lexer.next();
                Expr right = binary(precedence + 1);
                left = new Expr.Binary(start, lexer.prevEnd, left, operator, right);
            }
            precedence = Tok.PRECEDENCE[lexer.kind];
        }
        return left;
    }

    private Expr not(int power) {
        if (power > Tok.P_NOT) {
            wrong("invalid syntax: put 'not ...' in parentheses here");
        }
        int start = lexer.start;
        lexer.next();
        if (tooDeep(depth)) {
            return missingHere();
        }
        depth++;
        Expr operand = binary(Tok.P_NOT);
        depth--;
        return new Expr.Unary(start, lexer.prevEnd, "not", operand);
    }

    private Expr bool(int start, Expr first, int precedence) {
        int kind = lexer.kind;
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(kind)) {
            scratch.push(binary(precedence + 1));
        }
        List<Expr> operands = take(mark);
        return new Expr.Bool(start, lexer.prevEnd, Tok.TEXT[kind], operands);
    }

    private Expr compare(int start, Expr left) {
        String operator = comparison();
        Expr right = binary(Tok.P_BITOR);
        if (Tok.PRECEDENCE[lexer.kind] != Tok.P_COMPARE) {
            return new Expr.Compare(start, lexer.prevEnd, left, List.of(operator), List.of(right));
        }
        java.util.ArrayList<String> operators = new java.util.ArrayList<>();
        int mark = scratch.mark();
        operators.add(operator);
        scratch.push(right);
        while (Tok.PRECEDENCE[lexer.kind] == Tok.P_COMPARE) {
            operators.add(comparison());
            scratch.push(binary(Tok.P_BITOR));
        }
        List<Expr> comparators = take(mark);
        return new Expr.Compare(start, lexer.prevEnd, left, List.copyOf(operators), comparators);
    }

    private String comparison() {
        int kind = lexer.kind;
        lexer.next();
        if (kind == Tok.IS && skip(Tok.NOT)) {
            return "is not";
        }
        if (kind == Tok.NOT) {
            expect(Tok.IN);
            return "not in";
        }
        return Tok.TEXT[kind];
    }

    /** {@code factor} and {@code power}. */
    private Expr unary() {
        int kind = lexer.kind;
        if (kind == Tok.MINUS || kind == Tok.PLUS || kind == Tok.TILDE) {
            int start = lexer.start;
            lexer.next();
            if (tooDeep(depth)) {
                return missingHere();
            }
            depth++;
            Expr operand = unary();
            depth--;
            return new Expr.Unary(start, lexer.prevEnd, Tok.TEXT[kind], operand);
        }
        int start = lexer.start;
        Expr base = kind == Tok.AWAIT ? await() : primaries.primary();
        if (!at(Tok.DSTAR)) {
            return base;
        }
        lexer.next();
        if (tooDeep(depth)) {
            return base;
        }
        depth++;
        Expr exponent = unary();
        depth--;
        return new Expr.Binary(start, lexer.prevEnd, base, "**", exponent);
    }

    private Expr await() {
        int start = lexer.start;
        lexer.next();
        Expr value = primaries.primary();
        return new Expr.Await(start, lexer.prevEnd, value);
    }
}
