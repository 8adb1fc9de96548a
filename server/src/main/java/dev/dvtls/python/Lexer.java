package dev.dvtls.python;

import java.util.BitSet;
import java.util.List;

/**
 * Tokens of a text, one at a time, as the parser asks for them. The current token is in the fields;
 * {@link #next()} moves on. Layout (NEWLINE, INDENT, DEDENT) comes out as in CPython's tokenizer.
 *
 * <p>An open bracket would swallow all lines that follow. When a line can only be a statement, or
 * the text ends, {@link Restart} is thrown, and the statement is read again; this time the bracket
 * ends at the first line that looks like a statement.
 */
final class Lexer {
    /** Read the statement again. Control flow inside this package only. */
    @SuppressWarnings("serial")
    static final class Restart extends RuntimeException {
        private Restart() {
            super("", null, false, false);
        }
    }

    private static final int MAX_BRACKETS = 200;
    private static final int MAX_BROKEN_LINES = 200;

    final String text;
    final char[] src;
    final Problems problems;
    final Brackets brackets = new Brackets();
    private final Indentation indentation;
    private final CommentList comments = new CommentList();
    final Words words = new Words(this);

    /** Where this lexer stops; a NUL stands there in {@link #src}. */
    int limit;

    // The current token.
    int kind = Tok.NEWLINE;
    int start;
    int end;
    String name = "";

    /** Of a string: where its content is, and {@link StringFlags}. */
    int contentStart;

    int contentEnd;
    int flags;

    /** End of the last token that was no layout. */
    int prevEnd;

    /** Where the next token is looked for. */
    int pos;

    /** Lines that the current statement went on over, in brackets, since it was broken. */
    int joinedWhileBroken;

    boolean lineStart = true;

    /** True inside a bracket that is known to lack its end. */
    private boolean tolerant;

    /** Offsets of outermost brackets that lack their end. */
    private final BitSet unclosed = new BitSet();

    boolean inHeader;
    final boolean fragment;

    /**
     * @param fragment true for an expression alone: line ends are space there
     */
    Lexer(String text, int from, int to, boolean fragment, Problems problems) {
        this.text = text;
        this.src = new char[to + 1];
        text.getChars(0, to, src, 0);
        this.problems = problems;
        this.fragment = fragment;
        limit = to;
        pos = from;
        start = from;
        end = from;
        prevEnd = from;
        indentation = new Indentation(this);
        if (fragment) {
            lineStart = false;
            tolerant = true;
            brackets.push(from);
        } else if (from < to && src[from] == '\ufeff') {
            pos++;
        }
    }

    List<Comment> comments() {
        return comments.list();
    }

    void next() {
        if (kind > Tok.DEDENT) {
            prevEnd = end;
        }
        if (lineStart && indentation.read()) {
            return;
        }
        int p = pos;
        boolean joined = false;
        while (true) {
            char c = src[p];
            while (c == ' ' || c == '\t' || c == '\f') {
                c = src[++p];
            }
            start = p;
            if (c >= 128) {
                words.foreign(p);
                return;
            }
            switch (Chars.CLASS[c]) {
                case Chars.LETTER -> {
                    words.read(p);
                    if (joined && !fragment && Tok.STATEMENT_ONLY[kind]) {
                        leaveBrackets(lineBegin(p));
                    }
                    return;
                }
                case Chars.DIGIT -> {
                    words.number(p);
                    return;
                }
                case Chars.QUOTE -> {
                    StringScanner.scan(this, p, 0);
                    return;
                }
                case Chars.HASH -> p = comment(p);
                case Chars.NEWLINE -> {
                    int after = lineEnd(p);
                    if (brackets.depth == 0 || (tolerant && brackets.inSingleLineHole())) {
                        layout(Tok.NEWLINE, p);
                        lineStart = brackets.depth == 0;
                        pos = lineStart ? after : p;
                        return;
                    }
                    if (tolerant && !fragment && looksLikeStatement(after)) {
                        leaveBrackets(after);
                        return;
                    }
                    if (!tolerant && problems.isBroken()) {
                        hurry();
                    }
                    joined = true;
                    p = after;
                }
                case Chars.BACKSLASH -> {
                    p = continuation(p);
                    if (p < 0) {
                        return;
                    }
                }
                case Chars.NUL -> {
                    if (p >= limit) {
                        endOfText(p);
                        return;
                    }
                    problems.add(p, p + 1, "source code cannot contain null bytes");
                    p++;
                }
                default -> {
                    Operators.scan(this, p, c);
                    return;
                }
            }
        }
    }

    /** Sets a token of some length and moves past it. */
    void token(int newKind, int length) {
        kind = newKind;
        end = start + length;
        pos = end;
    }

    /** Sets a token of no length. */
    void layout(int newKind, int at) {
        kind = newKind;
        start = at;
        end = at;
    }

