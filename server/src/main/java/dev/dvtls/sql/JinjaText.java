package dev.dvtls.sql;

import dev.dvtls.python.SyntaxProblem;
import dev.dvtls.sql.JinjaBlock.Kind;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template cut into its blocks; comments and {@code raw} sections are passed over.
 *
 * @param expressions the text, as long as the template, so changed inside the blocks that a Python
 *     parser reads them: Jinja's {@code ~} is {@code +}, and words that are keywords in Python
 *     alone ({@code from=ref('a')}) begin with {@code _}
 * @param problems braces without an end
 */
public record JinjaText(List<JinjaBlock> blocks, String expressions, List<SyntaxProblem> problems) {
    private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW = Pattern.compile("\\s*raw\\s*");
    private static final Pattern END_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%\\}");

    private static final Set<String> PYTHON_ONLY =
            Set.of(
                    "as",
                    "assert",
                    "async",
                    "await",
                    "break",
                    "class",
                    "continue",
                    "def",
                    "del",
                    "except",
                    "finally",
                    "from",
                    "global",
                    "import",
                    "lambda",
                    "nonlocal",
                    "pass",
                    "raise",
                    "return",
                    "try",
                    "while",
                    "with",
                    "yield");

    /** Never throws. A block without an end ends with its line, so that the rest stays readable. */
    public static JinjaText read(String text) {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private final StringBuilder expressions;
        private final List<JinjaBlock> blocks = new ArrayList<>();
        private final List<SyntaxProblem> problems = new ArrayList<>();

        Reader(String text) {
            this.text = text;
            this.expressions = new StringBuilder(text);
        }

        JinjaText read() {
            Matcher opening = OPENING.matcher(text);
            int at = 0;
            while (opening.find(at)) {
                int start = opening.start();
                at =
                        switch (text.charAt(start + 1)) {
                            case '#' -> comment(start);
                            case '%' -> statement(start);
                            default -> block(Kind.VALUE, start).end();
                        };
            }
            return new JinjaText(
                    List.copyOf(blocks), expressions.toString(), List.copyOf(problems));
        }

        private int comment(int start) {
            int end = text.indexOf("#}", start + 2);
            if (end < 0) {
                problem(start, "This comment has no end: close it with #}.");
                return text.length();
            }
            return end + 2;
        }

        private int statement(int start) {
            JinjaBlock block = block(Kind.STATEMENT, start);
            String content = text.substring(block.contentStart(), block.contentEnd());
            if (block.closed() && RAW.matcher(content).matches()) {
                blocks.remove(blocks.size() - 1);
                Matcher end = END_RAW.matcher(text);
                if (end.find(block.end())) {
                    return end.end();
                }
                problem(start, "This raw section has no end: close it with {% endraw %}.");
                return text.length();
            }
            return block.end();
        }

        private void problem(int start, String message) {
            problems.add(new SyntaxProblem(new Span(start, start + 2), message));
        }

        private JinjaBlock block(Kind kind, int start) {
            String close = kind == Kind.VALUE ? "}}" : "%}";
            int contentStart = start + 2;
            if (contentStart < text.length() && isTrim(text.charAt(contentStart))) {
                contentStart++;
            }
            int end = closing(contentStart, close);
            boolean closed = end >= 0;
            if (!closed) {
                problem(
                        start,
                        "This " + text.substring(start, start + 2) + " has no " + close + ".");
                end = recovered(contentStart, close);
            }
            boolean braces = text.startsWith(close, end);
            int contentEnd = Math.max(contentStart, end);
            while (!closed
                    && contentEnd > contentStart
                    && Character.isWhitespace(text.charAt(contentEnd - 1))) {
                contentEnd--; // blanks before the braces are not part of an open string
            }
            if (braces && contentEnd > contentStart && isTrim(text.charAt(contentEnd - 1))) {
                contentEnd--;
            }
            JinjaBlock block =
                    new JinjaBlock(
                            kind,
                            start,
                            braces ? end + 2 : contentEnd,
                            contentStart,
                            contentEnd,
                            closed);
            blocks.add(block);
            adapt(block);
            return block;
        }

        /** Writes a block's expressions as Python has them. */
        private void adapt(JinjaBlock block) {
            for (int i = block.contentStart(); i < block.contentEnd(); i++) {
                char c = text.charAt(i);
                if (c == '\'' || c == '"') {
                    int end = stringEnd(i);
                    i = end < 0 ? block.contentEnd() : end;
                } else if (c == '~') {
                    expressions.setCharAt(i, '+');
                } else if (Character.isJavaIdentifierStart(c)) {
                    int start = i;
                    while (i + 1 < block.contentEnd()
                            && Character.isJavaIdentifierPart(text.charAt(i + 1))) {
                        i++;
                    }
                    if (PYTHON_ONLY.contains(text.substring(start, i + 1))) {
                        expressions.setCharAt(start, '_');
                    }
                }
            }
        }

        private static boolean isTrim(char c) {
            return c == '-' || c == '+';
        }

        /** Where the closing braces stand, strings and brackets minded; -1 when they do not. */
        private int closing(int from, String close) {
            int depth = 0;
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\'' || c == '"') {
                    i = stringEnd(i);
                    if (i < 0) {
                        return -1;
                    }
                } else if (depth <= 0 && text.startsWith(close, i)) {
                    return i;
                } else if (text.startsWith("{%", i) || text.startsWith("{#", i)) {
                    return -1;
                } else if (c == '{') {
                    depth++;
                } else if (c == '}') {
                    depth--;
                }
            }
            return -1;
        }

        /** Offset of the closing quote, or -1. */
        private int stringEnd(int open) {
            char quote = text.charAt(open);
            for (int i = open + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    return i;
                }
            }
            return -1;
        }

        /** The end of unfinished text: closing braces on its line, another opening, or the line. */
        private int recovered(int from, String close) {
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean opening =
                        i > from
                                && c == '{'
                                && OPENING.matcher(text)
                                        .region(i, Math.min(i + 2, text.length()))
                                        .matches();
                if (c == '\n' || c == '\r' || opening || text.startsWith(close, i)) {
                    return i;
                }
            }
            return text.length();
        }
    }
}
