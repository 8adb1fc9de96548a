package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.text.Span;
import java.util.function.Consumer;

/** {@code dbt.is_incremental()}: a bool, called. */
final class IncrementalCall implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            for (Span span : python.incrementalCalls()) {
                String written = span.of(file.text());
                int open = written.lastIndexOf('(');
                Finding finding =
                        Finding.of(
                                        file,
                                        Code.INCREMENTAL_CALL,
                                        span,
                                        "dbt.is_incremental is True or False, not a function;"
                                                + " calling it fails when the model runs.")
                                .help("Write if dbt.is_incremental: without brackets.");
                found.accept(
                        open > 0
                                ? finding.sureFix(
                                                "Remove the brackets",
                                                span,
                                                written.substring(0, open).stripTrailing())
                                        .problem()
                                : finding.problem());
            }
        }
    }
}
