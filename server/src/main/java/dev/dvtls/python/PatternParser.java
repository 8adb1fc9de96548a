package dev.dvtls.python;

import java.util.List;
import java.util.Optional;

/** Patterns of {@code case} (PEP 634). */
final class PatternParser extends Syntax {
    private final ExpressionParser expressions;
    private int depth;

    PatternParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        this.expressions = expressions;
    }

    /** Forgets how deep a statement was that was left in its middle. */
    void restart() {
        depth = 0;
    }

    /** A pattern, or a sequence of them without brackets. */
    Pattern patterns() {
        int start = lexer.start;
        Pattern first = item();
        if (!at(Tok.COMMA)) {
            if (first instanceof Pattern.Star) {
                wrong("invalid syntax: a lone starred pattern needs a comma");
            }
            return first;
        }
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(Tok.COMMA)) {
            if (at(Tok.COLON) || at(Tok.IF) || atEndOfLine()) {
                break;
            }
            scratch.push(item());
        }
        return new Pattern.Sequence(start, lexer.prevEnd, take(mark));
    }

    private Pattern item() {
        if (!at(Tok.STAR)) {
            return pattern();
        }
        int start = lexer.start;
        lexer.next();
        Expr.Name name = expectName();
        return new Pattern.Star(start, lexer.prevEnd, capture(name));
    }

    private static Optional<Expr.Name> capture(Expr.Name name) {
        return name.id().equals("_") ? Optional.empty() : Optional.of(name);
    }

    private Pattern pattern() {
        int start = lexer.start;
        if (tooDeep(depth)) {
            return new Pattern.Value(start, start, missingHere());
        }
        depth += 5;
        Pattern result = or();
        depth -= 5;
        if (skip(Tok.AS)) {
            Expr.Name name = expectName();
            boolean dotted = at(Tok.DOT) || at(Tok.LPAR);
            if (dotted || name.id().equals("_")) {
                problems.add(
                        name.start(),
                        name.end(),
                        dotted
                                ? "cannot use attribute as pattern target"
                                : "cannot use '_' as a target");
            }
            return new Pattern.As(start, lexer.prevEnd, Optional.of(result), Optional.of(name));
        }
        return result;
    }

    private Pattern or() {
        int start = lexer.start;
        Pattern first = closed();
        if (!at(Tok.PIPE)) {
            return first;
        }
        int mark = scratch.mark();
        scratch.push(first);
        while (skip(Tok.PIPE)) {
            scratch.push(closed());
        }
        return new Pattern.Or(start, lexer.prevEnd, take(mark));
    }

    private Pattern closed() {
        int start = lexer.start;
        switch (lexer.kind) {
            case Tok.NAME -> {
                return nameOrClass(start);
            }
            case Tok.NUMBER, Tok.MINUS -> {
                return number(start);
            }
            case Tok.STRING, Tok.FSTRING -> {
                Expr value = expressions.primaries().strings().strings();
                return new Pattern.Value(start, lexer.prevEnd, value);
            }
            case Tok.NONE, Tok.TRUE, Tok.FALSE -> {
                Expr.Constant.Kind kind =
                        at(Tok.NONE)
                                ? Expr.Constant.Kind.NONE
                                : at(Tok.TRUE) ? Expr.Constant.Kind.TRUE : Expr.Constant.Kind.FALSE;
                Expr value = new Expr.Constant(start, lexer.end, kind);
                lexer.next();
                return new Pattern.Value(start, lexer.prevEnd, value);
            }
            case Tok.LPAR -> {
                return group(start);
            }
            case Tok.LSQB -> {
                int level = lexer.brackets.depth;
                lexer.next();
                List<Pattern> items = items(Tok.RSQB);
                close(Tok.RSQB, level);
                return new Pattern.Sequence(start, lexer.prevEnd, items);
            }
            case Tok.LBRACE -> {
                return mapping(start);
            }
            default -> {
                wrong("invalid syntax: expected a pattern, found " + found());
                return new Pattern.Value(start, start, missingHere());
            }
        }
    }

    private Pattern number(int start) {
        Expr left = signed(start);
        boolean real = left.end() > left.start() && !imaginary(left.end());
        if (!at(Tok.PLUS) && !at(Tok.MINUS)) {
            return new Pattern.Value(start, lexer.prevEnd, left);
        }
        String operator = Tok.TEXT[lexer.kind];
        lexer.next();
        if (!real) {
            problems.add(start, left.end(), "real number required in complex literal");
        }
        Expr right = signed(lexer.start);
        if (right instanceof Expr.Unary || !imaginary(right.end())) {
            problems.add(
                    right.start(), right.end(), "imaginary number required in complex literal");
        }
        Expr value = new Expr.Binary(start, lexer.prevEnd, left, operator, right);
        return new Pattern.Value(start, lexer.prevEnd, value);
    }

    private boolean imaginary(int end) {
        return end > 0 && (lexer.src[end - 1] | 0x20) == 'j';
    }

    private Expr signed(int start) {
        boolean minus = skip(Tok.MINUS);
        if (!at(Tok.NUMBER)) {
            return missing();
        }
        Expr number = new Expr.Num(lexer.start, lexer.end, lexer.name);
        lexer.next();
        return minus ? new Expr.Unary(start, lexer.prevEnd, "-", number) : number;
    }

    private Pattern group(int start) {
        int level = lexer.brackets.depth;
        lexer.next();
        List<Pattern> items = items(Tok.RPAR);
        boolean comma = lexer.src[lexer.prevEnd - 1] == ',';
        close(Tok.RPAR, level);
        if (items.size() == 1 && !comma) {
            if (items.get(0) instanceof Pattern.Star) {
                problems.add(start, lexer.prevEnd, "a lone starred pattern needs a comma");
            }
            return items.get(0);
        }
        return new Pattern.Sequence(start, lexer.prevEnd, items);
    }

    private List<Pattern> items(int closer) {
        int level = lexer.brackets.depth;
        int mark = scratch.mark();
        while (!at(closer) && !atEndOfLine()) {
            scratch.push(item());
            if (!at(Tok.COMMA) && !at(closer)) {
                wrong(
                        "invalid syntax: expected ',' or '%s', found %s"
                                .formatted(Tok.TEXT[closer], found()));
                skipInBrackets(level);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        return take(mark);
    }

    private Expr dotted() {
        Expr name = expectName();
        while (skip(Tok.DOT)) {
            Expr.Name member = expectName();
            name =
                    new Expr.Attribute(
                            name.start(), lexer.prevEnd, name, member.id(), member.start());
        }
        return name;
    }

    private Pattern nameOrClass(int start) {
        Expr name = dotted();
        if (at(Tok.LPAR)) {
            return classPattern(start, name);
        }
        return name instanceof Expr.Name simple
                ? new Pattern.As(start, lexer.prevEnd, Optional.empty(), capture(simple))
                : new Pattern.Value(start, lexer.prevEnd, name);
    }

    private Pattern classPattern(int start, Expr type) {
        int level = lexer.brackets.depth;
        lexer.next();
        int mark = scratch.mark();
        java.util.ArrayList<String> keywords = new java.util.ArrayList<>();
        java.util.ArrayList<Pattern> keywordPatterns = new java.util.ArrayList<>();
        while (!at(Tok.RPAR) && !atEndOfLine()) {
            int argumentStart = lexer.start;
            boolean nameFirst = at(Tok.NAME);
            String name = lexer.name;
            LexerState before = nameFirst ? lexer.save() : NONE;
            if (nameFirst) {
                lexer.next();
            }
            if (nameFirst && skip(Tok.EQUAL)) {
                keywords.add(name);
                keywordPatterns.add(pattern());
            } else {
                if (nameFirst) {
                    lexer.restore(before);
                }
                if (!keywords.isEmpty()) {
                    problems.add(
                            argumentStart,
                            lexer.end,
                            "positional patterns follow keyword patterns");
                }
                scratch.push(pattern());
            }
            if (!at(Tok.COMMA) && !at(Tok.RPAR)) {
                wrong("invalid syntax: expected ',' or ')', found " + found());
                skipInBrackets(level);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        List<Pattern> positional = take(mark);
        close(Tok.RPAR, level);
        return new Pattern.ClassPattern(
                start,
                lexer.prevEnd,
                type,
                positional,
                List.copyOf(keywords),
                List.copyOf(keywordPatterns));
    }

    private static final LexerState NONE =
            new LexerState(0, 0, 0, 0, 0, "", 0, 0, 0, false, new Brackets(), 0, 0);

    private Pattern mapping(int start) {
        int level = lexer.brackets.depth;
        lexer.next();
        java.util.ArrayList<Expr> keys = new java.util.ArrayList<>();
        java.util.ArrayList<Pattern> values = new java.util.ArrayList<>();
        Optional<Expr.Name> rest = Optional.empty();
        while (!at(Tok.RBRACE) && !atEndOfLine()) {
            if (rest.isPresent()) {
                wrong("double star pattern '**' must be the last one in a mapping");
            }
            if (skip(Tok.DSTAR)) {
                Expr.Name name = expectName();
                if (name.id().equals("_")) {
                    problems.add(name.start(), name.end(), "invalid syntax: '**_' has no use");
                }
                rest = Optional.of(name);
            } else {
                keys.add(key());
                expect(Tok.COLON);
                values.add(pattern());
            }
            if (!at(Tok.COMMA) && !at(Tok.RBRACE)) {
                wrong("invalid syntax: expected ',' or '}', found " + found());
                skipInBrackets(level);
            }
            if (!skip(Tok.COMMA)) {
                break;
            }
        }
        close(Tok.RBRACE, level);
        return new Pattern.Mapping(
                start, lexer.prevEnd, List.copyOf(keys), List.copyOf(values), rest);
    }

    /** A literal or a dotted name. */
    private Expr key() {
        int start = lexer.start;
        if (at(Tok.NAME)) {
            Expr name = dotted();
            if (name instanceof Expr.Name) {
                problems.add(start, lexer.prevEnd, "invalid syntax: a key is a literal or dotted");
            }
            return name;
        }
        Pattern literal = closed();
        if (literal instanceof Pattern.Value value) {
            return value.value();
        }
        problems.add(start, lexer.prevEnd, "invalid syntax: a key is a literal or dotted");
        return new Expr.Missing(start, start);
    }
}
