package dev.dvtls.manifest.reading;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds Jinja where Python code would stand. A brace and a percent sign begin nothing in Python;
 * two braces begin a set or dict inside a set, which cannot be hashed: taken for Jinja when a name
 * or a string follows and no comma or colon says otherwise.
 */
final class JinjaInCode {
    private final String text;
    private final List<Span> skipped;

    private JinjaInCode(String text, List<Span> skipped) {
        this.text = text;
        this.skipped = skipped;
    }

    static boolean isPossible(String text) {
        return text.contains("{{") || text.contains("{%");
    }

    /**
     * @param skipped strings and comments, by their start
     */
    static List<Span> find(String text, List<Span> skipped) {
        return new JinjaInCode(text, skipped).find();
    }

    private List<Span> find() {
        List<Span> found = new ArrayList<>();
        int next = 0;
        int i = 0;
        while (i < text.length() - 1) {
            while (next < skipped.size() && skipped.get(next).end() <= i) {
                next++;
            }
            if (next < skipped.size() && skipped.get(next).start() <= i) {
                i = skipped.get(next).end();
            } else if (text.charAt(i) != '{') {
                i++;
            } else {
                int end = text.charAt(i + 1) == '%' ? tag(i) : expression(i);
                if (end > i) {
                    found.add(new Span(i, end));
                    i = end;
                } else {
                    i++;
                }
            }
        }
        return found;
    }

    /** The end of a tag that begins here: at the end of the line when it is not closed. */
    private int tag(int start) {
        int close = text.indexOf("%}", start + 2);
        return close >= 0 ? close + 2 : lineEnd(start);
    }

    /** The end of an expression in double braces that begins here, or its start when it is none. */
    private int expression(int start) {
        if (text.charAt(start + 1) != '{') {
            return start;
        }
        int content = start + 2;
        if (content < text.length() && "-+".indexOf(text.charAt(content)) >= 0) {
            content++;
        }
        while (content < text.length() && Character.isWhitespace(text.charAt(content))) {
            content++;
        }
        if (content >= text.length() || !begins(text.charAt(content))) {
            return start;
        }
        return closing(content, start);
    }

    private static boolean begins(char c) {
        return Character.isJavaIdentifierStart(c) || c == '"' || c == '\'';
    }

    private int closing(int content, int none) {
        int depth = 0;
        for (int i = content; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int end = text.indexOf(c, i + 1);
                if (end < 0) {
                    return none;
                }
                i = end;
            } else if (depth == 0 && text.startsWith("}}", i)) {
                return i + 2;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                if (--depth < 0) {
                    return none;
                }
            } else if (depth == 0 && (c == ',' || c == ':')) {
                return none;
            }
        }
        return none;
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    /** The text with each Jinja part replaced by Python of the same length that means nothing. */
    static String masked(String text, List<Span> jinja) {
        StringBuilder all = new StringBuilder(text);
        for (Span span : jinja) {
            boolean expression = text.charAt(span.start() + 1) == '{';
            for (int i = span.start(); i < span.end(); i++) {
                all.setCharAt(i, ' ');
            }
            if (expression) {
                all.setCharAt(span.start(), '0');
            }
        }
        return all.toString();
    }
}
