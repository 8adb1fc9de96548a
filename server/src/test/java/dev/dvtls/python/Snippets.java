package dev.dvtls.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The pieces of Python in {@code snippets.txt}. */
final class Snippets {
    /**
     * @param accepted whether CPython 3.14 parses the text
     */
    record Snippet(boolean accepted, String text) {
        @Override
        public String toString() {
            return (accepted ? "+ " : "- ") + text;
        }
    }

    private static final Pattern ESCAPE = Pattern.compile("\\\\(n|t|\\\\|u\\{([0-9a-f]+)\\})");

    private Snippets() {}

    static List<Snippet> all() {
        try {
            return Files.readAllLines(Path.of("src/test/resources/python/snippets.txt")).stream()
                    .filter(line -> !line.startsWith("#") && !line.isEmpty())
                    .map(line -> new Snippet(line.startsWith("+"), unescape(line.substring(2))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescape(String line) {
        return ESCAPE.matcher(line)
                .replaceAll(
                        m ->
                                java.util.regex.Matcher.quoteReplacement(
                                        switch (m.group(1)) {
                                            case "n" -> "\n";
                                            case "t" -> "\t";
                                            case "\\" -> "\\";
                                            default ->
                                                    Character.toString(
                                                            Integer.parseInt(m.group(2), 16));
                                        }));
    }
}
