package dev.dvtls.cli;

import java.util.ArrayList;
import java.util.List;

/** Two texts as {@code diff -u} and {@code git apply} write it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /**
     * @param mark ' ', '-' or '+'
     */
    private record Line(char mark, String text) {}

    private UnifiedDiff() {}

    /** Empty when the texts are the same. */
    static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = compared(lines(before), lines(after));
        StringBuilder out = new StringBuilder();
        out.append("--- a/").append(name).append('\n').append("+++ b/").append(name).append('\n');
        int at = 0;
        while (at < lines.size()) {
            int first = next(lines, at);
            if (first == lines.size()) {
                break;
            }
            int last = first;
            for (int i = next(lines, first + 1);
                    i < lines.size() && i - last <= 2 * CONTEXT + 1;
                    i = next(lines, i + 1)) {
                last = i;
            }
            int from = Math.max(at, first - CONTEXT);
            int to = Math.min(lines.size(), last + CONTEXT + 1);
            hunk(out, lines, from, to);
            at = to;
        }
        return out.toString();
    }

    private static int next(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(StringBuilder out, List<Line> lines, int from, int to) {
        out.append("@@ -")
                .append(range(lines, '+', from, to))
                .append(" +")
                .append(range(lines, '-', from, to))
                .append(" @@\n");
        for (Line line : lines.subList(from, to)) {
            out.append(line.mark()).append(line.text());
            if (!line.text().endsWith("\n")) {
                out.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /**
     * @param other the mark of the lines that the counted text does not have
     */
    private static String range(List<Line> lines, char other, int from, int to) {
        long before = lines.subList(0, from).stream().filter(l -> l.mark() != other).count();
        long count = lines.subList(from, to).stream().filter(l -> l.mark() != other).count();
        return (count == 0 ? before : before + 1) + "," + count;
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    /** The common start and end aside, by the longest common subsequence. */
    private static List<Line> compared(List<String> a, List<String> b) {
        int start = 0;
        while (start < a.size() && start < b.size() && a.get(start).equals(b.get(start))) {
            start++;
        }
        int end = 0;
        while (end < a.size() - start
                && end < b.size() - start
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, start).forEach(l -> lines.add(new Line(' ', l)));
        middle(a.subList(start, a.size() - end), b.subList(start, b.size() - end), lines);
        a.subList(a.size() - end, a.size()).forEach(l -> lines.add(new Line(' ', l)));
        return lines;
    }

    private static void middle(List<String> a, List<String> b, List<Line> lines) {
        int[][] longest = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        a.get(i).equals(b.get(j))
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i++)));
                j++;
            } else if (i < a.size() && (j == b.size() || longest[i + 1][j] >= longest[i][j + 1])) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
    }
}
