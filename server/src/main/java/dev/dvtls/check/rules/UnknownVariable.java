package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.VarCall;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * unknown-var: {@code dbt.var("x")} without a default, where no {@code vars:} sets x. A hint, as
 * {@code --vars} may set it; a warning where a name like it is set.
 */
final class UnknownVariable implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            for (VarCall call : python.vars()) {
                Set<String> known = known(file.manifest().project().vars());
                if (!call.name().isEmpty()
                        && !known.contains(call.name())
                        && !file.isBroken(call.span())) {
                    found.accept(unknown(file, call, known).problem());
                }
            }
        }
    }

    /** Those of the project and, as dbt nests them by package, one level below. */
    private static Set<String> known(Map<String, Object> vars) {
        Set<String> known = new HashSet<>();
        vars.forEach(
                (name, value) -> {
                    known.add(name);
                    if (value instanceof Map<?, ?> inner) {
                        inner.keySet().forEach(key -> known.add(String.valueOf(key)));
                    }
                });
        return known;
    }

    private static Finding unknown(CheckedFile file, VarCall call, Set<String> known) {
        List<String> nearest = Nearest.of(call.name(), known);
        Finding finding =
                Finding.of(
                                file,
                                Code.UNKNOWN_VAR,
                                call.span(),
                                "No variable '"
                                        + call.name()
                                        + "' is set in "
                                        + file.manifest().project().file().getFileName()
                                        + "."
                                        + References.didYouMean(nearest))
                        .help(
                                "Add it to `vars:`, give a default: dbt.var(\""
                                        + call.name()
                                        + "\", ...), or always run with --vars.");
        return References.withReplacements(
                nearest.isEmpty() ? finding : finding.as(Severity.WARNING),
                file,
                call.span(),
                call.name(),
                nearest);
    }
}
