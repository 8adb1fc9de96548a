package dev.dvtls.python;

/** Names, literals, and what hangs on them: attributes, calls, subscripts. */
final class PrimaryParser extends Syntax {
    /** CPython allows 200, and nobody writes so many. */
    private static final int MAX_BRACKETS = 100;

    private final ExpressionParser expressions;
    private final StringParser strings;
    private final DisplayParser displays;
    private final ArgumentParser arguments;

    PrimaryParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
        strings = new StringParser(lexer, scratch, expressions);
        displays = new DisplayParser(lexer, scratch, expressions);
        arguments = new ArgumentParser(lexer, scratch, expressions, displays);
    }

    ArgumentParser arguments() {
        return arguments;
    }

    StringParser strings() {
        return strings;
    }

    Expr primary() {
        int start = lexer.start;
        Expr result = atom();
        for (int length = 0; ; length++) {
            switch (lexer.kind) {
                case Tok.DOT -> result = attribute(start, result);
                case Tok.LPAR -> result = arguments.call(start, result);
                case Tok.LSQB -> result = subscript(start, result);
                default -> {
                    return result;
                }
            }
            if (length == MAX_CHAIN) {
                tooLong();
                return result;
            }
        }
    }

    private Expr atom() {
        int start = lexer.start;
        switch (lexer.kind) {
            case Tok.NAME -> {
                Expr.Name name = new Expr.Name(start, lexer.end, lexer.name);
                lexer.next();
                return name;
            }
            case Tok.STRING, Tok.FSTRING -> {
                return strings.strings();
            }
            case Tok.NUMBER -> {
                Expr.Num number = new Expr.Num(start, lexer.end, lexer.name);
                lexer.next();
                return number;
            }
            case Tok.LPAR -> {
                return tooManyBrackets() ? missingHere() : displays.parenthesized();
            }
            case Tok.LSQB -> {
                return tooManyBrackets() ? missingHere() : displays.list();
            }
            case Tok.LBRACE -> {
                return tooManyBrackets() ? missingHere() : displays.braces();
            }
            case Tok.NONE -> {
                return constant(Expr.Constant.Kind.NONE);
            }
            case Tok.TRUE -> {
                return constant(Expr.Constant.Kind.TRUE);
            }
            case Tok.FALSE -> {
                return constant(Expr.Constant.Kind.FALSE);
            }
            case Tok.ELLIPSIS -> {
                return constant(Expr.Constant.Kind.ELLIPSIS);
            }
            default -> {
                return missing();
            }
        }
    }

    private boolean tooManyBrackets() {
        boolean tooMany = lexer.brackets.depth > MAX_BRACKETS;
        if (tooMany) {
            tooLong();
        }
        return tooMany;
    }

    private Expr constant(Expr.Constant.Kind kind) {
        Expr result = new Expr.Constant(lexer.start, lexer.end, kind);
        lexer.next();
        return result;
    }

    private Expr attribute(int start, Expr value) {
        int dotEnd = lexer.end;
        lexer.next();
        if (at(Tok.NAME)) {
            String name = lexer.name;
            int nameStart = lexer.start;
            lexer.next();
            return new Expr.Attribute(start, lexer.prevEnd, value, name, nameStart);
        }
        wrong("invalid syntax: expected a name after '.', found " + found());
        return new Expr.Attribute(start, dotEnd, value, "", dotEnd);
    }

    private Expr subscript(int start, Expr value) {
        int depth = lexer.brackets.depth;
        int open = lexer.start;
        lexer.next();
        if (at(Tok.RSQB)) {
            problems.add(open, lexer.end, "invalid syntax: the subscript is empty");
            lexer.next();
            return new Expr.Subscript(start, lexer.prevEnd, value, missingHere());
        }
        int indexStart = lexer.start;
        Expr index = slice();
        if (at(Tok.COMMA) || index instanceof Expr.Starred) {
            if (index instanceof Expr.Starred) {
                starNeeds(index);
            }
            int mark = scratch.mark();
            scratch.push(index);
            while (skip(Tok.COMMA)) {
                if (at(Tok.RSQB) || atEndOfLine()) {
                    break;
                }
                Expr next = slice();
                if (next instanceof Expr.Starred) {
                    starNeeds(next);
                }
                scratch.push(next);
            }
            index = new Expr.Tuple(indexStart, lexer.prevEnd, take(mark));
        }
        close(Tok.RSQB, depth);
        return new Expr.Subscript(start, lexer.prevEnd, value, index);
    }

    private void starNeeds(Expr at) {
        problems.requires(PythonVersion.V3_11, at.start(), at.end(), "a star in a subscript needs");
    }

    private Expr slice() {
        if (at(Tok.STAR)) {
            return expressions.starred();
        }
        int start = lexer.start;
        Expr lower = at(Tok.COLON) ? Expr.Missing.NONE : expressions.named();
        if (!at(Tok.COLON)) {
            if (lower instanceof Expr.Walrus && lower.start() == start) {
                problems.requires(
                        PythonVersion.V3_10,
                        start,
                        lower.end(),
                        "':=' without parentheses in a subscript needs");
            }
            return lower;
        }
        if (lower instanceof Expr.Walrus && lower.start() == start) {
            problems.add(start, lower.end(), "invalid syntax: put ':=' in parentheses here");
        }
        lexer.next();
        Expr upper = sliceBound();
        Expr step = skip(Tok.COLON) ? sliceBound() : Expr.Missing.NONE;
        return new Expr.Slice(start, lexer.prevEnd, lower, upper, step);
    }

    private Expr sliceBound() {
        return Tok.STARTS_EXPRESSION[lexer.kind] ? expressions.expression() : Expr.Missing.NONE;
    }
}
