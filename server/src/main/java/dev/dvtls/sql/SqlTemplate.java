package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a {@code .sql} template is laid out, for editors. Never fails.
 *
 * @param blocks its {@code {{ }}} and {@code {% %}}
 * @param sections from {@code {% if %}} to {@code {% endif %}} and the like, in source order;
 *     unfinished ones are left out
 * @param comments {@code {# #}}
 * @param sql of the text around them; offsets are the template's
 */
public record SqlTemplate(
        List<JinjaBlock> blocks, List<Section> sections, List<Span> comments, SqlShape sql) {
    /**
     * A statement with what it encloses.
     *
     * @param opening the {@code {% %}} it begins with
     * @param closing the one it ends with: {@code else} and {@code elif} part a section in two
     * @param named the macro, snapshot or the like that it defines
     */
    public record Section(String tag, Span opening, Span closing, Optional<Named> named) {
        public Span span() {
            return new Span(opening.start(), closing.end());
        }
    }

    /** A name with its place. */
    public record Named(String text, Span span) {}

    private static final Set<String> DEFINES =
            Set.of("macro", "snapshot", "test", "data_test", "materialization", "docs");
    private static final Pattern NAME = Pattern.compile("\\s*\\w+\\s+(\\w+)");
    private static final Pattern COMMENT = Pattern.compile("\\{#(?s:.*?)(?:#\\}|\\z)");

    public static SqlTemplate of(String text) {
        List<JinjaBlock> blocks = JinjaText.read(text).blocks();
        List<Span> comments = comments(text, blocks);
        StringBuilder sql = new StringBuilder(text);
        for (JinjaBlock block : blocks) {
            fill(sql, block.start(), block.end(), block.kind() == JinjaBlock.Kind.VALUE);
        }
        comments.forEach(comment -> fill(sql, comment.start(), comment.end(), false));
        return new SqlTemplate(blocks, sections(text, blocks), comments, SqlShape.of(sql));
    }

    /** A value is a word, the rest is blank. */
    private static void fill(StringBuilder sql, int from, int to, boolean word) {
        for (int i = from; i < to; i++) {
            sql.setCharAt(i, word ? 'j' : ' ');
        }
    }

    private static List<Span> comments(String text, List<JinjaBlock> blocks) {
        List<Span> found = new ArrayList<>();
        Matcher comment = COMMENT.matcher(text);
        int next = 0;
        int at = 0;
        while (comment.find(at)) {
            while (next < blocks.size() && blocks.get(next).end() <= comment.start()) {
                next++;
            }
            boolean inBlock = next < blocks.size() && blocks.get(next).start() < comment.start();
            at = inBlock ? blocks.get(next).end() : comment.end();
            if (!inBlock) {
                found.add(new Span(comment.start(), comment.end()));
            }
        }
        return List.copyOf(found);
    }

    private record Open(String tag, Span block, String content, int contentStart) {}

    private static List<Section> sections(String text, List<JinjaBlock> blocks) {
        List<Section> found = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        for (JinjaBlock block : blocks) {
            if (block.kind() != JinjaBlock.Kind.STATEMENT) {
                continue;
            }
            String tag = JinjaStatement.read(text, block).tag();
            Span span = new Span(block.start(), block.end());
            boolean part = tag.equals("else") || tag.equals("elif");
            if (part || tag.startsWith("end")) {
                Set<String> begins = part ? Set.of("if", "for") : Set.of(tag.substring(3));
                if (open.stream().noneMatch(o -> begins.contains(o.tag()))) {
                    continue;
                }
                while (!begins.contains(open.element().tag())) {
                    open.pop(); // needs no end, or has none
                }
                Open opening = open.pop();
                found.add(section(opening, span));
                if (part) {
                    open.push(new Open(opening.tag(), span, "", span.start()));
                }
            } else {
                String content = text.substring(block.contentStart(), block.contentEnd());
                open.push(new Open(tag, span, content, block.contentStart()));
            }
        }
        found.sort(Comparator.comparingInt(s -> s.opening().start()));
        return List.copyOf(found);
    }

    private static Section section(Open open, Span closing) {
        Matcher name = NAME.matcher(open.content());
        Optional<Named> named =
                DEFINES.contains(open.tag()) && name.lookingAt()
                        ? Optional.of(
                                new Named(
                                        name.group(1),
                                        new Span(
                                                open.contentStart() + name.start(1),
                                                open.contentStart() + name.end(1))))
                        : Optional.empty();
        return new Section(open.tag(), open.block(), closing, named);
    }
}
