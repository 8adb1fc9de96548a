package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A token of DuckDB SQL; comments and white space are none.
 *
 * @param text of a name without its quotes; else as written
 * @param span of a quoted name: inside its quotes
 */
record SqlToken(Kind kind, String text, Span span) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        LITERAL,
        MARK
    }

    static List<SqlToken> all(CharSequence sql) {
        return new Scanner(sql).scan();
    }

    /** True when a text breaks off inside a comment. */
    static boolean endsInComment(CharSequence sql) {
        Scanner scanner = new Scanner(sql);
        scanner.scan();
        return scanner.inComment;
    }

    boolean is(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /** The word in lower case, empty for anything that cannot be a keyword. */
    String keyword() {
        return kind == Kind.WORD ? SqlNames.lower(text) : "";
    }

    private static final class Scanner {
        private final CharSequence sql;
        private final List<SqlToken> tokens = new ArrayList<>();
        private int at;
        private boolean inComment;

        Scanner(CharSequence sql) {
            this.sql = sql;
        }

        List<SqlToken> scan() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (Character.isWhitespace(c)) {
                    at++;
                } else if (starts("--")) {
                    skipLine();
                } else if (starts("/*")) {
                    skipBlock();
                } else if (c == '\'') {
                    literal(at, false);
                } else if (c == '"') {
                    quotedName();
                } else if (c == '$' && dollarTag() > 0) {
                    dollarLiteral(dollarTag());
                } else if (Character.isJavaIdentifierStart(c) && c != '$') {
                    word();
                } else if (Character.isDigit(c)) {
                    number();
                } else {
                    add(Kind.MARK, at, at + 1);
                    at++;
                }
            }
            return tokens;
        }

        private boolean starts(String prefix) {
            return at + prefix.length() <= sql.length()
                    && prefix.contentEquals(sql.subSequence(at, at + prefix.length()));
        }

        private void add(Kind kind, int start, int end) {
            tokens.add(
                    new SqlToken(
                            kind, sql.subSequence(start, end).toString(), new Span(start, end)));
        }

        private void skipLine() {
            while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                at++;
            }
            inComment = at >= sql.length();
        }

        private void skipBlock() {
            int depth = 0;
            do {
                if (starts("/*")) {
                    depth++;
                    at += 2;
                } else if (starts("*/")) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < sql.length());
            inComment = depth > 0;
        }

        private void literal(int start, boolean escapes) {
            at++;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (escapes && c == '\\') {
                    at += 2;
                } else if (starts("''")) {
                    at += 2;
                } else if (c == '\'') {
                    at++;
                    break;
                } else {
                    at++;
                }
            }
            at = Math.min(at, sql.length());
            add(Kind.LITERAL, start, at);
        }

        private void quotedName() {
            int start = ++at;
            while (at < sql.length() && (sql.charAt(at) != '"' || starts("\"\""))) {
                at += starts("\"\"") ? 2 : 1;
            }
            int end = Math.min(at, sql.length());
            String name = sql.subSequence(start, end).toString().replace("\"\"", "\"");
            tokens.add(new SqlToken(Kind.QUOTED_NAME, name, new Span(start, end)));
            at = end + 1;
        }

        /** Length of a {@code $$} or {@code $tag$} that begins here, or 0. */
        private int dollarTag() {
            int end = at + 1;
            while (end < sql.length()
                    && sql.charAt(end) != '$'
                    && Character.isJavaIdentifierPart(sql.charAt(end))) {
                end++;
            }
            boolean closed = end < sql.length() && sql.charAt(end) == '$';
            boolean parameter = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
            return closed && !parameter ? end + 1 - at : 0;
        }

        private void dollarLiteral(int tagLength) {
            int start = at;
            String tag = sql.subSequence(at, at + tagLength).toString();
            at += tagLength;
            while (at < sql.length() && !starts(tag)) {
                at++;
            }
            at = Math.min(at + tagLength, sql.length());
            add(Kind.LITERAL, start, at);
        }

        private void word() {
            int start = at;
            while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
                at++;
            }
            if (at - start == 1
                    && at < sql.length()
                    && sql.charAt(at) == '\''
                    && (sql.charAt(start) == 'e' || sql.charAt(start) == 'E')) {
                literal(start, true);
            } else {
                add(Kind.WORD, start, at);
            }
        }

        private void number() {
            int start = at;
            while (at < sql.length()
                    && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
                at++;
            }
            add(Kind.LITERAL, start, at);
        }
    }
}
