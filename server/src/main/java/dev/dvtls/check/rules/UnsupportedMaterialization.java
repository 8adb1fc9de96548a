package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Python models are tables or incremental, whoever says otherwise. */
final class UnsupportedMaterialization implements Rule {
    private static final Set<Object> SUPPORTED = Set.of("table", "incremental");
    private static final String HELP =
            "Use \"table\" (the default) or \"incremental\": the code runs locally, not on the"
                    + " database.";

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        if (!file.isPython()) {
            return;
        }
        boolean inFile = false;
        for (ConfigEntry entry : file.model().config()) {
            if (entry.key().equals("materialized")) {
                inFile = true;
                entry.value()
                        .filter(v -> !SUPPORTED.contains(v))
                        .ifPresent(v -> found.accept(written(file, entry, v).problem()));
            }
        }
        if (!inFile) {
            file.node().ifPresent(node -> fromElsewhere(file, node, found));
        }
    }

    private static Finding written(CheckedFile file, ConfigEntry entry, Object value) {
        String quote = entry.valueSpan().of(file.text()).startsWith("'") ? "'" : "\"";
        Finding finding =
                Finding.of(
                                file,
                                Code.UNSUPPORTED_MATERIALIZATION,
                                entry.valueSpan(),
                                message(value))
                        .help(HELP);
        String text = entry.valueSpan().of(file.text());
        boolean literal = !text.isEmpty() && "\"'0123456789".indexOf(text.charAt(0)) >= 0;
        if (!literal) {
            return finding;
        }
        String title = "Replace with \"table\"";
        String table = quote + "table" + quote;
        return value.equals("view")
                ? finding.sureFix(title, entry.valueSpan(), table)
                : finding.fix(title, entry.valueSpan(), table);
    }

    private static String message(Object value) {
        return "Python models cannot be materialized as '" + value + "'.";
    }

    private static void fromElsewhere(CheckedFile file, Node node, Consumer<Problem> found) {
        String value = node.materialized();
        if (SUPPORTED.contains(value)) {
            return;
        }
        Finding finding =
                Finding.of(
                                file,
                                Code.UNSUPPORTED_MATERIALIZATION,
                                file.place(),
                                message(value) + " Its properties file says so.")
                        .help(HELP);
        for (PythonModel python : file.python()) {
            for (Stmt.FunctionDef model : python.models()) {
                finding = withConfig(finding, file, model);
            }
        }
        found.accept(finding.problem());
    }

    private static Finding withConfig(Finding finding, CheckedFile file, Stmt.FunctionDef model) {
        if (model.body().isEmpty()) {
            return finding;
        }
        int at = model.body().get(0).start();
        String indent = file.text().substring(file.text().lastIndexOf('\n', at - 1) + 1, at);
        return indent.isBlank() && !indent.isEmpty()
                ? finding.fix(
                        new Fix(
                                "Add dbt.config(materialized=\"table\")",
                                List.of(
                                        new Fix.Edit(
                                                new Span(at, at),
                                                "dbt.config(materialized=\"table\")\n" + indent))))
                : finding;
    }
}
