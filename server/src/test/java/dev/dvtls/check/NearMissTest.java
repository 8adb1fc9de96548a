package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The silent models of {@link StylesTest}, each with one mistake in it: exactly one problem more. A
 * case is a file and a change to it, as a diff writes it, with carets under the problem:
 *
 * <pre>
 * models/language/one_line.py
 * -def model(dbt, session): return dbt.ref("stg_orders")
 * +def model(dbt, session): return dbt.ref("stg_ordrs")
 *                                           ^^^^^^^^^ error DVT120
 * </pre>
 */
class NearMissTest {
    private static final ProjectManifest RIGHT = ProjectLoader.load(Styles.ROOT);
    private static final List<String> SAID_OF_RIGHT = Styles.problems(RIGHT);
    private static final Pattern CARETS = Pattern.compile("^ +(\\^+) (\\w+ [\\w-]+)$");

    static Stream<Case> misses() {
        return Cases.in("near-misses").stream();
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(misses()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(misses().map(Case::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misses")
    void isSeen(Case one) {
        String[] lines = one.body().stripTrailing().split("\n");
        Path file = Styles.ROOT.resolve(lines[0]);
        String text = Styles.read(file);
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        List<Matcher> marks = new ArrayList<>();
        List<Integer> markedLines = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher carets = CARETS.matcher(lines[i]);
            char kind = lines[i].isEmpty() ? ' ' : lines[i].charAt(0);
            String line = lines[i].isEmpty() ? "" : lines[i].substring(1);
            if (carets.matches()) {
                marks.add(carets);
                markedLines.add((int) after.chars().filter(c -> c == '\n').count() - 1);
            } else {
                (kind == '+' ? new StringBuilder() : before).append(line).append('\n');
                (kind == '-' ? new StringBuilder() : after).append(line).append('\n');
            }
        }
        String old = asIn(text, before.toString());
        assertThat(text.split(Pattern.quote(old), -1)).as("places of the change").hasSize(2);
        int at = text.indexOf(old);
        String broken = text.replace(old, asIn(text, after.toString()));
        int firstLine = LineIndex.of(broken).line(at);

        List<String> said = new ArrayList<>(Styles.problems(RIGHT.withText(file, broken)));
        said.removeAll(SAID_OF_RIGHT);

        assertThat(marks).as("carets").hasSize(1);
        Matcher mark = marks.get(0);
        int line = firstLine + markedLines.get(0) + 1;
        String place = "%d:%d-%d:%d".formatted(line, mark.start(1), line, mark.end(1));
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith(lines[0] + " " + place + " " + mark.group(2) + " ");
    }

    private static String asIn(String text, String part) {
        return text.contains("\r\n") ? part.replace("\n", "\r\n") : part;
    }
}
