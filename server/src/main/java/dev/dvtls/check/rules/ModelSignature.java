package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.function.Consumer;

/** {@code model} takes {@code dbt} and the session, by position, and nothing else. */
final class ModelSignature implements Rule {
    private static final String WANTED = "Write def model(dbt, session).";

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            for (Stmt.FunctionDef function : python.models()) {
                int headEnd =
                        function.body().isEmpty() ? function.end() : function.body().get(0).start();
                Span head = new Span(function.start(), Math.max(function.start(), headEnd));
                if (!file.isBroken(head)) {
                    check(file, function, found);
                }
            }
        }
    }

    private static void check(
            CheckedFile file, Stmt.FunctionDef function, Consumer<Problem> found) {
        List<Param> all = function.parameters().items();
        List<Param> positional = all.stream().filter(ModelSignature::isPositional).toList();
        if (positional.size() < 2) {
            found.accept(tooFew(file, function, positional).problem());
            return;
        }
        Param first = positional.get(0);
        Param second = positional.get(1);
        if (!first.name().id().equals("dbt")) {
            found.accept(notDbt(file, first, second).problem());
        } else if (!second.name().id().equals("session")) {
            found.accept(otherSession(file, second).problem());
        }
        for (Param extra : all) {
            boolean third = isPositional(extra) && !extra.equals(first) && !extra.equals(second);
            if (third || extra.kind() == Param.Kind.KEYWORD_ONLY) {
                found.accept(extra(file, extra).problem());
            }
        }
    }

    private static boolean isPositional(Param parameter) {
        return parameter.kind() == Param.Kind.NORMAL
                || parameter.kind() == Param.Kind.POSITIONAL_ONLY;
    }

    private static Finding tooFew(
            CheckedFile file, Stmt.FunctionDef function, List<Param> positional) {
        boolean none = positional.isEmpty();
        String message =
                none
                        ? "model() takes no arguments by position; it is called with two: dbt and"
                                + " session."
                        : "model() takes only '"
                                + positional.get(0).name().id()
                                + "' by position; it is called with two arguments: dbt and"
                                + " session.";
        Finding finding =
                Finding.of(file, Code.MODEL_SIGNATURE, function.name().span(), message)
                        .help(WANTED);
        boolean plain = function.parameters().items().size() == positional.size();
        if (none && plain) {
            int open = file.text().indexOf('(', function.name().end());
            return finding.sureFix(
                    "Change to model(dbt, session)", new Span(open + 1, open + 1), "dbt, session");
        }
        if (!plain || !positional.get(0).name().id().equals("dbt")) {
            return finding;
        }
        int end = positional.get(0).end();
        return finding.sureFix("Add the parameter 'session'", new Span(end, end), ", session");
    }

    private static Finding notDbt(CheckedFile file, Param first, Param second) {
        String name = first.name().id();
        boolean swapped = second.name().id().equals("dbt");
        Finding finding =
                Finding.of(
                                file,
                                Code.MODEL_SIGNATURE,
                                first.name().span(),
                                "The first parameter of model() must be called 'dbt'; here it is '"
                                        + name
                                        + "'"
                                        + (swapped ? ", and 'dbt' comes second." : "."))
                        .help(WANTED);
        return swapped
                ? finding.fix(
                        new Fix(
                                        "Swap '" + name + "' and 'dbt'",
                                        List.of(
                                                new Fix.Edit(first.name().span(), "dbt"),
                                                new Fix.Edit(second.name().span(), name)))
                                .asSure())
                : finding;
    }

    private static Finding otherSession(CheckedFile file, Param second) {
        Expr.Name name = second.name();
        return Finding.of(
                        file,
                        Code.SESSION_NAME,
                        name.span(),
                        "The second parameter of model() is called '"
                                + name.id()
                                + "'; the usual name is 'session'.")
                .help("This works as it is. The name 'session' is what readers expect.");
    }

    private static Finding extra(CheckedFile file, Param extra) {
        String how =
                extra.kind() == Param.Kind.KEYWORD_ONLY
                        ? "the keyword-only parameter '"
                        : "another parameter, '";
        int start = file.text().lastIndexOf(',', extra.start());
        Finding finding =
                Finding.of(
                                file,
                                Code.MODEL_SIGNATURE,
                                extra.span(),
                                "model() takes exactly two arguments, dbt and session; it has "
                                        + how
                                        + extra.name().id()
                                        + "'.")
                        .help(WANTED + " Read settings with dbt.config.get() or dbt.var().");
        return extra.kind() == Param.Kind.KEYWORD_ONLY || start < 0
                ? finding
                : finding.fix(
                        "Remove the parameter '" + extra.name().id() + "'",
                        new Span(start, extra.end()),
                        "");
    }
}
