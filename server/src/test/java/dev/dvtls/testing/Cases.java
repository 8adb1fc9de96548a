package dev.dvtls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads fixture files of many cases, each beginning with {@code === name}. {@code <BOM>} and {@code
 * <NUL>} stand for the characters that a text file cannot show.
 */
public final class Cases {
    /**
     * @param body without the header line
     */
    public record Case(String file, String name, String body) {
        @Override
        public String toString() {
            return file + ": " + name;
        }
    }

    private static final Path RESOURCES = Path.of("src/test/resources");

    private Cases() {}

    public static Path folder(String name) {
        return RESOURCES.resolve(name);
    }

    /** Every case of every {@code .txt} file of a folder of the test resources. */
    public static List<Case> in(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(f -> f.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(f -> read(f).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> read(Path file) {
        try {
            List<Case> cases = new ArrayList<>();
            String text = Files.readString(file);
            for (String part : text.split("(?m)^=== ")) {
                int line = part.indexOf('\n');
                if (line > 0 && !part.startsWith("#")) {
                    cases.add(
                            new Case(
                                    file.getFileName().toString(),
                                    part.substring(0, line).strip(),
                                    part.substring(line + 1)));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The part of a body after a {@code --- name} line, up to the next; empty when there is none.
     */
    public static String section(String body, String name) {
        String mark = "--- " + name + "\n";
        int at = body.indexOf(mark);
        if (at < 0) {
            return "";
        }
        int from = at + mark.length();
        int to = body.indexOf("\n--- ", from - 1);
        return to < 0 ? body.substring(from) : body.substring(from, to + 1);
    }

    /** What stands before the first {@code --- name} line. */
    public static String before(String body) {
        int to = body.startsWith("--- ") ? 0 : body.indexOf("\n--- ") + 1;
        return to == 0 && !body.startsWith("--- ") ? body : body.substring(0, to);
    }

    /** With the characters that the notation stands for. */
    public static String decoded(String text) {
        return text.replace("<BOM>", "\uFEFF").replace("<NUL>", "\0");
    }
}
