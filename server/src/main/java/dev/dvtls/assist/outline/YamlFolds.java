package dev.dvtls.assist.outline;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** YAML folds by its indentation, so that broken text folds as well. */
final class YamlFolds {
    private record Open(int depth, int line) {}

    private YamlFolds() {}

    static List<Fold> of(Source source) {
        LineIndex lines = source.lines();
        List<Fold> folds = new ArrayList<>();
        List<Span> comments = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        int last = -1; // line that says something
        for (int line = 0; line < lines.lineCount(); line++) {
            String content = lines.lineText(line);
            String said = content.strip();
            int indent = content.length() - content.stripLeading().length();
            if (said.startsWith("#")) {
                int start = lines.lineStart(line) + indent;
                comments.add(new Span(start, lines.lineEnd(line)));
            } else if (!said.isEmpty()) {
                // An item of a list may stand right below its key.
                boolean item = said.equals("-") || said.startsWith("- ");
                int depth = 2 * indent + (item ? 1 : 0);
                close(lines, open, depth, last, folds);
                open.push(new Open(depth, line));
                last = line;
            }
        }
        close(lines, open, -1, last, folds);
        folds.addAll(Folds.comments(source, comments));
        return folds;
    }

    private static void close(
            LineIndex lines, Deque<Open> open, int depth, int last, List<Fold> folds) {
        while (!open.isEmpty() && open.element().depth() >= depth) {
            int first = open.pop().line();
            if (last > first) {
                folds.add(
                        new Fold(
                                new Span(lines.lineEnd(first), lines.lineEnd(last)),
                                Fold.Kind.CODE));
            }
        }
    }
}
