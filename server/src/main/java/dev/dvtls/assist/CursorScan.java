package dev.dvtls.assist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Python text up to a cursor: strings, comments, brackets. No tree is needed, so that text
 * which breaks off anywhere ({@code dbt.ref(}, {@code dbt.ref("stg_}) reads as well as whole text.
 */
final class CursorScan {
    /** Words that begin a statement and stand in no expression: open brackets end before them. */
    private static final Set<String> STATEMENTS =
            Set.of(
                    "def",
                    "class",
                    "return",
                    "import",
                    "raise",
                    "while",
                    "with",
                    "try",
                    "pass",
                    "break",
                    "continue",
                    "global",
                    "nonlocal",
                    "del",
                    "assert",
                    "except",
                    "finally",
                    "elif");

    private final String text;
    private final int end;
    private int at;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private boolean comment;
    private Optional<Literal> inside = Optional.empty();

    /** Where the bracket was opened that is closed at an offset. */
    private final Map<Integer, Integer> opened = new HashMap<>();

    /** Closed literals that make one string with what follows, and where the last one ends. */
    private List<Cursor.Piece> pieces = List.of();

    private int piecesEnd;

    /** A literal being read. */
    private record Literal(
            int contentStart,
            char quote,
            boolean triple,
            boolean raw,
            boolean f,
            boolean bytes,
            List<Cursor.Piece> before) {}

    /** An open bracket, or the hole of an f-string. */
    private static final class Frame {
        final char open;
        final String callee;
        final String subject;
        final int start;
        final int indent;
        final Optional<Literal> holeOf;
        int argument;
        int argumentStart;
        String keyword = "";
        final Map<String, String> strings = new HashMap<>();
        final List<String> keywords = new ArrayList<>();

        Frame(
                char open,
                String callee,
                String subject,
                int start,
                int indent,
                Optional<Literal> holeOf) {
            this.open = open;
            this.callee = callee;
            this.subject = subject;
            this.start = start;
            this.argumentStart = start;
            this.indent = indent;
            this.holeOf = holeOf;
        }

        String key() {
            return keyword.isEmpty() ? String.valueOf(argument) : keyword;
        }
    }

    private CursorScan(String text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /**
     * @param from where the code begins: 0, or after an opening &#123;&#123;
     * @param offset the cursor
     */
    static Cursor scan(String text, int from, int offset) {
        CursorScan scan = new CursorScan(text, from, Math.min(offset, text.length()));
        scan.code();
        return scan.result();
    }

    private void code() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '#') {
                int line = lineEnd(at);
                if (line >= end) {
                    comment = true;
                    at = end;
                } else {
                    at = line;
                }
            } else if (c == '"' || c == '\'') {
                string();
            } else if (c == '(' || c == '[' || c == '{') {
                frames.push(
                        new Frame(c, callee(), subject(at), at + 1, indent(at), Optional.empty()));
                at++;
            } else if (c == ')' || c == ']' || c == '}') {
                at++;
                close(c);
            } else if (c == ',' && !frames.isEmpty()) {
                at++;
                Frame frame = frames.element();
                frame.argument++;
                frame.keyword = "";
                frame.argumentStart = at;
            } else if (c == '=' && !frames.isEmpty() && isKeywordSign()) {
                Frame frame = frames.element();
                frame.keyword = text.substring(frame.argumentStart, at).strip();
                frame.keywords.add(frame.keyword);
                at++;
                frame.argumentStart = at;
            } else if (c == '\n' || c == '\r') {
                at++;
                newLine();
            } else {
                at++;
            }
        }
    }

    /** {@code name=} and not {@code name==}, {@code <=}, {@code a = b} over a whole line. */
    private boolean isKeywordSign() {
        Frame frame = frames.element();
        boolean comparison = at + 1 < text.length() && text.charAt(at + 1) == '=';
        String before = text.substring(frame.argumentStart, at).strip();
        return frame.open == '(' && !comparison && isName(before);
    }

    /** Statements do not begin inside brackets: those that are open were left unfinished. */
    private void newLine() {
        if (frames.isEmpty()) {
            return;
        }
        int start = at;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        if (start >= end || start >= text.length() || "\r\n#)]}".indexOf(text.charAt(start)) >= 0) {
            return;
        }
        int word = start;
        while (word < text.length() && isNameChar(text.charAt(word))) {
            word++;
        }
        int indent = start - at;
        Frame outermost = frames.getLast();
        if (STATEMENTS.contains(text.substring(start, word)) || indent <= outermost.indent) {
            frames.clear();
        }
    }

    private void close(char c) {
        char open = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (frames.stream().noneMatch(frame -> frame.open == open)) {
            return;
        }
        while (!frames.isEmpty()) {
            Frame frame = frames.pop();
            if (frame.open == open) {
                opened.put(at - 1, frame.start - 1);
                // The hole of an f-string ends: its literal goes on.
                frame.holeOf.ifPresent(this::content);
                return;
            }
        }
    }

    private void string() {
        char quote = text.charAt(at);
        boolean triple = text.startsWith(String.valueOf(quote).repeat(3), at);
        int prefixStart = at;
        while (prefixStart > 0 && Character.isLetter(text.charAt(prefixStart - 1))) {
            prefixStart--;
        }
        String prefix = text.substring(prefixStart, at).toLowerCase(Locale.ROOT);
        if (prefix.length() > 2 || (prefixStart > 0 && isNameChar(text.charAt(prefixStart - 1)))) {
            prefix = "";
        }
        boolean goesOn = !pieces.isEmpty() && isBetweenLiterals(piecesEnd, at - prefix.length());
        int width = triple && at + 3 <= end ? 3 : 1;
        at += width;
        content(
                new Literal(
                        at,
                        quote,
                        width == 3,
                        prefix.contains("r"),
                        prefix.contains("f") || prefix.contains("t"),
                        prefix.contains("b"),
                        goesOn ? pieces : List.of()));
    }

    /** White space, comments, or the end of a line that goes on. */
    private boolean isBetweenLiterals(int from, int to) {
        return from <= to
                && text.substring(from, to)
                        .replaceAll("#[^\\r\\n]*|\\\\(?=[\\r\\n])", "")
                        .isBlank();
    }

    private void content(Literal literal) {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\\') {
                at = Math.min(end, at + 2);
            } else if (c == literal.quote() && closes(literal)) {
                closed(literal);
                at += literal.triple() ? 3 : 1;
                return;
            } else if ((c == '\n' || c == '\r') && !literal.triple()) {
                return; // not closed on its line
            } else if (literal.f() && c == '{') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '{') {
                    at += 2;
                } else {
                    at++;
                    frames.push(new Frame('{', "", "", at, indent(at), Optional.of(literal)));
                    return;
                }
            } else {
                at++;
            }
        }
        inside = Optional.of(literal);
    }

    private boolean closes(Literal literal) {
        return !literal.triple() || text.startsWith(String.valueOf(literal.quote()).repeat(3), at);
    }

    private void closed(Literal literal) {
        List<Cursor.Piece> all = new ArrayList<>(literal.before());
        all.add(new Cursor.Piece(literal.contentStart(), at, literal.raw(), literal.f()));
        pieces = List.copyOf(all);
        piecesEnd = at + (literal.triple() ? 3 : 1);
        if (!frames.isEmpty()) {
            Frame frame = frames.element();
            String before = text.substring(frame.argumentStart, literal.contentStart() - 1);
            if (before.strip().length() <= 2) {
                frame.strings.put(frame.key(), text.substring(literal.contentStart(), at));
            }
        }
    }

    private Cursor result() {
        int wordStart = end;
        while (wordStart > 0 && isNameChar(text.charAt(wordStart - 1))) {
            wordStart--;
        }
        int limit = inside.map(Literal::contentStart).orElse(0);
        wordStart = Math.max(wordStart, limit);
        int start = wordStart;
        List<Cursor.Bracket> brackets = new ArrayList<>();
        for (Frame frame : frames) {
            boolean started =
                    frame.argumentStart < start
                            && !text.substring(frame.argumentStart, start).isBlank();
            brackets.add(
                    new Cursor.Bracket(
                            frame.open,
                            frame.callee,
                            frame.subject,
                            frame.start,
                            frame.argument,
                            frame.keyword,
                            started,
                            Map.copyOf(frame.strings),
                            List.copyOf(frame.keywords)));
        }
        boolean member = inside.isEmpty() && wordStart > 0 && text.charAt(wordStart - 1) == '.';
        return new Cursor(
                end,
                comment,
                inside.map(
                        l ->
                                new Cursor.InString(
                                        l.contentStart(),
                                        l.quote(),
                                        l.triple(),
                                        l.raw(),
                                        l.f(),
                                        l.bytes(),
                                        l.before())),
                List.copyOf(brackets),
                member ? dotted(wordStart - 1) : "",
                member ? subject(wordStart - 1) : "",
                text.substring(wordStart, end));
    }

    /** The dotted name that ends here; {@code ).x} keeps its dot: {@code .x}. */
    private String dotted(int to) {
        int start = to;
        while (start > 0 && (isNameChar(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        return text.substring(start, to);
    }

    private String subject(int to) {
        return CursorSubject.endingAt(text, to, opened, !frames.isEmpty());
    }

    private String callee() {
        int to = at;
        while (to > 0 && text.charAt(to - 1) == ' ') {
            to--;
        }
        String name = dotted(to);
        return STATEMENTS.contains(name) || Set.of("in", "and", "or", "not", "if").contains(name)
                ? ""
                : name;
    }

    private int indent(int offset) {
        int start = offset;
        while (start > 0 && "\r\n".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        int i = start;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i - start;
    }

    private int lineEnd(int offset) {
        int i = offset;
        while (i < text.length() && "\r\n".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static boolean isName(String s) {
        return !s.isEmpty()
                && !Character.isDigit(s.charAt(0))
                && s.chars().allMatch(c -> isNameChar((char) c));
    }

    static boolean isNameChar(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
