package dev.dvtls.cli;

import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The problems for people: place, code and message, the line with its range underlined, help. */
final class CheckText {
    private final Path here;
    private final boolean colour;
    private final Function<Path, String> texts;

    CheckText(Path here, boolean colour, Function<Path, String> texts) {
        this.here = here;
        this.colour = colour;
        this.texts = texts;
    }

    /**
     * @param files how many were checked
     */
    String of(List<Located> located, int files) {
        StringBuilder out = new StringBuilder();
        for (Located one : located) {
            append(out, one);
        }
        return out.append(summary(located, files)).append(System.lineSeparator()).toString();
    }

    private void append(StringBuilder out, Located located) {
        Problem problem = located.problem();
        Located.Place place = located.place();
        String severity = problem.severity().name().toLowerCase(Locale.ROOT);
        line(
                out,
                paint("1", Located.shown(problem.file(), here))
                        + ":"
                        + place.line()
                        + ":"
                        + place.column()
                        + ": "
                        + paint(
                                colourOf(problem.severity()),
                                severity + "[" + problem.code().id() + "]")
                        + ": "
                        + problem.message());
        String number = String.valueOf(place.line());
        String gutter = " ".repeat(number.length());
        String source = located.lines().lineText(place.line() - 1);
        if (!source.isBlank()) {
            SourceLine shown = SourceLine.of(source, place.column() - 1, endColumn(located));
            line(out, paint("34", gutter + " |"));
            line(out, paint("34", number + " |") + " " + shown.text());
            line(
                    out,
                    paint("34", gutter + " |")
                            + " "
                            + " ".repeat(shown.before())
                            + paint(colourOf(problem.severity()), "^".repeat(shown.width())));
        }
        notes(out, problem, gutter);
        line(out, "");
    }

    private void notes(StringBuilder out, Problem problem, String gutter) {
        for (Problem.Related related : problem.related()) {
            LineIndex lines = LineIndex.of(texts.apply(related.file()));
            Located.Place place = Located.Place.of(related.span(), lines);
            note(
                    out,
                    gutter,
                    "note",
                    Located.shown(related.file(), here)
                            + ":"
                            + place.line()
                            + ":"
                            + place.column()
                            + ": "
                            + related.message());
        }
        if (!problem.help().isEmpty()) {
            note(out, gutter, "help", problem.help());
        }
        for (Fix fix : problem.fixes()) {
            note(out, gutter, "fix", fix.title());
        }
    }

    private void note(StringBuilder out, String gutter, String kind, String text) {
        line(out, paint("34", gutter + " =") + " " + paint("1", kind) + ": " + text);
    }

    /** On the first line of the problem; a range over several lines goes to its end. */
    private static int endColumn(Located located) {
        Located.Place place = located.place();
        return place.endLine() == place.line() ? place.endColumn() - 1 : Integer.MAX_VALUE;
    }

    private String summary(List<Located> located, int files) {
        String checked = files + (files == 1 ? " file" : " files") + " checked";
        if (located.isEmpty()) {
            return paint("32", "All checks passed") + ": " + checked + ".";
        }
        long errors = count(located, Severity.ERROR);
        long warnings = count(located, Severity.WARNING);
        long others = located.size() - errors - warnings;
        List<String> found = new ArrayList<>();
        add(found, errors, "error");
        add(found, warnings, "warning");
        add(found, others, "hint");
        long places = located.stream().map(l -> l.problem().file()).distinct().count();
        return "Found "
                + String.join(" and ", found)
                + " in "
                + places
                + (places == 1 ? " file; " : " files; ")
                + checked
                + ".";
    }

    private static long count(List<Located> located, Severity severity) {
        return located.stream().filter(l -> l.problem().severity() == severity).count();
    }

    private static void add(List<String> found, long count, String word) {
        if (count > 0) {
            found.add(count + " " + word + (count == 1 ? "" : "s"));
        }
    }

    private static String colourOf(Severity severity) {
        return switch (severity) {
            case ERROR -> "1;31";
            case WARNING -> "1;33";
            case INFORMATION, HINT -> "1;36";
        };
    }

    private String paint(String code, String text) {
        return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append(System.lineSeparator());
    }
}
