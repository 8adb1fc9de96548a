package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** unreferenced-table: {@code __model__x} in SQL, without a {@code dbt.ref("x")}, not cached. */
final class UnreferencedTable implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            Set<String> called = new HashSet<>();
            for (Reference reference : file.model().references()) {
                if (reference.origin() == Origin.CALL) {
                    id(file, reference).ifPresent(called::add);
                }
            }
            for (Reference reference : file.model().references()) {
                boolean sql =
                        reference.origin() == Origin.SESSION_SQL
                                && reference.target() instanceof ModelTarget;
                if (sql
                        && file.manifest().resolve(reference.target())
                                instanceof Manifest.Found node
                        && !called.contains(node.node().uniqueId())
                        && file.outside()
                                .isCached(file.manifest(), node.node())
                                .filter(cached -> !cached)
                                .isPresent()) {
                    called.add(node.node().uniqueId()); // once is enough
                    found.accept(unreferenced(file, python, reference).problem());
                }
            }
        }
    }

    private static Optional<String> id(CheckedFile file, Reference reference) {
        return file.manifest().resolve(reference.target()) instanceof Manifest.Found found
                ? Optional.of(found.node().uniqueId())
                : Optional.empty();
    }

    private static Finding unreferenced(CheckedFile file, PythonModel python, Reference reference) {
        String name = ((ModelTarget) reference.target()).name();
        Finding finding =
                Finding.of(
                                file,
                                Code.UNREFERENCED_TABLE,
                                References.last(reference),
                                "Only this SQL names the model '"
                                        + name
                                        + "', and it is not cached yet: DVT's own command line"
                                        + " would not find the table.")
                        .help("dvt-ls brings it. For DVT as well, call dbt.ref(\"" + name + "\").");
        return python.models().stream()
                .findFirst()
                .flatMap(model -> fix(file, model, name))
                .map(finding::fix)
                .orElse(finding);
    }

    /** A line at the top of the function, below its docstring. */
    private static Optional<Fix> fix(CheckedFile file, Stmt.FunctionDef model, String name) {
        boolean known =
                model.parameters().items().stream()
                        .findFirst()
                        .map(Param::name)
                        .filter(n -> n.id().equals("dbt"))
                        .isPresent();
        Optional<Stmt> first = model.body().stream().filter(s -> !isDocstring(s)).findFirst();
        if (!known || first.isEmpty()) {
            return Optional.empty();
        }
        int at = first.get().start();
        String indent = Statements.indent(file.text(), at);
        String newline = file.text().contains("\r\n") ? "\r\n" : "\n";
        String call = "dbt.ref(\"" + name + "\")";
        return indent.isBlank()
                ? Optional.of(
                        new Fix(
                                "Add " + call,
                                List.of(new Fix.Edit(new Span(at, at), call + newline + indent))))
                : Optional.empty();
    }

    private static boolean isDocstring(Stmt statement) {
        return statement instanceof Stmt.ExprStmt text && text.value() instanceof Expr.Str;
    }
}
