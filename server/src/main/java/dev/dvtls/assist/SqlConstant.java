package dev.dvtls.assist;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Parser;
import dev.dvtls.python.Stmt;
import dev.dvtls.sql.SqlNames;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A SQL string of a function as a constant of the module, below the imports. It is moved as it is
 * written, so that its value stays; an f-string with something to fill in cannot be moved.
 */
public final class SqlConstant {
    private static final Pattern ASSIGNED =
            Pattern.compile("^\\s*([A-Za-z_]\\w*)\\s*(?::[^=\"']+)?=\\s*\\(?\\s*$");

    private final String text;
    private final LineIndex lines;
    private final List<Stmt> body;

    private SqlConstant(ModelFile file, PythonModel python) {
        this.text = file.text();
        this.lines = LineIndex.of(text);
        this.body = python.parsed().module().body();
    }

    /**
     * @param selection in the string, or around it
     */
    public static Optional<Fix> of(ModelFile file, Span selection) {
        return file.python()
                .filter(p -> file.problems().isEmpty() && p.jinja().isEmpty())
                .flatMap(
                        python ->
                                python.sqlStrings().stream()
                                        .map(PythonModel.SqlString::literal)
                                        .filter(e -> isMeant(e.span(), selection))
                                        .filter(e -> value(e).isPresent())
                                        .findFirst()
                                        .flatMap(e -> new SqlConstant(file, python).extract(e)));
    }

    private static boolean isMeant(Span literal, Span selection) {
        boolean inside =
                literal.touches(selection.start())
                        && literal.touches(Math.max(selection.start(), selection.end()));
        boolean around = selection.start() <= literal.start() && literal.end() <= selection.end();
        return inside || around;
    }

    /** What the string is at run time; empty where that depends on more than its text. */
    private static Optional<String> value(Expr literal) {
        if (literal instanceof Expr.Str string) {
            return string.isBytes() ? Optional.empty() : Optional.of(string.value());
        }
        boolean plain =
                literal instanceof Expr.FString formatted
                        && !formatted.template()
                        && formatted.parts().stream().allMatch(Expr.Str.class::isInstance);
        return plain
                ? Optional.of(
                        ((Expr.FString) literal)
                                .parts().stream()
                                        .map(part -> ((Expr.Str) part).value())
                                        .collect(Collectors.joining()))
                : Optional.empty();
    }

    private Optional<Fix> extract(Expr literal) {
        Optional<Stmt> around =
                body.stream()
                        .filter(s -> s.start() <= literal.start() && literal.end() <= s.end())
                        .filter(s -> s instanceof Stmt.FunctionDef || s instanceof Stmt.ClassDef)
                        .findFirst();
        if (around.isEmpty()) {
            return Optional.empty(); // it is a constant already
        }
        String name = name(literal);
        return declaration(name, literal)
                .map(
                        declared ->
                                new Fix(
                                        "Extract the SQL to the constant " + name,
                                        List.of(
                                                at(around.get(), declared),
                                                new Fix.Edit(literal.span(), use(literal, name)))))
                .filter(fix -> Parser.parse(fix.applied(text)).problems().isEmpty());
    }

    /** As it is written where that is one statement, else in brackets. */
    private Optional<String> declaration(String name, Expr literal) {
        String written = literal.span().of(text);
        String tidy = written.strip().replaceAll("\\s*\\R\\s*", "\n    ");
        return Stream.of(written, "(\n    " + tidy + "\n)", "(" + written + ")")
                .map(value -> name + " = " + value)
                .filter(declared -> isSame(declared, literal))
                .findFirst()
                .map(declared -> declared.replaceAll("\r?\n", newline()));
    }

    private static boolean isSame(String declared, Expr literal) {
        ParsedFile parsed = Parser.parse(declared + "\n");
        return parsed.problems().isEmpty()
                && parsed.module().body().size() == 1
                && parsed.module().body().get(0) instanceof Stmt.Assign assign
                && value(assign.value()).equals(value(literal));
    }

    /** A word of its own, also in {@code return"..."}. */
    private String use(Expr literal, String name) {
        boolean before =
                literal.start() > 0
                        && Character.isJavaIdentifierPart(text.charAt(literal.start() - 1));
        boolean after =
                literal.end() < text.length()
                        && Character.isJavaIdentifierPart(text.charAt(literal.end()));
        return (before ? " " : "") + name + (after ? " " : "");
    }

    /** After the name that it is assigned to, or the table that it reads; new to the file. */
    private String name(Expr literal) {
        int line = lines.lineStart(lines.line(literal.start()));
        Matcher assigned = ASSIGNED.matcher(text.substring(line, literal.start()));
        String base =
                assigned.matches()
                        ? assigned.group(1)
                        : SqlNames.tables(value(literal).orElse("")).stream()
                                .findFirst()
                                .map(table -> table.name().replaceFirst("^__model__", "") + "_sql")
                                .orElse("sql");
        String plain =
                base.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_").replace("__", "_");
        String name = plain.matches("[A-Z].*") ? plain : "SQL_" + plain.replaceFirst("^_+", "");
        return Stream.concat(
                        Stream.of(name),
                        IntStream.iterate(2, n -> n + 1).mapToObj(n -> name + "_" + n))
                .filter(n -> !Pattern.compile("\\b" + n + "\\b").matcher(text).find())
                .findFirst()
                .orElseThrow();
    }

    /** Below the imports (or the docstring) that stand before a definition; else at the top. */
    private Fix.Edit at(Stmt definition, String declared) {
        String newline = newline();
        Optional<Stmt> above =
                body.stream()
                        .filter(s -> s.end() <= definition.start())
                        .filter(s -> s instanceof Stmt.Import || s instanceof Stmt.ImportFrom)
                        .reduce((first, second) -> second)
                        .or(this::docstring);
        if (above.isEmpty()) {
            int top = top();
            return insert(top, declared + newline.repeat(3));
        }
        int end = lines.lineEnd(lines.line(above.get().end()));
        for (Stmt statement : body) { // another one that begins on that line
            if (statement.start() < end && end < statement.end()) {
                end = lines.lineEnd(lines.line(statement.end()));
            }
        }
        String below = text.substring(end).replaceFirst("^\\R", "");
        boolean crowded = !below.isEmpty() && !below.matches("(?s)[ \\t]*\\R.*");
        boolean defines = below.matches("(?s)(@|def |class |async ).*");
        return insert(
                end, newline.repeat(2) + declared + newline.repeat(crowded ? defines ? 2 : 1 : 0));
    }

    private Optional<Stmt> docstring() {
        return body.stream()
                .limit(1)
                .filter(s -> s instanceof Stmt.ExprStmt e && e.value() instanceof Expr.Str)
                .findFirst();
    }

    /** The line of the first statement, above its comments unless they open the file. */
    private int top() {
        int first =
                body.get(0) instanceof Stmt.FunctionDef function
                        ? start(function, function.decorators())
                        : body.get(0) instanceof Stmt.ClassDef type
                                ? start(type, type.decorators())
                                : body.get(0).start();
        int line = lines.line(first);
        int comment = line;
        while (comment > 0 && lines.lineText(comment - 1).strip().startsWith("#")) {
            comment--;
        }
        int start = lines.lineStart(comment > 0 ? comment : line);
        return text.startsWith("\uFEFF") ? Math.max(1, start) : start;
    }

    private static int start(Stmt statement, List<Expr> decorators) {
        return decorators.stream().mapToInt(Expr::start).min().orElse(statement.start());
    }

    private static Fix.Edit insert(int at, String newText) {
        return new Fix.Edit(new Span(at, at), newText);
    }

    private String newline() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
