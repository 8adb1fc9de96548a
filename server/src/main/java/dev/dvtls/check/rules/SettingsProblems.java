package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.project.FileProblem;
import dev.dvtls.project.SettingsFile;
import dev.dvtls.project.SettingsFile.Entry;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.LineIndex.Position;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** bad-setting: keys and values of {@code dvt.toml} that mean nothing. */
public final class SettingsProblems {
    private SettingsProblems() {}

    /**
     * @param text of the file, to place syntax errors in
     * @param severities what may stand behind a code
     */
    public static List<Problem> check(SettingsFile file, String text, List<String> severities) {
        List<Problem> problems = new ArrayList<>();
        for (FileProblem problem : file.problems()) {
            problems.add(
                    Finding.of(
                                    file.file(),
                                    Code.BAD_SETTING,
                                    place(problem, text),
                                    problem.message())
                            .help("Correct it: what stands after it may not be read.")
                            .problem());
        }
        for (Entry entry : file.others()) {
            problems.add(
                    wrong(
                            file,
                            entry.keySpan(),
                            entry.key(),
                            "There is no setting '" + entry.key() + "'.",
                            List.of("rules"),
                            "Severities stand in a table [rules]."));
        }
        for (Entry entry : file.rules()) {
            rule(file, entry, severities).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> rule(SettingsFile file, Entry entry, List<String> severities) {
        if (Code.of(entry.key()).isEmpty()) {
            return Optional.of(
                    wrong(
                            file,
                            entry.keySpan(),
                            entry.key(),
                            "There is no rule '" + entry.key() + "'.",
                            Code.nearest(entry.key()),
                            "docs/rules/README.md lists all codes."));
        }
        if (entry.value().filter(severities::contains).isPresent()) {
            return Optional.empty();
        }
        Span span = entry.valueSpan().length() > 0 ? entry.valueSpan() : entry.keySpan();
        String help = "A rule is one of " + String.join(", ", severities) + ".";
        if (entry.value().isEmpty()) {
            return Optional.of(
                    Finding.of(
                                    file.file(),
                                    Code.BAD_SETTING,
                                    span,
                                    "The severity of " + entry.key() + " must be a string.")
                            .help(help)
                            .problem());
        }
        String value = entry.value().get();
        boolean quoted = entry.valueSpan().length() == value.length() + 2;
        Span inside =
                quoted
                        ? new Span(entry.valueSpan().start() + 1, entry.valueSpan().end() - 1)
                        : span;
        return Optional.of(
                wrong(
                        file,
                        inside,
                        value,
                        "There is no severity '" + value + "'.",
                        Nearest.of(value, severities),
                        help));
    }

    private static Problem wrong(
            SettingsFile file,
            Span span,
            String written,
            String message,
            List<String> known,
            String help) {
        List<String> near = Nearest.of(written, known);
        Finding finding =
                Finding.of(
                                file.file(),
                                Code.BAD_SETTING,
                                span,
                                message + References.didYouMean(near))
                        .help(help);
        boolean plain = span.length() == written.length();
        return (plain ? finding.replacements(span, near) : finding).problem();
    }

    private static Span place(FileProblem problem, String text) {
        LineIndex lines = LineIndex.of(text);
        int line = Math.min(Math.max(problem.line() - 1, 0), lines.lineCount() - 1);
        int start =
                lines.offset(
                        new Position(line, Math.max(problem.column() - 1, 0)), Encoding.UTF_32);
        return new Span(start, Math.max(start, lines.lineEnd(line)));
    }
}
