package dev.dvtls.check;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes out problems that comments silence, and reports comments that silence nothing. */
final class Ignores {
    /** Whether these are found depends on more than the project's texts: on a run, a machine. */
    private static final Set<Code> COME_AND_GO =
            EnumSet.of(
                    Code.DVT122,
                    Code.DVT123,
                    Code.DVT124,
                    Code.DVT125,
                    Code.DVT126,
                    Code.UPSTREAM_MISSING,
                    Code.EXTRACT_FAILED,
                    Code.COMPILE_FAILED,
                    Code.SQL_FAILED,
                    Code.LOAD_FAILED,
                    Code.RUN_FAILED,
                    Code.MISSING_MODULE,
                    Code.DEPRECATED_REF,
                    Code.UNREFERENCED_TABLE,
                    Code.SQL_SYNTAX,
                    Code.UNKNOWN_COLUMN);

    private final Path file;
    private final String text;
    private final LineIndex lines;
    private final List<IgnoreComment> comments;
    private final List<Span> strings;

    private Ignores(Path file, String text, List<IgnoreComment> comments, List<Span> strings) {
        this.file = file;
        this.text = text;
        this.lines = LineIndex.of(text);
        this.comments = comments;
        this.strings = strings;
    }

    static List<Problem> applied(List<Problem> problems, ModelFile file) {
        List<IgnoreComment> comments = IgnoreComment.in(file);
        return comments.isEmpty()
                ? problems
                : new Ignores(file.path(), file.text(), comments, strings(file))
                        .applied(problems, file.problems().isEmpty());
    }

    /** For a YAML or TOML file. */
    static List<Problem> applied(List<Problem> problems, Path file, String text) {
        List<IgnoreComment> comments = IgnoreComment.inYaml(text);
        return comments.isEmpty()
                ? problems
                : new Ignores(file, text, comments, List.of()).applied(problems, true);
    }

    private static List<Span> strings(ModelFile file) {
        return file.python().map(PythonModel::sqlStrings).orElse(List.of()).stream()
                .map(s -> s.literal().span())
                .toList();
    }

    /**
     * @param whole the file could be read: else a comment may be for what stands in the broken part
     */
    private List<Problem> applied(List<Problem> problems, boolean whole) {
        Set<Span> used = new HashSet<>();
        List<Problem> left = new ArrayList<>();
        for (Problem problem : problems) {
            if (!isSilenced(problem, used)) {
                left.add(problem);
            }
        }
        if (whole) {
            for (IgnoreComment comment : comments) {
                unused(comment, used).filter(p -> !isFileSilenced(p)).ifPresent(left::add);
            }
        }
        return List.copyOf(left);
    }

    private boolean isSilenced(Problem problem, Set<Span> used) {
        List<Integer> at = lines(problem);
        boolean silenced = false;
        for (IgnoreComment comment : comments) {
            if (comment.covers(problem.code(), at)) {
                silenced = true;
                used.add(comment.span());
                comment.codes().stream()
                        .filter(c -> c.text().equalsIgnoreCase(problem.code().id()))
                        .forEach(c -> used.add(c.span()));
            }
        }
        return silenced;
    }

    private boolean isFileSilenced(Problem problem) {
        return comments.stream()
                .anyMatch(c -> c.wholeFile() && !c.codes().isEmpty() && c.names(problem.code()));
    }

    /**
     * Where it begins; inside a SQL string of several lines also where that begins and ends, as no
     * Python comment can stand in between.
     */
    private List<Integer> lines(Problem problem) {
        List<Integer> at = new ArrayList<>();
        at.add(lines.line(problem.span().start()));
        for (Span string : strings) {
            if (string.touches(problem.span().start())) {
                at.add(lines.line(string.start()));
                at.add(lines.line(string.end()));
            }
        }
        return at;
    }

    private Optional<Problem> unused(IgnoreComment comment, Set<Span> used) {
        if (comment.codes().isEmpty()) {
            return used.contains(comment.span())
                    ? Optional.empty()
                    : Optional.of(
                            problem(
                                    comment.span(),
                                    "This comment silences nothing.",
                                    "Remove it.",
                                    without(comment)));
        }
        List<IgnoreComment.Name> idle =
                comment.codes().stream().filter(c -> isIdle(c, used)).toList();
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        List<IgnoreComment.Name> rest = new ArrayList<>(comment.codes());
        rest.removeAll(idle);
        IgnoreComment.Name first = idle.get(0);
        boolean known = Code.of(first.text()).isPresent();
        List<String> nearest = known ? List.of() : Code.nearest(first.text());
        String message =
                known
                        ? "There is no " + first.text() + " here to silence."
                        : "There is no rule '"
                                + first.text()
                                + "'."
                                + (nearest.isEmpty()
                                        ? ""
                                        : " Did you mean '" + nearest.get(0) + "'?");
        return Optional.of(
                problem(
                        rest.isEmpty() ? comment.span() : first.span(),
                        message,
                        rest.isEmpty() ? "Remove the comment." : "Remove the code.",
                        rest.isEmpty() ? without(comment) : only(comment, rest)));
    }

    private static boolean isIdle(IgnoreComment.Name name, Set<Span> used) {
        return !used.contains(name.span())
                && Code.of(name.text()).filter(COME_AND_GO::contains).isEmpty();
    }

    private Problem problem(Span span, String message, String help, Fix fix) {
        return new Problem(
                file,
                span,
                Code.UNUSED_IGNORE,
                Code.UNUSED_IGNORE.severity(),
                message,
                help,
                List.of(fix),
                List.of());
    }

    private static Fix only(IgnoreComment comment, List<IgnoreComment.Name> rest) {
        int start = comment.codes().get(0).span().start();
        int end = comment.codes().get(comment.codes().size() - 1).span().end();
        String codes =
                rest.stream().map(IgnoreComment.Name::text).collect(Collectors.joining(", "));
        return new Fix(
                "Remove the code that silences nothing",
                List.of(new Fix.Edit(new Span(start, end), codes)));
    }

    /** With the blanks before it, and the line when nothing else stands on it. */
    private Fix without(IgnoreComment comment) {
        int start = comment.span().start();
        int end = comment.span().end();
        int line = comment.line();
        boolean last = text.substring(end, lines.lineEnd(line)).isBlank();
        if (comment.alone() && last && line + 1 < lines.lineCount()) {
            start = lines.lineStart(line);
            end = lines.lineStart(line + 1);
        } else if (last) {
            while (start > lines.lineStart(line)
                    && Character.isWhitespace(text.charAt(start - 1))) {
                start--;
            }
        }
        return new Fix(
                "Remove the comment that silences nothing",
                List.of(new Fix.Edit(new Span(start, end), "")));
    }
}
