package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.LineIndex;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules on fixtures. Under a line, carets mark the range of a problem, then its code and a part
 * of its message:
 *
 * <pre>
 *     return dbt.ref("stg_ordrs")
 *                     ^^^^^^^^^ DVT120 Did you mean 'stg_orders'?
 *     = fix: Replace with 'stg_orders'
 * </pre>
 *
 * These lines are taken out before the file is written. Every problem of every file must be
 * expected; every fix must make its problem go, and the syntax no worse.
 */
class RuleFixturesTest {
    private static final Pattern EXPECTED =
            Pattern.compile("^\\s*(\\^+) ([a-zA-Z][\\w-]*)(?: (.*))?$");
    private static final Pattern FIX = Pattern.compile("^\\s*= fix: (.*)$");

    /** These come from a run, or need more than the project's texts: another test has them. */
    private static final Set<Code> AT_RUN_TIME =
            EnumSet.of(
                    Code.DVT123,
                    Code.DVT124,
                    Code.DVT126,
                    Code.UPSTREAM_MISSING,
                    Code.EXTRACT_FAILED,
                    Code.LOAD_FAILED,
                    Code.COMPILE_FAILED,
                    Code.SQL_FAILED,
                    Code.RUN_FAILED);

    /** The real one, which no variable of this machine leads elsewhere. */
    private static final LocalOutside OUTSIDE =
            LocalOutside.waiting(Optional.empty(), new Machine(Map.of(), "linux", "amd64"));

    private record Expected(
            String file, int line, int column, int width, String code, String text) {
        String place() {
            return file + ":" + line + ":" + column + "+" + width + " " + code;
        }
    }

    static Stream<Case> rules() {
        return Cases.in("rules").stream();
    }

    static Stream<Case> silent() {
        return Cases.in("silent").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void reports(Case one) {
        List<Expected> expected = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        Workspace workspace = workspace(clean(one.body(), expected, titles));
        List<Problem> problems = problems(workspace.manifest(), workspace);
        assertThat(problems.stream().map(p -> place(p, workspace)))
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(Expected::place).toList());
        for (Expected wanted : expected) {
            assertThat(
                            problems.stream()
                                    .filter(p -> place(p, workspace).equals(wanted.place()))
                                    .map(p -> p.message() + " " + p.help()))
                    .as(wanted.place())
                    .anySatisfy(m -> assertThat(m).contains(wanted.text()));
        }
        assertThat(problems.stream().flatMap(p -> p.fixes().stream()).map(Fix::title))
                .containsExactlyInAnyOrderElementsOf(titles);
        for (Problem problem : problems) {
            problem.fixes().forEach(fix -> mends(workspace, problem, fix, problems));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void saysNothing(Case one) {
        Workspace workspace = workspace(Cases.decoded(one.body()));
        ProjectManifest manifest = workspace.manifest();
        assertThat(manifest.files()).isNotEmpty();
        assertThat(
                        problems(manifest, workspace).stream()
                                // of use to those who run dbt as well; never an alarm
                                .filter(p -> p.code() != Code.LOST_REF)
                                .map(p -> place(p, workspace) + " " + p.message()))
                .isEmpty();
    }

    @Test
    void everyCodeIsShown() {
        Set<String> shown = new java.util.TreeSet<>();
        rules().forEach(
                        one -> {
                            List<Expected> expected = new ArrayList<>();
                            clean(one.body(), expected, new ArrayList<>());
                            expected.forEach(e -> shown.add(e.code()));
                        });
        List<String> codes =
                Stream.of(Code.values())
                        .filter(c -> !AT_RUN_TIME.contains(c))
                        .map(Code::id)
                        .toList();
        assertThat(shown).containsAll(codes);
    }

    @Test
    void thereIsAGoodNumberOfSilentOnes() {
        assertThat(silent().count()).isGreaterThanOrEqualTo(20);
    }

    /** An interpreter must look like a program to be found; it is never started. */
    private static Workspace workspace(String fixture) {
        Workspace workspace = Workspace.of(fixture);
        File python = workspace.path(".venv/bin/python").toFile();
        assertThat(!python.exists() || python.setExecutable(true)).isTrue();
        return workspace;
    }

    private static List<Problem> problems(ProjectManifest manifest, Workspace workspace) {
        return Checker.checkAll(
                manifest,
                f -> Optional.of(workspace.text(workspace.root().relativize(f).toString())),
                OUTSIDE);
    }

    private static String clean(String body, List<Expected> expected, List<String> titles) {
        StringBuilder text = new StringBuilder();
        String file = "";
        int line = 0;
        for (String each : body.split("(?<=\n)")) {
            String bare = each.stripTrailing();
            Matcher mark = EXPECTED.matcher(bare);
            Matcher fix = FIX.matcher(bare);
            if (mark.matches()) {
                String code = mark.group(2);
                String part = mark.group(3) == null ? "" : mark.group(3);
                expected.add(
                        new Expected(
                                file, line, mark.start(1) + 1, mark.group(1).length(), code, part));
            } else if (fix.matches()) {
                titles.add(fix.group(1));
            } else {
                boolean header = each.startsWith("//- ");
                file = header ? each.substring(4).strip() : file;
                line = header ? 0 : line + 1;
                text.append(each);
            }
        }
        return Cases.decoded(text.toString());
    }

    /** In code points, so that a caret under a line stands where the problem does. */
    private static String place(Problem problem, Workspace workspace) {
        String file = workspace.root().relativize(problem.file()).toString().replace('\\', '/');
        String text = workspace.text(file);
        LineIndex lines = LineIndex.of(text);
        int line = lines.line(problem.span().start());
        int start = problem.span().start();
        int end = Math.max(start, Math.min(problem.span().end(), lines.lineEnd(line)));
        int width = Math.max(1, text.codePointCount(start, end));
        int column = text.codePointCount(lines.lineStart(line), start);
        return file
                + ":"
                + (line + 1)
                + ":"
                + (column + 1)
                + "+"
                + width
                + " "
                + problem.code().id();
    }

    private static void mends(Workspace workspace, Problem problem, Fix fix, List<Problem> before) {
        Path file = problem.file();
        String relative = workspace.root().relativize(file).toString();
        String text = workspace.text(relative);
        workspace.write(relative, Shown.applied(text, fix));
        List<Problem> after = problems(workspace.manifest(), workspace);
        workspace.write(relative, text);
        Comparator<Problem> same =
                Comparator.comparing(Problem::code).thenComparing(Problem::message);
        assertThat(count(after, problem, same))
                .as("%s mends %s", fix.title(), problem.message())
                .isLessThan(count(before, problem, same));
        assertThat(after.stream().filter(p -> p.code() == Code.SYNTAX_ERROR).count())
                .as("syntax errors after %s", fix.title())
                .isLessThanOrEqualTo(
                        before.stream().filter(p -> p.code() == Code.SYNTAX_ERROR).count());
    }

    private static long count(List<Problem> problems, Problem like, Comparator<Problem> same) {
        return problems.stream()
                .filter(p -> p.file().equals(like.file()) && same.compare(p, like) == 0)
                .count();
    }
}
