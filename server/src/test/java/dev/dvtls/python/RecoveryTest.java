package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cli.SyntaxFacts;
import dev.dvtls.text.LineIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Broken text: what is reported, and what the tree still holds. The cases are in {@code
 * recovery.txt}; {@code -Ddvtls.fixtures=write} writes what is seen now into it, to be read before
 * it is committed.
 */
class RecoveryTest {
    private static final Path FILE = Path.of("src/test/resources/python/recovery.txt");
    private static final String TITLE = "=== ";
    private static final String EXPECTED = "---";

    private record Case(String title, String source, String expected) {}

    @Test
    void brokenTextKeepsTheRestAsItWas() throws IOException {
        List<Case> cases = read();
        assertThat(cases).hasSizeGreaterThan(25);
        if ("write".equals(System.getProperty("dvtls.fixtures"))) {
            write(cases);
        }
        for (Case c : cases) {
            assertThat(describe(c.source())).as(c.title()).isEqualTo(c.expected());
        }
    }

    private static List<Case> read() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String part : Files.readString(FILE).split("(?m)^" + TITLE)) {
            if (part.isBlank()) {
                continue;
            }
            String[] pieces = part.split("(?m)^" + EXPECTED + "\n", -1);
            int line = pieces[0].indexOf('\n');
            cases.add(
                    new Case(
                            pieces[0].substring(0, line),
                            pieces[0].substring(line + 1),
                            pieces.length > 1 ? pieces[1] : ""));
        }
        return cases;
    }

    private static void write(List<Case> cases) throws IOException {
        StringBuilder out = new StringBuilder();
        for (Case c : cases) {
            out.append(TITLE).append(c.title()).append('\n').append(c.source());
            out.append(EXPECTED).append('\n').append(describe(c.source()));
        }
        Files.writeString(FILE, out);
    }

    /** Problems, then facts. A source that ends in a backslash-less {@code $} has no line end. */
    private static String describe(String source) {
        String text = source.endsWith("$\n") ? source.substring(0, source.length() - 2) : source;
        ParsedFile parsed = Parser.parse(text);
        LineIndex lines = LineIndex.of(text);
        StringBuilder out = new StringBuilder();
        for (SyntaxProblem problem : parsed.problems()) {
            out.append("problem ").append(place(lines, problem.span().start()));
            out.append('-').append(place(lines, problem.span().end()));
            out.append(' ').append(problem.message()).append('\n');
        }
        SyntaxFacts.of(text, parsed).forEach(fact -> out.append(fact).append('\n'));
        return out.toString();
    }

    private static String place(LineIndex lines, int offset) {
        LineIndex.Position at = lines.position(offset, LineIndex.Encoding.UTF_32);
        return (at.line() + 1) + ":" + at.column();
    }
}
