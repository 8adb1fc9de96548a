package dev.dvtls.assist.outline;

import dev.dvtls.python.Children;
import dev.dvtls.python.Comment;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Node;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Pairs of brackets in Python, outside texts and comments. */
final class PythonBrackets {
    private static final String OPEN = "([{";
    private static final String CLOSE = ")]}";

    private PythonBrackets() {}

    /** From the opening to past the closing one, in source order; without an end they are none. */
    static List<Span> of(String text, ParsedFile parsed) {
        List<Span> passedOver = new ArrayList<>();
        strings(parsed.module(), passedOver);
        parsed.comments().stream().map(Comment::span).forEach(passedOver::add);
        passedOver.sort(Comparator.comparingInt(Span::start));
        List<Span> found = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            while (next < passedOver.size() && passedOver.get(next).end() <= i) {
                next++;
            }
            if (next < passedOver.size() && passedOver.get(next).start() <= i) {
                i = passedOver.get(next).end() - 1;
                continue;
            }
            char c = text.charAt(i);
            if (OPEN.indexOf(c) >= 0) {
                open.push(i);
            } else if (CLOSE.indexOf(c) >= 0) {
                close(text, open, i, found);
            }
        }
        found.sort(Comparator.comparingInt(Span::start));
        return found;
    }

    /** What was opened since the bracket's partner has no end. */
    private static void close(String text, Deque<Integer> open, int at, List<Span> found) {
        char partner = OPEN.charAt(CLOSE.indexOf(text.charAt(at)));
        if (open.stream().anyMatch(o -> text.charAt(o) == partner)) {
            while (text.charAt(open.element()) != partner) {
                open.pop();
            }
            found.add(new Span(open.pop(), at + 1));
        }
    }

    /** Joined literals have gaps, but no brackets of code in them. */
    private static void strings(Node node, List<Span> found) {
        if (node instanceof Expr.Str || node instanceof Expr.FString) {
            found.add(node.span());
        } else {
            Children.of(node).forEach(child -> strings(child, found));
        }
    }
}
