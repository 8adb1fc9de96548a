package dev.dvtls.project;

import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads YAML by its lines and their indentation, as far as it goes: for text that somebody is
 * typing, which {@link YamlText} refuses. A word without a colon reads as a key where keys stand, a
 * quote or bracket that is open ends where a line begins that cannot be inside it. Of valid YAML it
 * gives the same keys, lists and scalars, without anchors, merges and most types.
 */
public final class YamlSketch {
    /** Deeper ones are read as text: nobody writes them, and the stack has an end. */
    private static final int DEEPEST = 60;

    private final String text;
    private final List<Line> lines;
    private int line;

    /** Where the next thing on the line begins. */
    private int at;

    private int depth;

    /**
     * A line that is not blank.
     *
     * @param content its first character that is no blank
     * @param end without the line's end
     */
    private record Line(int start, int content, int end) {}

    private YamlSketch(String text) {
        this.text = text;
        this.lines = lines(text);
        if (!lines.isEmpty()) {
            at = lines.get(0).content();
        }
    }

    /** As valid YAML, else as far as it can be read. */
    public static Optional<YamlNode> of(Path file, String text) {
        YamlText.Result result = YamlText.read(file, text);
        return result.problems().isEmpty() ? result.root() : read(text);
    }

    /** Never fails; empty when nothing stands there. */
    public static Optional<YamlNode> read(String text) {
        YamlSketch sketch = new YamlSketch(text);
        List<YamlNode> blocks = new ArrayList<>();
        while (!sketch.ended()) {
            blocks.add(sketch.block(-1));
        }
        if (blocks.size() < 2) {
            return blocks.stream().findFirst();
        }
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (YamlNode block : blocks) {
            if (block instanceof YamlNode.Mapping mapping) {
                entries.addAll(mapping.entries());
            }
        }
        Span all = new Span(blocks.get(0).span().start(), end(blocks.get(blocks.size() - 1)));
        return Optional.of(new YamlNode.Mapping(all, List.copyOf(entries)));
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && "\r\n".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            int content = start;
            while (content < end && isBlank(text.charAt(content))) {
                content++;
            }
            boolean mark =
                    content == start && text.substring(start, end).matches("(---|\\.\\.\\.)\\s*");
            if (content < end && text.charAt(content) != '#' && !mark) {
                lines.add(new Line(start, content, end));
            }
            start = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        return lines;
    }

    private boolean ended() {
        return line >= lines.size();
    }

    private int column() {
        return at - lines.get(line).start();
    }

    private int lineEnd() {
        return lines.get(line).end();
    }

    private void nextLine() {
        line++;
        if (!ended()) {
            at = lines.get(line).content();
        }
    }

    /** To the first line that begins there or later. */
    private void lineFrom(int offset) {
        while (!ended() && lines.get(line).start() < offset) {
            nextLine();
        }
    }

    /**
     * Whatever begins here; ends at the beginning of a line.
     *
     * @param parent column of what it stands under
     */
    private YamlNode block(int parent) {
        depth++;
        try {
            if (depth > DEEPEST) {
                return plain(parent);
            } else if (isDash(at)) {
                return sequence(column(), parent);
            }
            return colon() >= 0 || isKeyBeingTyped() ? mapping(column()) : value(parent);
        } finally {
            depth--;
        }
    }

    /** A word over a line that has a key: no text goes on with one. */
    private boolean isKeyBeingTyped() {
        if (line + 1 >= lines.size() || "[{\"'|>".indexOf(text.charAt(at)) >= 0) {
            return false;
        }
        Line next = lines.get(line + 1);
        return next.content() - next.start() >= column()
                && colon(next.content(), next.end()) >= 0
                && !isDash(next.content());
    }

    private YamlNode mapping(int column) {
        int start = at;
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (!ended() && column() == column && !isDash(at)) {
            int colon = colon();
            int end = colon >= 0 ? colon : plainEnd(at, lineEnd());
            YamlNode.Scalar key = scalar(at, stripped(at, end));
            YamlNode value = under(colon >= 0 ? colon + 1 : lineEnd(), column, true);
            entries.add(new YamlNode.Entry(key, value));
            while (!ended() && column() > column) {
                nextLine(); // nothing explains it
            }
        }
        YamlNode.Entry last = entries.get(entries.size() - 1);
        int end = Math.max(last.key().span().end(), end(last.value()));
        return new YamlNode.Mapping(new Span(start, end), List.copyOf(entries));
    }

    private YamlNode sequence(int column, int parent) {
        int start = at;
        int end = at;
        List<YamlNode> items = new ArrayList<>();
        while (!ended() && column() >= column) {
            if (column() > column) {
                nextLine();
                continue;
            } else if (!isDash(at) && column == parent) {
                break; // the next key of what the list belongs to
            }
            YamlNode item = isDash(at) ? under(at + 1, column, false) : block(column);
            items.add(item);
            end = end(item);
        }
        return new YamlNode.Sequence(new Span(start, Math.max(start, end)), List.copyOf(items));
    }

