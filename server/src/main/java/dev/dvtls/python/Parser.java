package dev.dvtls.python;

/** Reads Python source of 3.8 to 3.14. Never throws: a text always has a tree. */
public final class Parser {
    private Parser() {}

    /** Accepts what any of these versions accepts. */
    public static ParsedFile parse(String text) {
        return parse(text, PythonVersion.LATEST);
    }

    /** Reports syntax that a version does not have yet; the tree holds it nevertheless. */
    public static ParsedFile parse(String text, PythonVersion version) {
        Problems problems = new Problems(version);
        Lexer lexer = new Lexer(text, 0, text.length(), false, problems);
        Module module = new Module(0, text.length(), new StatementParser(lexer).file());
        return new ParsedFile(module, problems.list(), lexer.comments());
    }

    /**
     * Parses the expression between two offsets of a text, as found inside {@code {{ }}}; positions
     * are those of the whole text.
     */
    public static ParsedExpression parseExpression(String text, int from, int to) {
        Problems problems = new Problems(PythonVersion.LATEST);
        Lexer lexer = new Lexer(text, from, to, true, problems);
        ExpressionParser parser = new ExpressionParser(lexer, new Scratch());
        lexer.next();
        if (lexer.kind == Tok.EOF) {
            parser.wrong("invalid syntax: expected an expression, found nothing");
            return new ParsedExpression(new Expr.Missing(from, from), problems.list());
        }
        Expr expression = parser.expressions();
        if (lexer.kind != Tok.EOF) {
            parser.wrong("invalid syntax: expected the end, found " + parser.found());
        }
        return new ParsedExpression(expression, problems.list());
    }
}
