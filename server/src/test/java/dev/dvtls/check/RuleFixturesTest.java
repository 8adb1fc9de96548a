package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules on fixtures. Under a line, carets mark the range of a problem, then its severity (where
 * none stands: the code's own), its code and a part of its message:
 *
 * <pre>
 *     return dbt.ref("stg_ordrs")
 *                     ^^^^^^^^^ error DVT120 Did you mean 'stg_orders'?
 *     = fix: Replace with 'stg_orders'
 *     = also: models/b.py:2:5+5 the first one is here
 * </pre>
 *
 * These lines are taken out before the file is written. Every problem of every file must be
 * expected, with its fixes and related places; every fix must make its problem go, and the syntax
 * no worse. All of it holds with either end of lines.
 */
class RuleFixturesTest {
    private static final Pattern EXPECTED =
            Pattern.compile(
                    "^\\s*(\\^+) (?:(error|warning|information|hint) )?([a-zA-Z][\\w-]*)(?:"
                            + " (.*))?$");
    private static final Pattern BESIDE = Pattern.compile("^\\s*= (fix|also): (.*)$");

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
            String file,
            int line,
            int column,
            int width,
            String severity,
            String code,
            String text) {
        String place() {
            String at = file + ":" + line + ":" + column + "+" + width;
            return at + " " + severity + " " + code;
        }
    }

    /** What the marks of a fixture say. */
    private record Marks(List<Expected> problems, List<String> titles, List<String> related) {
        Marks() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    static Stream<Case> rules() {
        return Cases.in("rules").stream();
    }

    static Stream<Arguments> rulesWithEitherEnd() {
        return rules().flatMap(one -> Stream.of("LF", "CRLF").map(end -> arguments(one, end)));
    }

    static Stream<Case> silent() {
        return Cases.in("silent").stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rulesWithEitherEnd")
    void reports(Case one, String end) {
        Marks marks = new Marks();
        String text = clean(one.body(), marks);
        Workspace workspace =
                workspace(end.equals("CRLF") ? text.replaceAll("\r?\n", "\r\n") : text);
        List<Problem> problems = problems(workspace.manifest(), workspace);
        assertThat(problems.stream().map(p -> shown(p, workspace)))
                .containsExactlyInAnyOrderElementsOf(
                        marks.problems().stream().map(Expected::place).toList());
        for (Expected wanted : marks.problems()) {
            assertThat(
                            problems.stream()
                                    .filter(p -> shown(p, workspace).equals(wanted.place()))
                                    .map(p -> p.message() + " " + p.help()))
                    .as(wanted.place())
                    .anySatisfy(m -> assertThat(m).contains(wanted.text()));
        }
        assertThat(problems.stream().flatMap(p -> p.fixes().stream()).map(Fix::title))
                .containsExactlyInAnyOrderElementsOf(marks.titles());
        assertThat(
                        problems.stream()
                                .flatMap(p -> p.related().stream())
                                .map(r -> place(r.file(), r.span(), workspace) + " " + r.message()))
                .containsExactlyInAnyOrderElementsOf(marks.related());
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
                                .map(p -> shown(p, workspace) + " " + p.message()))
                .isEmpty();
    }

    @Test
    void everyCodeIsShown() {
        Set<String> shown = new java.util.TreeSet<>();
        rules().forEach(
                        one -> {
                            Marks marks = new Marks();
                            clean(one.body(), marks);
                            marks.problems().forEach(e -> shown.add(e.code()));
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

    private static String clean(String body, Marks marks) {
        StringBuilder text = new StringBuilder();
        String file = "";
        int line = 0;
        for (String each : body.split("(?<=\n)")) {
            String bare = each.stripTrailing();
            Matcher mark = EXPECTED.matcher(bare);
            Matcher beside = BESIDE.matcher(bare);
            if (mark.matches()) {
                String code = mark.group(3);
                marks.problems()
                        .add(
                                new Expected(
                                        file,
                                        line,
                                        mark.start(1) + 1,
                                        mark.group(1).length(),
                                        Optional.ofNullable(mark.group(2))
                                                .orElseGet(() -> severityOf(code)),
                                        code,
                                        Optional.ofNullable(mark.group(4)).orElse("")));
            } else if (beside.matches()) {
                (beside.group(1).equals("fix") ? marks.titles() : marks.related())
                        .add(beside.group(2));
            } else {
                boolean header = each.startsWith("//- ");
                file = header ? each.substring(4).strip() : file;
                line = header ? 0 : line + 1;
                text.append(each);
            }
        }
        return Cases.decoded(text.toString());
    }

    private static String severityOf(String code) {
        return Code.of(code).map(Code::severity).map(RuleFixturesTest::word).orElseThrow();
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Problem problem, Workspace workspace) {
        return place(problem.file(), problem.span(), workspace)
                + " "
                + word(problem.severity())
                + " "
                + problem.code().id();
    }

    /** In code points, so that a caret under a line stands where the problem does. */
    private static String place(Path path, Span span, Workspace workspace) {
        String file = workspace.root().relativize(path).toString().replace('\\', '/');
        String text = workspace.text(file);
        LineIndex lines = LineIndex.of(text);
        int line = lines.line(span.start());
        int start = span.start();
        int end = Math.max(start, Math.min(span.end(), lines.lineEnd(line)));
        int width = Math.max(1, text.codePointCount(start, end));
        int column = text.codePointCount(lines.lineStart(line), start);
        return file + ":" + (line + 1) + ":" + (column + 1) + "+" + width;
    }

    private static void mends(Workspace workspace, Problem problem, Fix fix, List<Problem> before) {
        Path file = problem.file();
        String relative = workspace.root().relativize(file).toString();
        String text = workspace.text(relative);
        workspace.write(relative, fix.applied(text));
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
