package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Comment;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** DVT122 as far as it is certain before the model runs. */
final class ReturnType implements Rule {
    private static final String HELP =
            "Return a pandas DataFrame, polars DataFrame, pyarrow Table, or DuckDB relation.";

    private static final Pattern PLACEHOLDER = Pattern.compile("#\\s*(\\.\\.\\.|…)");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            if (python.models().size() == 1) {
                check(file, python, python.models().get(0), found);
            }
        }
    }

    private static void check(
            CheckedFile file, PythonModel python, Stmt.FunctionDef model, Consumer<Problem> found) {
        Flow flow = Flow.of(model.body());
        if (!flow.yields().isEmpty()) {
            Span span = flow.yields().get(0);
            found.accept(bad(file, span, "is a generator: it has a yield").help(HELP).problem());
            return;
        }
        boolean anyValue = flow.returns().stream().anyMatch(r -> !isNothing(r.value()));
        for (Stmt.Return one : flow.returns()) {
            if (!holdsJinja(python, one.span())) {
                returned(file, model, one, anyValue, found);
            }
        }
        if (!flow.fallsThrough() || !isFinished(file, python, model)) {
            return;
        }
        if (flow.returns().isEmpty()) {
            found.accept(
                    bad(file, model.name().span(), "never returns a value").help(HELP).problem());
        } else if (anyValue) {
            found.accept(
                    bad(file, model.name().span(), "ends without return on some path")
                            .help(HELP)
                            .as(Severity.HINT)
                            .problem());
        }
    }

    /** What stands in the tree for Jinja is not what the user wrote. */
    private static boolean holdsJinja(PythonModel python, Span span) {
        return python.jinja().stream()
                .anyMatch(j -> j.start() < span.end() && span.start() < j.end());
    }

    /**
     * While something in the function cannot be read, its return may be it; and a comment that
     * begins with three dots stands for code to come ({@code # ... your code ...}).
     */
    private static boolean isFinished(
            CheckedFile file, PythonModel python, Stmt.FunctionDef model) {
        int next =
                python.parsed().module().body().stream()
                        .mapToInt(Stmt::start)
                        .filter(start -> start >= model.end())
                        .findFirst()
                        .orElse(Integer.MAX_VALUE);
        return !file.isBroken(model.span())
                && python.parsed().comments().stream()
                        .map(Comment::span)
                        .filter(c -> c.start() > model.start() && c.start() < next)
                        .noneMatch(c -> PLACEHOLDER.matcher(c.of(file.text())).lookingAt());
    }

    private static void returned(
            CheckedFile file,
            Stmt.FunctionDef model,
            Stmt.Return statement,
            boolean anyValue,
            Consumer<Problem> found) {
        Expr value = statement.value();
        if (file.isBroken(statement.span())) {
            return;
        }
        if (isNothing(value)) {
            Span span = value.isPresent() ? value.span() : statement.span();
            Finding finding = bad(file, span, "returns None").help(HELP);
            found.accept((anyValue ? finding.as(Severity.HINT) : finding).problem());
            return;
        }
        String type = literalType(value);
        if (!type.isEmpty()) {
            found.accept(bad(file, value.span(), "returns " + type).help(HELP).problem());
        } else if (isConnection(model, value)) {
            Expr.Attribute method = (Expr.Attribute) ((Expr.Call) value).callee();
            Span name = new Span(method.nameStart(), method.nameStart() + method.name().length());
            found.accept(
                    bad(file, value.span(), "returns a connection: that is what execute() gives")
                            .help("Use sql() instead of execute(): it gives a DuckDB relation.")
                            .fix("Replace with sql()", name, "sql")
                            .problem());
        }
    }

    private static Finding bad(CheckedFile file, Span span, String what) {
        return Finding.of(
                file,
                Code.DVT122,
                span,
                "Bad return type: model() of '" + file.name() + "' " + what + ".");
    }

    private static boolean isNothing(Expr value) {
        return !value.isPresent()
                || (value instanceof Expr.Constant constant
                        && constant.kind() == Expr.Constant.Kind.NONE);
    }

    /** What a literal is, for the message; empty for anything else. */
    private static String literalType(Expr value) {
        if (value instanceof Expr.Str string) {
            return string.isBytes() ? "bytes" : "a string";
        }
        if (value instanceof Expr.FString) {
            return "a string";
        }
        if (value instanceof Expr.Num) {
            return "a number";
        }
        if (value instanceof Expr.Constant) {
            return "a constant";
        }
        if (value instanceof Expr.Tuple) {
            return "a tuple";
        }
        if (value instanceof Expr.ListExpr) {
            return "a list";
        }
        if (value instanceof Expr.Dict) {
            return "a dict";
        }
        if (value instanceof Expr.SetExpr) {
            return "a set";
        }
        if (value instanceof Expr.Comp comp) {
            return switch (comp.kind()) {
                case LIST -> "a list";
                case SET -> "a set";
                case DICT -> "a dict";
                case GENERATOR -> "a generator";
            };
        }
        return value instanceof Expr.Lambda ? "a function" : "";
    }

    /** {@code return session.execute("...")}, with SQL written there. */
    private static boolean isConnection(Stmt.FunctionDef model, Expr value) {
        List<Param> parameters = model.parameters().items();
        return value instanceof Expr.Call call
                && call.closed()
                && call.callee() instanceof Expr.Attribute method
                && method.name().equals("execute")
                && method.value() instanceof Expr.Name session
                && parameters.size() > 1
                && session.id().equals(parameters.get(1).name().id())
                && call.arguments().stream().allMatch(a -> a.kind() == Arg.Kind.POSITIONAL);
    }
}
