package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.NotModel;
import dev.dvtls.text.Span;
import java.util.Optional;
import java.util.function.Consumer;

/** No {@code def model} at the top level. */
final class ModelMissing implements Rule {
    private static final String WANTED =
            "A Python model needs one top-level function: def model(dbt, session).";

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            if (python.models().isEmpty() && !isBeingTyped(file)) {
                found.accept(missing(file, python).problem());
            }
        }
    }

    /** A broken {@code def model} has its syntax error; that it is missing is no news. */
    private static boolean isBeingTyped(CheckedFile file) {
        return !file.model().problems().isEmpty() && file.text().contains("def model");
    }

    private static Finding missing(CheckedFile file, PythonModel python) {
        Optional<NotModel> instead = python.notModels().stream().findFirst();
        if (instead.isEmpty()) {
            String state = file.text().isBlank() ? "is empty" : "has no function named model";
            return Finding.of(
                            file,
                            Code.MODEL_MISSING,
                            file.place(),
                            "'" + file.shown(file.model().path()) + "' " + state + ".")
                    .help(WANTED + " If this file is no model, move it out of the model paths.")
                    .fix(
                            "Add def model(dbt, session)",
                            end(file.text()),
                            (file.text().isBlank() || file.text().endsWith("\n") ? "" : "\n")
                                    + (file.text().isBlank() ? "" : "\n\n")
                                    + "def model(dbt, session):\n"
                                    + "    dbt.config(materialized=\"table\")\n"
                                    + "    return session.sql(\"select 1 as id\")\n");
        }
        NotModel other = instead.get();
        Finding finding =
                Finding.of(
                                file,
                                Code.MODEL_MISSING,
                                other.name(),
                                "'"
                                        + file.shown(file.model().path())
                                        + "' has no function named model; found "
                                        + other.what()
                                        + " instead.")
                        .help(WANTED);
        return other.what().startsWith("a function called")
                ? finding.fix("Rename to 'model'", other.name(), "model")
                : finding;
    }

    private static Span end(String text) {
        return new Span(text.length(), text.length());
    }
}
