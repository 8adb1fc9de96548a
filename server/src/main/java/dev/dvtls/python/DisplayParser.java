package dev.dvtls.python;

import java.util.List;

/** What brackets hold: groups, tuples, lists, sets, dicts and comprehensions. */
final class DisplayParser extends Syntax {
    private final ExpressionParser expressions;

    DisplayParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
    }

    Expr parenthesized() {
        int start = lexer.start;
        int depth = lexer.brackets.depth;
        lexer.next();
        if (skip(Tok.RPAR)) {
            return new Expr.Tuple(start, lexer.prevEnd, List.of());
        }
        if (at(Tok.YIELD)) {
            Expr value = expressions.yieldExpression();
            close(Tok.RPAR, depth);
            return value;
        }
        Expr first = expressions.element();
        if (at(Tok.FOR) || at(Tok.ASYNC)) {
            Comprehensions made = clauses(first);
            close(Tok.RPAR, depth);
            return made.build(start, lexer.prevEnd, Expr.Comp.Kind.GENERATOR, first);
        }
        if (at(Tok.COMMA)) {
            List<Expr> items = rest(first, Tok.RPAR, depth);
            close(Tok.RPAR, depth);
            return new Expr.Tuple(start, lexer.prevEnd, items);
        }
        close(Tok.RPAR, depth);
        if (first instanceof Expr.Starred) {
            problems.add(start, lexer.prevEnd, "cannot use starred expression here");
        }
        return first;
    }

    Expr list() {
        int start = lexer.start;
        int depth = lexer.brackets.depth;
        lexer.next();
        if (skip(Tok.RSQB)) {
            return new Expr.ListExpr(start, lexer.prevEnd, List.of());
        }
        Expr first = expressions.element();
        if (at(Tok.FOR) || at(Tok.ASYNC)) {
            Comprehensions made = clauses(first);
            close(Tok.RSQB, depth);
            return made.build(start, lexer.prevEnd, Expr.Comp.Kind.LIST, first);
        }
        List<Expr> items = rest(first, Tok.RSQB, depth);
        close(Tok.RSQB, depth);
        return new Expr.ListExpr(start, lexer.prevEnd, items);
    }

    /** The items of a display from the first one, which is read already, to the bracket. */
    private List<Expr> rest(Expr first, int closer, int depth) {
        int mark = scratch.mark();
        scratch.push(first);
        while (!at(closer) && !atEndOfLine()) {
            if (!at(Tok.COMMA)) {
                wrong(
                        Tok.STARTS_EXPRESSION[lexer.kind]
                                ? "invalid syntax. Perhaps you forgot a comma?"
                                : "invalid syntax: expected ',' or '%s', found %s"
                                        .formatted(Tok.TEXT[closer], found()));
                skipInBrackets(depth);
            }
            if (!skip(Tok.COMMA) || at(closer) || atEndOfLine()) {
                break;
            }
            scratch.push(expressions.element());
        }
        return take(mark);
    }

    Expr braces() {
        int start = lexer.start;
        int depth = lexer.brackets.depth;
        lexer.next();
        if (skip(Tok.RBRACE)) {
            return new Expr.Dict(start, lexer.prevEnd, List.of(), List.of());
        }
        if (at(Tok.DSTAR)) {
            return dict(start, depth, Expr.Missing.NONE);
        }
        int itemStart = lexer.start;
        Expr first = expressions.element();
        if (at(Tok.COLON)) {
            rejectKey(first, itemStart);
            return dict(start, depth, first);
        }
        if (at(Tok.FOR) || at(Tok.ASYNC)) {
            walrusNeeds(first, itemStart);
            Comprehensions made = clauses(first);
            close(Tok.RBRACE, depth);
            return made.build(start, lexer.prevEnd, Expr.Comp.Kind.SET, first);
        }
        walrusNeeds(first, itemStart);
        List<Expr> items = rest(first, Tok.RBRACE, depth);
        close(Tok.RBRACE, depth);
        return new Expr.SetExpr(start, lexer.prevEnd, items);
    }

    private void walrusNeeds(Expr item, int itemStart) {
        if (item instanceof Expr.Walrus && item.start() == itemStart) {
            problems.requires(
                    PythonVersion.V3_9,
                    item.start(),
                    item.end(),
                    "':=' without parentheses in a set needs");
        }
    }

    private void rejectKey(Expr key, int itemStart) {
        if (key instanceof Expr.Starred) {
            problems.add(
                    key.start(), key.end(), "cannot use a starred expression in a dictionary key");
        } else if (key instanceof Expr.Walrus && key.start() == itemStart) {
            problems.add(key.start(), key.end(), "invalid syntax: put ':=' in parentheses here");
        }
    }

    /** A dict whose first key, or {@code **}, has been met. */
    private Expr dict(int start, int depth, Expr firstKey) {
        int mark = scratch.mark();
        Expr key = firstKey;
        boolean first = true;
        while (true) {
            if (!first) {
                if (at(Tok.RBRACE) || atEndOfLine()) {
                    break;
                }
                int itemStart = lexer.start;
                key = at(Tok.DSTAR) ? Expr.Missing.NONE : expressions.element();
                rejectKey(key, itemStart);
            }
            Expr value = dictValue(key);
            if (first && (at(Tok.FOR) || at(Tok.ASYNC))) {
                if (!key.isPresent()) {
                    wrong("dict unpacking cannot be used in dict comprehension");
                }
                Comprehensions made = clauses(key);
                close(Tok.RBRACE, depth);
                return made.build(start, lexer.prevEnd, Expr.Comp.Kind.DICT, key, value);
            }
            first = false;
            scratch.push(key);
            scratch.push(value);
            if (!at(Tok.COMMA) && !at(Tok.RBRACE)) {
                wrong("invalid syntax: expected ',' or '}', found " + found());
                skipInBrackets(depth);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        List<Expr> pairs = take(mark);
        close(Tok.RBRACE, depth);
        Expr[] keys = new Expr[pairs.size() / 2];
        Expr[] values = new Expr[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = pairs.get(i * 2);
            values[i] = pairs.get(i * 2 + 1);
        }
        return new Expr.Dict(start, lexer.prevEnd, List.of(keys), List.of(values));
    }

    private Expr dictValue(Expr key) {
        if (!key.isPresent() && skip(Tok.DSTAR)) {
            return expressions.binary(Tok.P_BITOR);
        }
        if (!at(Tok.COLON)) {
            wrong("':' expected after dictionary key");
            return missingHere();
        }
        lexer.next();
        if (at(Tok.COMMA) || at(Tok.RBRACE)) {
            wrong("expression expected after dictionary key and ':'");
            return missingHere();
        }
        return expressions.expression();
    }

    /** A comprehension without brackets of its own, as an argument is. */
    Expr comprehension(int start, Expr.Comp.Kind kind, Expr element) {
        Comprehensions made = clauses(element);
        return made.build(start, lexer.prevEnd, kind, element);
    }

    /** The clauses of a comprehension. */
    private record Comprehensions(List<Comprehension> clauses) {
        Expr build(int start, int end, Expr.Comp.Kind kind, Expr element) {
            return build(start, end, kind, element, Expr.Missing.NONE);
        }

        Expr build(int start, int end, Expr.Comp.Kind kind, Expr element, Expr value) {
            return new Expr.Comp(start, end, kind, element, value, clauses);
        }
    }

    private Comprehensions clauses(Expr element) {
        if (element instanceof Expr.Starred) {
            problems.add(
                    element.start(),
                    element.end(),
                    "iterable unpacking cannot be used in comprehension");
        }
        int mark = scratch.mark();
        while (at(Tok.FOR) || at(Tok.ASYNC)) {
            scratch.push(clause());
        }
        return new Comprehensions(take(mark));
    }

    private Comprehension clause() {
        int start = lexer.start;
        boolean async = skip(Tok.ASYNC);
        expect(Tok.FOR);
        Expr target = expressions.targets();
        Targets.checkAssign(problems, target);
        Expr iterable = expect(Tok.IN) ? expressions.binary(Tok.P_OR) : missingHere();
        int mark = scratch.mark();
        while (skip(Tok.IF)) {
            scratch.push(condition());
        }
        List<Expr> conditions = take(mark);
        return new Comprehension(start, lexer.prevEnd, async, target, iterable, conditions);
    }

    /** Python 3.8 alone takes a lambda here. */
    private Expr condition() {
        boolean old = problems.version() == PythonVersion.V3_8;
        return old && at(Tok.LAMBDA) ? expressions.expression() : expressions.binary(Tok.P_OR);
    }
}
