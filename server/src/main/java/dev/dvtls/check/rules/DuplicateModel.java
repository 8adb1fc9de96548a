package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Stmt;
import java.util.List;
import java.util.function.Consumer;

/** More than one {@code def model} at the top level. */
final class DuplicateModel implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            List<Stmt.FunctionDef> models = python.models();
            for (int i = 1; i < models.size(); i++) {
                found.accept(
                        Finding.of(
                                        file,
                                        Code.DUPLICATE_MODEL,
                                        models.get(i).name().span(),
                                        "'"
                                                + file.shown(file.model().path())
                                                + "' defines model "
                                                + models.size()
                                                + " times; a file must have exactly one function"
                                                + " named model.")
                                .help(
                                        "Keep one, and move the others to files of their own or"
                                                + " give them other names.")
                                .related(
                                        file.model().path(),
                                        models.get(0).name().span(),
                                        "the first one is here")
                                .problem());
            }
        }
    }
}
