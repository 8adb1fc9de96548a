package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.UnknownReference;
import java.util.function.Consumer;

/** dynamic-ref: a target that only the run can know. bad-ref: a call that can never work. */
final class UnreadableReference implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (UnknownReference unknown : file.model().unknownReferences()) {
            Code code = unknown.wrongArguments() ? Code.BAD_REF : Code.DYNAMIC_REF;
            found.accept(
                    Finding.of(file, code, unknown.span(), unknown.message())
                            .help(help(file, unknown.wrongArguments()))
                            .problem());
        }
    }

    private static String help(CheckedFile file, boolean wrong) {
        String dbt = file.isPython() ? "dbt." : "";
        return wrong
                ? "Write " + dbt + "ref(\"model\") or " + dbt + "source(\"source\", \"table\")."
                : "Write the name as a literal string. Otherwise this upstream is missing from the"
                        + " DAG, and is extracted only when the model asks for it.";
    }
}
