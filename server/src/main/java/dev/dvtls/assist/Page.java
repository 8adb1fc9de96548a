package dev.dvtls.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text for people: as Markdown, and the same plain for editors that show none. */
public record Page(String markdown, String plain) {

    /**
     * A table alone.
     *
     * @param rows as many cells as the header has
     */
    public static Page table(List<String> header, List<List<String>> rows) {
        return new Writer().table(header, rows).page();
    }

    /** Markdown of our own: code, fences and bold words. */
    public static Page ours(String text) {
        return new Writer().ours(text).page();
    }

    /** Somebody's own Markdown, as it is. */
    static Page text(String own) {
        return new Writer().text(own).page();
    }

    public boolean isEmpty() {
        return plain.isEmpty();
    }

    /** Pages one under the other. */
    static Page joined(List<Page> pages) {
        return new Page(
                pages.stream().map(Page::markdown).collect(Collectors.joining("\n\n---\n\n")),
                pages.stream().map(Page::plain).collect(Collectors.joining("\n\n")));
    }

    /** What Markdown would take for marks; an underscore inside of a name is none. */
    private static final Pattern MARKS =
            Pattern.compile("[\\\\`*<>\\[\\]#|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    /** Marks of our Markdown; what is code stays whole. */
    private static final Pattern OURS = Pattern.compile("(?s)```\\w*\\n(.*?)```|`([^`]*)`|\\*\\*");

    private static String withoutMarks(String text) {
        return OURS.matcher(text)
                .replaceAll(
                        mark ->
                                Stream.of(mark.group(1), mark.group(2))
                                        .filter(Objects::nonNull)
                                        .map(Matcher::quoteReplacement)
                                        .findFirst()
                                        .orElse(""))
                .strip();
    }

    /** A piece of a line. */
    record Bit(String markdown, String plain) {}

    static Bit words(String text) {
        String line = text.replaceAll("\\R", " ");
        return new Bit(MARKS.matcher(line).replaceAll("\\\\$0"), line);
    }

    static Bit code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        return new Bit(fence + text + fence, text);
    }

    static Bit strong(String text) {
        return new Bit("**" + words(text).markdown() + "**", text);
    }

    /** Names, each as code. */
    static Bit codes(List<String> names) {
        return new Bit(
                names.stream().map(n -> code(n).markdown()).collect(Collectors.joining(", ")),
                String.join(", ", names));
    }

    /** Puts a page together, block by block. */
    static final class Writer {
        private final List<String> markdown = new ArrayList<>();
        private final List<String> plain = new ArrayList<>();
        private final List<String> markdownLines = new ArrayList<>();
        private final List<String> plainLines = new ArrayList<>();

        /** A line under the one before it. */
        Writer line(Bit... bits) {
            markdownLines.add(Stream.of(bits).map(Bit::markdown).collect(Collectors.joining()));
            plainLines.add(Stream.of(bits).map(Bit::plain).collect(Collectors.joining()));
            return this;
        }

        /** Ends the lines so far: the next ones stand apart. */
        Writer apart() {
            if (!markdownLines.isEmpty()) {
                block(String.join("  \n", markdownLines), String.join("\n", plainLines));
                markdownLines.clear();
                plainLines.clear();
            }
            return this;
        }

        /** Somebody's own Markdown, as it is. */
        Writer text(String own) {
            apart();
            if (!own.isBlank()) {
                block(own.strip(), own.strip());
            }
            return this;
        }

        /** Markdown of our own: code, fences and bold words. */
        Writer ours(String text) {
            apart();
            if (!text.isBlank()) {
                block(text.strip(), withoutMarks(text.strip()));
            }
            return this;
        }

        /**
         * @param rows as many cells as the header has
         */
        Writer table(List<String> header, List<List<String>> rows) {
            apart();
            String rule = header.stream().map(h -> "---").collect(Collectors.joining("|"));
            StringBuilder table = new StringBuilder(row(header)).append("\n|").append(rule);
            table.append("|");
            rows.forEach(row -> table.append("\n").append(row(row)));
            List<List<String>> lines = new ArrayList<>(List.of(header));
            lines.addAll(rows);
            block(table.toString(), aligned(lines));
            return this;
        }

        Page page() {
            apart();
            return new Page(String.join("\n\n", markdown), String.join("\n\n", plain));
        }

        private void block(String asMarkdown, String asPlain) {
            markdown.add(asMarkdown);
            plain.add(asPlain);
        }

        private static String row(List<String> cells) {
            return cells.stream()
                    .map(cell -> cell.replaceAll("\\R", " ").replace("|", "\\|"))
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }

        private static String aligned(List<List<String>> rows) {
            int columns = rows.stream().mapToInt(List::size).max().orElse(0);
            List<StringBuilder> lines = rows.stream().map(row -> new StringBuilder()).toList();
            for (int column = 0; column < columns; column++) {
                int width = lines.stream().mapToInt(StringBuilder::length).max().orElse(0);
                for (int i = 0; i < rows.size(); i++) {
                    StringBuilder line = lines.get(i);
                    line.append(" ".repeat(width - line.length() + 2));
                    line.append(rows.get(i).get(column).replaceAll("\\R", " "));
                }
            }
            return lines.stream()
                    .map(line -> line.toString().stripTrailing())
                    .collect(Collectors.joining("\n"));
        }
    }
}
