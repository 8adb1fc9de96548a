package dev.dvtls.assist.outline;

import dev.dvtls.python.Children;
import dev.dvtls.python.Comment;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Module;
import dev.dvtls.python.Node;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Blocks, brackets, texts, imports, comments and {@code # region}s of Python. */
final class PythonFolds {
    private static final Pattern REGION = Pattern.compile("#\\s*region\\b.*");
    private static final Pattern END_REGION = Pattern.compile("#\\s*endregion\\b.*");

    private final Source source;
    private final String text;
    private final List<Fold> folds = new ArrayList<>();
    private final Map<Integer, Integer> commentStartByEnd = new HashMap<>();

    private PythonFolds(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Fold> of(Source source) {
        return new PythonFolds(source).read(source.parsed());
    }

    private List<Fold> read(ParsedFile parsed) {
        List<Span> comments = parsed.comments().stream().map(Comment::span).toList();
        comments.forEach(c -> commentStartByEnd.put(c.end(), c.start()));
        node(parsed.module());
        for (Span bracket : PythonBrackets.of(text, parsed)) {
            folds.add(new Fold(new Span(bracket.start() + 1, bracket.end() - 1), Fold.Kind.CODE));
        }
        folds.addAll(
                Folds.comments(
                        source,
                        comments.stream().filter(c -> !isRegion(c) && !endsRegion(c)).toList()));
        regions(comments);
        return folds;
    }

    private void node(Node node) {
        for (List<Stmt> suite : Children.suites(node)) {
            if (!(node instanceof Module)) {
                block(suite);
            }
            imports(suite);
        }
        if (node instanceof Expr.Str || node instanceof Expr.FString) {
            string(node);
        }
        boolean documented =
                node instanceof Module
                        || node instanceof Stmt.FunctionDef
                        || node instanceof Stmt.ClassDef;
        Children.of(node).forEach(this::node);
        if (documented) {
            Children.suites(node).forEach(suite -> docstring(suite.get(0)));
        }
    }

    /** From its colon to the end of its last statement; {@code elif} has its own. */
    private void block(List<Stmt> suite) {
        int at = suite.get(0).start();
        while (at > 0) {
            if (commentStartByEnd.containsKey(at)) {
                at = commentStartByEnd.get(at);
            } else if (Character.isWhitespace(text.charAt(at - 1)) || text.charAt(at - 1) == '\\') {
                at--;
            } else {
                break;
            }
        }
        if (at > 0 && text.charAt(at - 1) == ':') {
            int end = Math.max(at, suite.get(suite.size() - 1).end());
            folds.add(new Fold(new Span(at, end), Fold.Kind.CODE));
        }
    }

    private void imports(List<Stmt> suite) {
        int first = -1;
        for (int i = 0; i <= suite.size(); i++) {
            boolean is =
                    i < suite.size()
                            && (suite.get(i) instanceof Stmt.Import
                                    || suite.get(i) instanceof Stmt.ImportFrom);
            if (is && first < 0) {
                first = i;
            } else if (!is && first >= 0) {
                folds.add(
                        fromFirstLine(
                                suite.get(first).start(),
                                suite.get(i - 1).end(),
                                Fold.Kind.IMPORTS));
                first = -1;
            }
        }
    }

    private void docstring(Stmt first) {
        if (first instanceof Stmt.ExprStmt stmt && stmt.value() instanceof Expr.Str str) {
            folds.removeIf(
                    f ->
                            f.kind() == Fold.Kind.CODE
                                    && f.hidden().start() > str.start()
                                    && f.hidden().end() < str.end());
            folds.add(fromFirstLine(str.start(), str.end(), Fold.Kind.COMMENT));
        }
    }

    /** Triple-quoted; pieces that stand side by side are in brackets. */
    private void string(Node string) {
        int end = string.end();
        boolean triple = text.startsWith("\"\"\"", end - 3) || text.startsWith("'''", end - 3);
        if (triple && end - 3 > string.start()) {
            folds.add(fromFirstLine(string.start(), end - 3, Fold.Kind.CODE));
        }
    }

    private Fold fromFirstLine(int start, int end, Fold.Kind kind) {
        int from = source.lines().lineEnd(source.lines().line(start));
        return new Fold(new Span(Math.min(from, end), end), kind);
    }

    private void regions(List<Span> comments) {
        Deque<Span> open = new ArrayDeque<>();
        for (Span comment : comments) {
            if (isRegion(comment)) {
                open.push(comment);
            } else if (endsRegion(comment) && !open.isEmpty()) {
                folds.add(new Fold(new Span(open.pop().end(), comment.end()), Fold.Kind.REGION));
            }
        }
    }

    private boolean isRegion(Span comment) {
        return REGION.matcher(comment.of(text)).matches();
    }

    private boolean endsRegion(Span comment) {
        return END_REGION.matcher(comment.of(text)).matches();
    }
}
