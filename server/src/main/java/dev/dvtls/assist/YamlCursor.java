package dev.dvtls.assist;

import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlNode.Mapping;
import dev.dvtls.project.YamlNode.Scalar;
import dev.dvtls.project.YamlNode.Sequence;
import dev.dvtls.project.YamlSketch;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What surrounds a cursor in YAML, finished or not: the word at the cursor, if only an empty one.
 *
 * @param keys from the outermost to the one that the word belongs to; of a key, those around it
 * @param around mappings that the word is in, outermost first
 * @param lists likewise lists
 * @param word the word at the cursor
 * @param isKey it is a key
 * @param isItem it is an item of a list
 * @param content its place without quotes
 */
record YamlCursor(
        List<String> keys,
        List<Mapping> around,
        List<Sequence> lists,
        Scalar word,
        boolean isKey,
        boolean isItem,
        Span content) {

    /** Stands at the cursor while the text is read, so that there is a word; nobody types it. */
    private static final char MARK = '\uE000';

    /** Empty in comments, and where no word can be. */
    static Optional<YamlCursor> at(String text, int offset) {
        String marked = text.substring(0, offset) + MARK + text.substring(offset);
        return YamlSketch.read(marked)
                .flatMap(
                        root -> new Search(text, offset).in(root, List.of(), List.of(), List.of()));
    }

    /** Which scalar has the mark. */
    private record Search(String text, int offset) {
        Optional<YamlCursor> in(
                YamlNode node, List<String> keys, List<Mapping> around, List<Sequence> lists) {
            if (node instanceof Mapping mapping) {
                List<Mapping> inside = with(around, mapping);
                for (YamlNode.Entry entry : mapping.entries()) {
                    if (holds(entry.key())) {
                        return Optional.of(found(entry.key(), keys, inside, lists, true, false));
                    } else if (holds(entry.value())) {
                        return in(entry.value(), with(keys, entry.key().text()), inside, lists);
                    }
                }
            } else if (node instanceof Sequence sequence) {
                List<Sequence> inside = with(lists, sequence);
                for (YamlNode item : sequence.items()) {
                    if (holds(item)) {
                        return item instanceof Scalar scalar
                                ? Optional.of(found(scalar, keys, around, inside, false, true))
                                : in(item, keys, around, inside);
                    }
                }
            } else if (holds(node)) {
                return Optional.of(found((Scalar) node, keys, around, lists, false, false));
            }
            return Optional.empty();
        }

        private boolean holds(YamlNode node) {
            return node.span().start() <= offset && offset < node.span().end();
        }

        private YamlCursor found(
                Scalar scalar,
                List<String> keys,
                List<Mapping> around,
                List<Sequence> lists,
                boolean isKey,
                boolean isItem) {
            int start = scalar.span().start();
            int end = scalar.span().end() - 1; // without the mark
            boolean quoted = start < offset && "\"'".indexOf(text.charAt(start)) >= 0;
            boolean closed =
                    quoted && end - 1 >= offset && text.charAt(end - 1) == text.charAt(start);
            return new YamlCursor(
                    keys,
                    around,
                    lists,
                    scalar,
                    isKey,
                    isItem,
                    new Span(quoted ? start + 1 : start, closed ? end - 1 : end));
        }
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return List.copyOf(all);
    }

    /** The mapping that the word is directly in. */
    Optional<Mapping> mapping() {
        return around.isEmpty() ? Optional.empty() : Optional.of(around.get(around.size() - 1));
    }

    /** The text beside a key of the same mapping. */
    Optional<String> beside(String key) {
        return mapping().flatMap(m -> m.get(key)).flatMap(YamlNode::string);
    }

    /** Names of the mappings around, outermost first; of a source, of its table. */
    List<String> names() {
        return around.stream()
                .flatMap(m -> m.get("name").flatMap(YamlNode::string).stream())
                .toList();
    }

    /** The quote that the word begins with; empty when it has none. */
    Optional<Character> quote(String text) {
        return content.start() > word.span().start()
                ? Optional.of(text.charAt(word.span().start()))
                : Optional.empty();
    }

    /** True inside brackets, where commas part. */
    boolean inFlow(String text) {
        return java.util.stream.Stream.concat(around.stream(), lists.stream())
                .anyMatch(n -> YamlCursor.isFlow(text, n.span().start()));
    }

    private static boolean isFlow(String text, int start) {
        return text.startsWith("[", start) || text.startsWith("{", start);
    }

    /** True when the word is the first thing on its line. */
    boolean beginsItsLine(String text) {
        int start = word.span().start();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        return start == 0 || text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r';
    }

    /** True for text over several lines, with {@code |} or {@code >}. */
    boolean isBlockText(String text) {
        return text.startsWith("|", word.span().start())
                || text.startsWith(">", word.span().start());
    }

    /** The names that the other entries of the list around have. */
    List<String> namesBeside() {
        if (lists.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (YamlNode item : lists.get(lists.size() - 1).items()) {
            if (!mapping().equals(Optional.of(item))) {
                item.at("name").flatMap(YamlNode::string).ifPresent(names::add);
            }
        }
        return List.copyOf(names);
    }
}
