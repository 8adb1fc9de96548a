package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import java.nio.file.Path;
import java.util.Optional;

/** The model that a {@code ref} asks for in vain, as a new file beside the one that asks. */
public final class MissingModel {
    private static final String PYTHON =
            """
            def model(dbt, session):
                dbt.config(materialized="table")
                return session.sql("select 1 as id")
            """;
    private static final String SQL = "select 1 as id\n";

    private MissingModel() {}

    public static Optional<FileChange> of(Manifest manifest, ModelFile file, Problem problem) {
        if (problem.code() != Code.DVT120) {
            return Optional.empty();
        }
        return file.references().stream()
                .filter(r -> r.names().stream().anyMatch(n -> n.equals(problem.span())))
                .map(Reference::target)
                .filter(ModelTarget.class::isInstance)
                .map(ModelTarget.class::cast)
                .filter(t -> manifest.resolve(t) instanceof Manifest.NotFound)
                .filter(t -> isHere(manifest, t) && t.name().matches("[A-Za-z_][A-Za-z0-9_]*"))
                .findFirst()
                .map(t -> create(manifest, file, t.name()))
                .filter(c -> manifest.file(c.file()).isEmpty());
    }

    private static boolean isHere(Manifest manifest, ModelTarget target) {
        return target.version().isEmpty()
                && target.packageName().filter(p -> !p.equals(manifest.project().name())).isEmpty();
    }

    private static FileChange create(Manifest manifest, ModelFile file, String name) {
        boolean python = file.python().isPresent();
        Path made = file.path().resolveSibling(name + (python ? ".py" : ".sql"));
        String shown = manifest.project().root().relativize(made).toString().replace('\\', '/');
        return FileChange.create("Create the model " + shown, made, python ? PYTHON : SQL);
    }
}
