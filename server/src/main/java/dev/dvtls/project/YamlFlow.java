package dev.dvtls.project;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/** What {@link YamlSketch} finds in quotes and brackets, closed or not. */
final class YamlFlow {
    private static final int DEEPEST = 60;

    private final String text;
    private final int limit;
    private final int lastClosed;
    private int at;
    private int depth;

    /**
     * @param limit where it has ended, closed or not
     */
    YamlFlow(String text, int at, int limit) {
        this.text = text;
        this.at = at;
        this.limit = limit;
        this.lastClosed = at + text.substring(at, limit).lastIndexOf("}}");
    }

    /** Past what was read. */
    int at() {
        return at;
    }

    YamlNode node() {
        char c = text.charAt(at);
        if (YamlSketch.isFlow(text, at) && depth < DEEPEST) {
            depth++;
            YamlNode node = c == '[' ? sequence() : mapping();
            depth--;
            return node;
        }
        return c == '"' || c == '\'' ? quoted(c) : plain();
    }

    private YamlNode sequence() {
        int start = at++;
        List<YamlNode> items = new ArrayList<>();
        while (goesOn(']')) {
            YamlNode item = node();
            blanks();
            if (at < limit && text.charAt(at) == ':' && item instanceof YamlNode.Scalar key) {
                YamlNode.Entry pair = new YamlNode.Entry(key, value());
                int end = Math.max(key.span().end(), pair.value().span().end());
                Span span = new Span(key.span().start(), end);
                item = new YamlNode.Mapping(span, List.of(pair));
            }
            items.add(item);
        }
        return new YamlNode.Sequence(new Span(start, at), List.copyOf(items));
    }

    private YamlNode mapping() {
        int start = at++;
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (goesOn('}')) {
            char c = text.charAt(at);
            YamlNode.Scalar key = c == '"' || c == '\'' ? quoted(c) : plain();
            blanks();
            entries.add(
                    new YamlNode.Entry(
                            key,
                            at < limit && text.charAt(at) == ':'
                                    ? value()
                                    : nothing(key.span().end())));
        }
        return new YamlNode.Mapping(new Span(start, at), List.copyOf(entries));
    }

    /** To the next item, or past the end. */
    private boolean goesOn(char close) {
        while (true) {
            blanks();
            if (at >= limit) {
                return false;
            }
            char c = text.charAt(at);
            if (c == close) {
                at++;
                return false;
            } else if (c != ',' && c != ']' && c != '}' && c != ':') {
                return true;
            }
            at++;
        }
    }

    private YamlNode value() {
        int colon = at++;
        blanks();
        boolean none = at >= limit || ",]}".indexOf(text.charAt(at)) >= 0;
        return none ? nothing(colon + 1) : node();
    }

    private static YamlNode.Scalar nothing(int offset) {
        return new YamlNode.Scalar(new Span(offset, offset), "", YamlNull.NULL);
    }

    private void blanks() {
        while (at < limit) {
            char c = text.charAt(at);
            if (c == '#' && Character.isWhitespace(text.charAt(at - 1))) {
                at = lineEnd();
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private int lineEnd() {
        int end = at;
        while (end < limit && "\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private YamlNode.Scalar quoted(char quote) {
        int start = at;
        int i = at + 1;
        while (i < limit && (text.charAt(i) != quote || isTwice(quote, i))) {
            i += isTwice(quote, i) || (quote == '"' && text.charAt(i) == '\\') ? 2 : 1;
        }
        boolean closed = i < limit;
        at = closed ? i + 1 : lineEnd(); // one that is open ends with its line
        return YamlSketch.scalar(text, new Span(start, closed ? at : stripped(start)));
    }

    /** A quote in single quotes is written twice. */
    private boolean isTwice(char quote, int offset) {
        return quote == '\'' && offset + 1 < limit && text.startsWith("''", offset);
    }

    /** Commas in a call's brackets are its own: {@code source('a', 'b')}. */
    private YamlNode.Scalar plain() {
        int start = at;
        int brackets = 0;
        while (at < limit && "\r\n".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (at < lastClosed && text.startsWith("{{", at)) {
                at = Math.min(text.indexOf("}}", at) + 2, limit);
                continue;
            }
            boolean over = ",[]{}".indexOf(c) >= 0 || (c == ':' && isColon(at));
            if (at > start && over && (brackets == 0 || "]}".indexOf(c) >= 0)) {
                break;
            } else if (c == '#' && Character.isWhitespace(text.charAt(at - 1))) {
                break;
            }
            brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return YamlSketch.scalar(text, new Span(start, stripped(start)));
    }

    /** Where what was read ends, without blanks. */
    private int stripped(int start) {
        int end = at;
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean isColon(int offset) {
        return offset + 1 >= limit || " \t\r\n,[]{}".indexOf(text.charAt(offset + 1)) >= 0;
    }
}