    /**
     * What stands behind a colon or a dash.
     *
     * @param offset behind it
     * @param isKey of a key, whose list may stand in its own column
     */
    private YamlNode under(int offset, int column, boolean isKey) {
        int start = afterProperties(offset);
        if (start < lineEnd() && !isComment(start)) {
            at = start;
            return isKey ? value(column) : block(column);
        }
        int nothing = Math.min(offset, text.length());
        nextLine();
        if (!ended() && column() > column) {
            return block(column);
        } else if (!ended() && isKey && column() == column && isDash(at)) {
            return sequence(column, column);
        }
        return new YamlNode.Scalar(new Span(nothing, nothing), "", YamlNull.NULL);
    }

    /** Past blanks, anchors and tags. */
    private int afterProperties(int offset) {
        int i = offset;
        while (i < lineEnd()) {
            char c = text.charAt(i);
            if (c == '&' || c == '!') {
                while (i < lineEnd() && !isBlank(text.charAt(i))) {
                    i++;
                }
            } else if (isBlank(c)) {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    private YamlNode value(int parent) {
        char first = text.charAt(at);
        if (text.substring(at, lineEnd()).matches("[|>][-+0-9]*\\s*(#.*)?")) {
            int start = at;
            int end = lineEnd();
            nextLine();
            while (!ended() && column() > parent) {
                end = lineEnd();
                nextLine();
            }
            String written = text.substring(start, end);
            int newline = written.indexOf('\n');
            String content = newline < 0 ? "" : written.substring(newline + 1).stripIndent();
            return new YamlNode.Scalar(new Span(start, end), content, content);
        } else if (first == '"' || first == '\'' || isFlow(text, at)) {
            YamlFlow flow = new YamlFlow(text, at, limit(parent));
            YamlNode value = flow.node();
            lineFrom(Math.max(flow.at(), lineEnd()));
            return value;
        }
        return plain(parent);
    }

    static boolean isFlow(String text, int offset) {
        return text.startsWith("[", offset)
                || (text.startsWith("{", offset)
                        && !text.startsWith("{{", offset)
                        && !text.startsWith("{%", offset));
    }

    /** Where a line begins that can be no part of a value of this line. */
    private int limit(int parent) {
        for (Line next : lines.subList(line + 1, lines.size())) {
            if (next.content() - next.start() <= parent
                    && "]}".indexOf(text.charAt(next.content())) < 0) {
                return next.start();
            }
        }
        return text.length();
    }

    private YamlNode plain(int parent) {
        int start = at;
        int end = plainEnd(at, lineEnd());
        nextLine();
        while (!ended() && column() > parent) {
            end = plainEnd(at, lineEnd());
            nextLine();
        }
        return scalar(start, end);
    }

    /** Without a comment and the blanks before it. */
    private int plainEnd(int from, int to) {
        int end = from;
        while (end < to && !isComment(end)) {
            end++;
        }
        return stripped(from, end);
    }

    private int stripped(int from, int to) {
        int end = to;
        while (end > from && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean isComment(int offset) {
        return text.charAt(offset) == '#' && (offset == 0 || isBlank(text.charAt(offset - 1)));
    }

    private boolean isDash(int offset) {
        return text.charAt(offset) == '-'
                && (offset + 1 >= text.length() || Character.isWhitespace(text.charAt(offset + 1)));
    }

    private int colon() {
        return colon(at, lineEnd());
    }

    /** The colon of the key that a piece of a line begins with; -1 when it has none. */
    private int colon(int from, int to) {
        char first = text.charAt(from);
        if ("[{#|>".indexOf(first) >= 0) {
            return -1;
        }
        int i = from;
        if (first == '"' || first == '\'') {
            i = text.indexOf(first, from + 1) + 1;
            if (i == 0 || i > to || !text.substring(i, to).matches("\\s*:(\\s.*)?")) {
                return -1;
            }
        }
        while (i < to && !isComment(i)) {
            if (text.charAt(i) == ':' && (i + 1 == to || isBlank(text.charAt(i + 1)))) {
                return i;
            }
            i++;
        }
        return -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private YamlNode.Scalar scalar(int start, int end) {
        return scalar(text, new Span(start, Math.max(start, end)));
    }

    /** A scalar as it is written, with or without quotes. */
    static YamlNode.Scalar scalar(String text, Span span) {
        String written = span.of(text);
        char quote = written.isEmpty() ? ' ' : written.charAt(0);
        if (quote == '"' || quote == '\'') {
            boolean closed = written.length() > 1 && written.charAt(written.length() - 1) == quote;
            String inside = written.substring(1, written.length() - (closed ? 1 : 0));
            String plain =
                    quote == '"'
                            ? inside.replace("\\\"", "\"").replace("\\\\", "\\")
                            : inside.replace("''", "'");
            return new YamlNode.Scalar(span, plain, plain);
        }
        return new YamlNode.Scalar(
                span,
                written,
                switch (written) {
                    case "", "~", "null" -> YamlNull.NULL;
                    case "true" -> true;
                    case "false" -> false;
                    default -> number(written);
                });
    }

    private static Object number(String written) {
        if (written.matches("-?(0|[1-9][0-9]{0,17})")) {
            return Long.valueOf(written);
        }
        return written.matches("-?[0-9]{1,17}\\.[0-9]{1,17}")
                ? (Object) Double.valueOf(written)
                : written;
    }

    private static int end(YamlNode node) {
        return node.span().end();
    }
}
