package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.Origin;
import java.util.function.Consumer;

/** A model whose own name is in one of its refs. */
final class SelfReference implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        file.node()
                .ifPresent(
                        self -> {
                            for (Reference reference : file.model().references()) {
                                boolean own =
                                        reference.origin() == Origin.CALL
                                                && file.manifest().resolve(reference.target())
                                                        instanceof Manifest.Found target
                                                && target.node().uniqueId().equals(self.uniqueId());
                                if (own) {
                                    found.accept(selfRef(file, reference).problem());
                                }
                            }
                        });
    }

    private static Finding selfRef(CheckedFile file, Reference reference) {
        return Finding.of(
                        file,
                        Code.SELF_REF,
                        References.last(reference),
                        "Model '" + file.name() + "' reads itself.")
                .help(
                        file.isPython()
                                ? "For the rows of the last run make it incremental and read"
                                        + " __model__"
                                        + file.name()
                                        + " in the session's SQL when dbt.is_incremental is true."
                                : "For the rows of the last run make it incremental and read"
                                        + " {{ this }}.");
    }
}
