package dev.dvtls.assist.outline;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What can be folded in a file. */
public final class Folds {
    /** A fold as whole lines, from 0; the first one stays visible. */
    public record Lines(int first, int last, Fold.Kind kind) {}

    private static final Pattern CLOSING = Pattern.compile("[\\s)\\]}]*");

    private Folds() {}

    /** In source order. */
    public static List<Fold> of(Source source) {
        List<Fold> folds =
                switch (source.language()) {
                    case PYTHON -> PythonFolds.of(source);
                    case SQL -> SqlFolds.of(source);
                    case YAML -> YamlFolds.of(source);
                    case OTHER -> List.<Fold>of();
                };
        LineIndex lines = source.lines();
        return folds.stream()
                .filter(f -> lines.line(f.hidden().start()) < lines.line(f.hidden().end()))
                .distinct()
                .sorted(
                        Comparator.comparingInt((Fold f) -> f.hidden().start())
                                .thenComparing(f -> -f.hidden().end()))
                .toList();
    }

    /**
     * For editors that fold whole lines: one a line at most. A line on which only what closes the
     * fold and what comes after it stands ({@code ).df()}) stays visible.
     */
    public static List<Lines> lines(Source source) {
        Map<Integer, Lines> byLine = new TreeMap<>();
        for (Fold fold : of(source)) {
            int first = source.lines().line(fold.hidden().start());
            int last = source.lines().line(fold.hidden().end());
            int end = fold.hidden().end();
            Span before = new Span(source.lines().lineStart(last), end);
            Span after = new Span(end, Math.max(end, source.lines().lineEnd(last)));
            if (CLOSING.matcher(before.of(source.text())).matches()
                    && !after.of(source.text()).isBlank()) {
                last--;
            }
            if (last > first) {
                byLine.merge(
                        first,
                        new Lines(first, last, fold.kind()),
                        (a, b) -> b.last() > a.last() ? b : a);
            }
        }
        return List.copyOf(byLine.values());
    }

    /** Runs of comments on neighbouring lines, each alone on its line. */
    static List<Fold> comments(Source source, List<Span> comments) {
        LineIndex lines = source.lines();
        List<Fold> folds = new ArrayList<>();
        int runStart = -1;
        int runLine = -1;
        int runEnd = -1;
        for (Span comment : comments) {
            int line = lines.line(comment.start());
            boolean alone =
                    new Span(lines.lineStart(line), comment.start()).of(source.text()).isBlank();
            if (alone && runStart >= 0 && line == runLine + 1) {
                runEnd = comment.end();
            } else {
                if (runStart >= 0) {
                    folds.add(comment(lines, runStart, runEnd));
                }
                runStart = alone ? comment.start() : -1;
                runEnd = comment.end();
            }
            runLine = lines.line(comment.end());
        }
        if (runStart >= 0) {
            folds.add(comment(lines, runStart, runEnd));
        }
        return folds;
    }

    private static Fold comment(LineIndex lines, int start, int end) {
        int from = lines.lineEnd(lines.line(start));
        return new Fold(new Span(Math.min(from, end), end), Fold.Kind.COMMENT);
    }
}