    void open(int newKind) {
        if (brackets.depth == MAX_BRACKETS) {
            problems.add(start, start + 1, "too many nested parentheses");
        }
        if (brackets.depth == 0) {
            tolerant = unclosed.get(start);
        }
        brackets.push(start);
        token(newKind, 1);
    }

    void close(int newKind, char opener) {
        char closer = src[start];
        int base = fragment ? 1 : 0;
        if (brackets.depth > base) {
            int at = brackets.top();
            if (src[at] != opener) {
                problems.add(
                        start,
                        start + 1,
                        "closing parenthesis '%c' does not match opening parenthesis '%c'"
                                .formatted(closer, src[at]));
            }
            brackets.pop(src, opener, base);
            token(newKind, 1);
            return;
        }
        problems.add(start, start + 1, "unmatched '%c'".formatted(closer));
        token(Tok.ERROR, 1);
    }

    int comment(int p) {
        int q = p;
        char c = src[q];
        while (c != '\n' && c != '\r' && (c != 0 || q < limit)) {
            if (c == 0) {
                problems.add(q, q + 1, "source code cannot contain null bytes");
            }
            c = src[++q];
        }
        comments.add(p, q);
        return q;
    }

    int lineEnd(int p) {
        return src[p] == '\r' && src[p + 1] == '\n' && p + 1 < limit ? p + 2 : p + 1;
    }

    private int lineBegin(int p) {
        int q = p;
        while (q > 0 && !Chars.isLineEnd(src[q - 1])) {
            q--;
        }
        return q;
    }

    /** Past a backslash and its line end, or -1 when a token was set. */
    private int continuation(int p) {
        if (p + 1 < limit && Chars.isLineEnd(src[p + 1])) {
            if (checkContinued(p)) {
                return lineEnd(p + 1);
            }
            token(Tok.ERROR, lineEnd(p + 1) - p);
            return -1;
        }
        problems.add(p, p + 1, "unexpected character after line continuation character");
        token(Tok.ERROR, 1);
        return -1;
    }

    /** Whether there is a line after the one that a backslash carries on. */
    boolean checkContinued(int p) {
        if (lineEnd(p + 1) < limit) {
            return true;
        }
        problems.add(p, p + 1, "unexpected end of file after a line continuation character");
        return false;
    }

    private void endOfText(int p) {
        if (fragment || limit < src.length - 1) {
            layout(Tok.EOF, p);
            pos = p;
        } else if (brackets.depth > 0) {
            leaveBrackets(p);
        } else {
            layout(kind > Tok.DEDENT ? Tok.NEWLINE : Tok.EOF, p);
            pos = p;
            lineStart = true;
        }
    }

    /** Ends all open brackets before the line at an offset. */
    private void leaveBrackets(int line) {
        if (limit < src.length - 1) {
            layout(Tok.EOF, limit);
            pos = limit;
            return;
        }
        if (!tolerant) {
            readAgain();
        }
        int at = brackets.top();
        problems.add(at, at + 1, "'%c' was never closed".formatted(src[at]));
        brackets.clear();
        layout(Tok.NEWLINE, prevEnd);
        pos = line;
        lineStart = true;
    }

    /** Looks for the end of a broken statement over some lines only, not to the end of the text. */
    private void hurry() {
        joinedWhileBroken++;
        if (joinedWhileBroken > MAX_BROKEN_LINES && limit == src.length - 1) {
            readAgain();
        }
    }

    private void readAgain() {
        unclosed.set(brackets.outermost());
        throw new Restart();
    }

    private boolean looksLikeStatement(int line) {
        return StatementStart.at(this, line, indentation.current(), inHeader);
    }

    /** A copy of the state, to come back to. */
    LexerState save() {
        return new LexerState(
                pos,
                kind,
                start,
                end,
                prevEnd,
                name,
                contentStart,
                contentEnd,
                flags,
                lineStart,
                brackets.copy(),
                comments.size(),
                problems.mark());
    }

    void restore(LexerState state) {
        pos = state.pos();
        kind = state.kind();
        start = state.start();
        end = state.end();
        prevEnd = state.prevEnd();
        name = state.name();
        contentStart = state.contentStart();
        contentEnd = state.contentEnd();
        flags = state.flags();
        lineStart = state.lineStart();
        brackets.set(state.brackets());
        tolerant = fragment || (brackets.depth > 0 && unclosed.get(brackets.outermost()));
        comments.truncate(state.comments());
        problems.reset(state.problems());
    }

    /** Goes back to a place where no bracket was open and the token was the one given. */
    void restart(int at, int before, int commentCount) {
        brackets.clear();
        comments.truncate(commentCount);
        pos = at;
        kind = Tok.NEWLINE;
        lineStart = false;
        next();
        prevEnd = before;
    }

    int commentCount() {
        return comments.size();
    }
}
