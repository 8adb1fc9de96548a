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
        return name(manifest, file, problem)
                .map(name -> create(manifest, file, name))
                .filter(c -> manifest.file(c.file()).isEmpty());
    }

    /** The same as a seed, in the first of the project's folders for them. */
    public static Optional<FileChange> seed(Manifest manifest, ModelFile file, Problem problem) {
        return manifest.project().seedPaths().stream()
                .limit(1)
                .flatMap(
                        folder ->
                                name(manifest, file, problem)
                                        .map(name -> Path.of(folder, name + ".csv"))
                                        .map(manifest.project().root()::resolve)
                                        .stream())
                .map(
                        made ->
                                FileChange.create(
                                        "Create the seed " + shown(manifest, made),
                                        made,
                                        "id\n1\n"))
                .findFirst();
    }

    private static Optional<String> name(Manifest manifest, ModelFile file, Problem problem) {
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
                .map(ModelTarget::name);
    }

    private static boolean isHere(Manifest manifest, ModelTarget target) {
        return target.version().isEmpty()
                && target.packageName().filter(p -> !p.equals(manifest.project().name())).isEmpty();
    }

    private static FileChange create(Manifest manifest, ModelFile file, String name) {
        boolean python = file.python().isPresent();
        Path made = file.path().resolveSibling(name + (python ? ".py" : ".sql"));
        return FileChange.create(
                "Create the model " + shown(manifest, made), made, python ? PYTHON : SQL);
    }

    private static String shown(Manifest manifest, Path made) {
        return manifest.project().root().relativize(made).toString().replace('\\', '/');
    }
}
