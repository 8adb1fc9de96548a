package dev.dvtls.python;

import java.util.List;

/** Parameters of {@code def} and {@code lambda}, and type parameters. */
final class ParameterParser extends Syntax {
    private final ExpressionParser expressions;

    ParameterParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
    }

    /** Up to the token that closes them: a bracket, or the colon of a lambda. */
    Parameters parse(int closer) {
        return new OneList(closer).read();
    }

    /** One parameter list in the making. */
    private final class OneList {
        private final int closer;
        private final int depth = lexer.brackets.depth;
        private final int mark = scratch.mark();
        private boolean slash;
        private boolean star;
        private boolean bareStar;
        private boolean doubleStar;
        private boolean defaults;

        OneList(int closer) {
            this.closer = closer;
        }

        Parameters read() {
            int start = lexer.start;
            while (!at(closer) && !atEndOfLine()) {
                one();
                if (at(closer)) {
                    break;
                }
                if (!at(Tok.COMMA)) {
                    wrong(
                            "invalid syntax: expected ',' or '%s', found %s"
                                    .formatted(Tok.TEXT[closer], found()));
                    skipToNext();
                }
                if (!skip(Tok.COMMA)) {
                    break;
                }
            }
            if (bareStar) {
                wrong("named parameters must follow bare *");
            }
            List<Param> items = take(mark);
            return new Parameters(start, Math.max(start, lexer.prevEnd), items);
        }

        private void skipToNext() {
            if (closer != Tok.COLON) {
                skipInBrackets(depth);
                return;
            }
            while (!atEndOfLine() && !at(Tok.COLON) && !at(Tok.COMMA)) {
                if (Tok.isCloser(lexer.kind) && lexer.brackets.depth < depth) {
                    return;
                }
                lexer.next();
            }
        }

        private void one() {
            if (doubleStar) {
                wrong("parameters cannot follow var-keyword parameter");
            }
            switch (lexer.kind) {
                case Tok.SLASH -> slash();
                case Tok.STAR -> star();
                case Tok.DSTAR -> {
                    if (bareStar) {
                        wrong("named parameters must follow bare *");
                        bareStar = false;
                    }
                    int start = lexer.start;
                    lexer.next();
                    doubleStar = true;
                    named(start, Param.Kind.DOUBLE_STAR);
                }
                default -> {
                    bareStar = false;
                    named(lexer.start, star ? Param.Kind.KEYWORD_ONLY : Param.Kind.NORMAL);
                }
            }
        }

        private void slash() {
            if (slash) {
                wrong("/ may appear only once");
            } else if (star) {
                wrong("/ must be ahead of *");
            } else if (scratch.count(mark) == 0) {
                wrong("at least one parameter must precede /");
            }
            slash = true;
            lexer.next();
            List<Param> before = take(mark);
            for (Param p : before) {
                boolean normal = p.kind() == Param.Kind.NORMAL;
                scratch.push(
                        normal
                                ? new Param(
                                        p.start(),
                                        p.end(),
                                        Param.Kind.POSITIONAL_ONLY,
                                        p.name(),
                                        p.annotation(),
                                        p.defaultValue())
                                : p);
            }
        }

        private void star() {
            if (star) {
                wrong("* may appear only once");
            }
            star = true;
            int start = lexer.start;
            lexer.next();
            if (at(Tok.COMMA) || at(closer)) {
                bareStar = true;
            } else {
                named(start, Param.Kind.STAR);
            }
        }

        private void named(int start, Param.Kind kind) {
            Expr.Name name = expectName();
            Expr annotation = Expr.Missing.NONE;
            if (closer == Tok.RPAR && skip(Tok.COLON)) {
                annotation = annotation(kind);
            }
            Expr value = Expr.Missing.NONE;
            if (at(Tok.EQUAL)) {
                if (kind == Param.Kind.STAR || kind == Param.Kind.DOUBLE_STAR) {
                    wrong(
                            kind == Param.Kind.STAR
                                    ? "var-positional parameter cannot have default value"
                                    : "var-keyword parameter cannot have default value");
                }
                lexer.next();
                value = expressions.expression();
                defaults = true;
            } else if (defaults && kind == Param.Kind.NORMAL) {
                problems.add(
                        name.start(),
                        name.end(),
                        "parameter without a default follows parameter with a default");
            }
            scratch.push(new Param(start, lexer.prevEnd, kind, name, annotation, value));
        }

        private Expr annotation(Param.Kind kind) {
            if (kind == Param.Kind.STAR && at(Tok.STAR)) {
                Expr starred = expressions.starred();
                problems.requires(
                        PythonVersion.V3_11,
                        starred.start(),
                        starred.end(),
                        "a star in an annotation needs");
                return starred;
            }
            return expressions.expression();
        }
    }

    /** {@code [T: bound = default, *Ts, **P]}, if there is one. */
    List<TypeParam> typeParams() {
        if (!at(Tok.LSQB)) {
            return List.of();
        }
        int depth = lexer.brackets.depth;
        int start = lexer.start;
        lexer.next();
        int mark = scratch.mark();
        while (!at(Tok.RSQB) && !atEndOfLine()) {
            TypeParam param = typeParam();
            scratch.push(param);
            if (!at(Tok.COMMA) && !at(Tok.RSQB)) {
                wrong("invalid syntax: expected ',' or ']', found " + found());
                skipInBrackets(depth);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        List<TypeParam> params = take(mark);
        if (params.isEmpty()) {
            wrong("Type parameter list cannot be empty");
        }
        close(Tok.RSQB, depth);
        problems.requires(PythonVersion.V3_12, start, lexer.prevEnd, "type parameters need");
        return params;
    }

    private TypeParam typeParam() {
        int start = lexer.start;
        String prefix = at(Tok.STAR) || at(Tok.DSTAR) ? Tok.TEXT[lexer.kind] : "";
        if (!prefix.isEmpty()) {
            lexer.next();
        }
        Expr.Name name = expectName();
        Expr bound = Expr.Missing.NONE;
        if (at(Tok.COLON)) {
            if (!prefix.isEmpty()) {
                wrong(
                        "cannot use bound with "
                                + (prefix.equals("*") ? "TypeVarTuple" : "ParamSpec"));
            }
            lexer.next();
            bound = expressions.expression();
        }
        Expr value = Expr.Missing.NONE;
        if (at(Tok.EQUAL)) {
            int equal = lexer.start;
            lexer.next();
            value =
                    prefix.equals("*") && at(Tok.STAR)
                            ? expressions.starred()
                            : expressions.expression();
            problems.requires(
                    PythonVersion.V3_13, equal, lexer.prevEnd, "defaults of type parameters need");
        }
        return new TypeParam(start, lexer.prevEnd, prefix, name, bound, value);
    }
}
