package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.SureFixes;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment that silences a problem where it stands. */
public final class Silence {
    private static final Pattern LIST =
            Pattern.compile("dvt:\\s*ignore\\s*\\[([^\\]\\r\\n]*)", Pattern.CASE_INSENSITIVE);

    private Silence() {}

    /**
     * Empty where no comment can do it, as in the middle of a string.
     *
     * @param check what is wrong with the file when it has a text: each way is tried out
     */
    public static Optional<Fix> of(
            ModelFile file, Problem problem, Function<String, List<Problem>> check) {
        if (problem.code() == Code.SYNTAX_ERROR || problem.code() == Code.PROJECT_ERROR) {
            return Optional.empty();
        }
        String text = file.text();
        List<Problem> before = check.apply(text);
        String title = "Silence " + problem.code().id() + " on this line";
        return edits(file, problem).stream()
                .map(edit -> new Fix(title, List.of(edit)))
                .filter(fix -> SureFixes.isBetter(before, check.apply(fix.applied(text))))
                .findFirst();
    }

    /** On its line, behind the string that it stands in, on a line of its own above. */
    private static List<Fix.Edit> edits(ModelFile file, Problem problem) {
        LineIndex lines = LineIndex.of(file.text());
        int line = lines.line(problem.span().start());
        boolean python = file.python().isPresent();
        String comment = (python ? "# " : "-- ") + "dvt: ignore[" + problem.code().id() + "]";
        List<Fix.Edit> edits = new ArrayList<>();
        edits.add(atEnd(lines, line, problem.code(), comment));
        for (PythonModel.SqlString sql :
                file.python().map(PythonModel::sqlStrings).orElse(List.of())) {
            if (sql.literal().span().touches(problem.span().start())) {
                int last = lines.line(sql.literal().span().end());
                edits.add(atEnd(lines, last, problem.code(), comment));
            }
        }
        int start = lines.lineStart(line);
        String own = lines.lineText(line);
        String indent = own.substring(0, own.length() - own.stripLeading().length());
        edits.add(new Fix.Edit(new Span(start, start), indent + comment + "\n"));
        return edits;
    }

    private static Fix.Edit atEnd(LineIndex lines, int line, Code code, String comment) {
        Matcher list = LIST.matcher(lines.lineText(line));
        if (list.find() && !list.group(1).isBlank()) {
            int at = lines.lineStart(line) + list.end(1);
            return new Fix.Edit(new Span(at, at), ", " + code.id());
        }
        int end = lines.lineEnd(line);
        String own = lines.lineText(line);
        int start = lines.lineStart(line) + own.stripTrailing().length();
        return new Fix.Edit(new Span(start, end), (own.isBlank() ? "" : "  ") + comment);
    }
}
