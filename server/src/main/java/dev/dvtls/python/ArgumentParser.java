package dev.dvtls.python;

import java.util.List;

/** Calls and their arguments, also those of a class header. */
final class ArgumentParser extends Syntax {
    private final ExpressionParser expressions;
    private final DisplayParser displays;

    /** True when the argument just read is a generator without parentheses of its own. */
    private boolean bareGenerator;

    ArgumentParser(
            Lexer lexer, Scratch scratch, ExpressionParser expressions, DisplayParser displays) {
        super(lexer, scratch);
        this.expressions = expressions;
        this.displays = displays;
    }

    Expr call(int start, Expr callee) {
        int open = lexer.start;
        int depth = lexer.brackets.depth;
        lexer.next();
        List<Arg> list = arguments(depth, true);
        boolean closed = close(Tok.RPAR, depth);
        return new Expr.Call(start, lexer.prevEnd, callee, list, open, closed);
    }

    /** Arguments up to the closing bracket, the opening one of some depth being behind. */
    List<Arg> arguments(int depth, boolean allowGenerator) {
        int mark = scratch.mark();
        boolean keyword = false;
        boolean doubleStar = false;
        while (!at(Tok.RPAR) && !atEndOfLine()) {
            Arg argument = argument();
            switch (argument.kind()) {
                case KEYWORD -> keyword = true;
                case DOUBLE_STAR -> doubleStar = true;
                case STAR -> {
                    if (doubleStar) {
                        report(
                                argument,
                                "iterable argument unpacking follows keyword argument unpacking");
                    }
                }
                case POSITIONAL -> {
                    if (doubleStar) {
                        report(argument, "positional argument follows keyword argument unpacking");
                    } else if (keyword) {
                        report(argument, "positional argument follows keyword argument");
                    }
                }
            }
            scratch.push(argument);
            if (bareGenerator && (!allowGenerator || scratch.count(mark) > 1 || at(Tok.COMMA))) {
                report(argument, "Generator expression must be parenthesized");
            }
            if (at(Tok.RPAR)) {
                break;
            }
            if (!at(Tok.COMMA)) {
                unexpected();
                skipInBrackets(depth);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        return take(mark);
    }

    private void unexpected() {
        if (Tok.STARTS_EXPRESSION[lexer.kind]) {
            wrong("invalid syntax: perhaps you forgot a comma before " + found());
        } else {
            wrong("invalid syntax: expected ',' or ')', found " + found());
        }
    }

    private void report(Arg argument, String message) {
        problems.add(argument.start(), argument.end(), message);
    }

    private Arg argument() {
        int start = lexer.start;
        if (at(Tok.STAR) || at(Tok.DSTAR)) {
            Arg.Kind kind = at(Tok.STAR) ? Arg.Kind.STAR : Arg.Kind.DOUBLE_STAR;
            lexer.next();
            Expr value = expressions.expression();
            bareGenerator = false;
            return new Arg(start, lexer.prevEnd, kind, "", start, value);
        }
        Expr value = expressions.named();
        if (at(Tok.FOR) || at(Tok.ASYNC)) {
            value = displays.comprehension(start, Expr.Comp.Kind.GENERATOR, value);
            bareGenerator = true;
            return new Arg(start, lexer.prevEnd, Arg.Kind.POSITIONAL, "", start, value);
        }
        bareGenerator = false;
        if (at(Tok.EQUAL)) {
            return keyword(start, value);
        }
        return new Arg(start, lexer.prevEnd, Arg.Kind.POSITIONAL, "", start, value);
    }

    private Arg keyword(int start, Expr name) {
        int nameEnd = lexer.prevEnd;
        boolean plain = name instanceof Expr.Name && name.start() == start;
        if (!plain) {
            problems.add(
                    start,
                    nameEnd,
                    name instanceof Expr.Constant
                            ? "cannot assign to " + Targets.describe(name)
                            : "expression cannot contain assignment, perhaps you meant \"==\"?");
        }
        lexer.next();
        Expr value =
                at(Tok.COMMA) || at(Tok.RPAR) || atEndOfLine()
                        ? missingValue()
                        : expressions.expression();
        if (at(Tok.FOR) || at(Tok.ASYNC)) {
            wrong("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        bareGenerator = false;
        String id = name instanceof Expr.Name n ? n.id() : "";
        return new Arg(start, lexer.prevEnd, Arg.Kind.KEYWORD, id, nameEnd, value);
    }

    private Expr missingValue() {
        wrong("expected argument value expression");
        int at = lexer.prevEnd;
        return new Expr.Missing(at, at);
    }
}
