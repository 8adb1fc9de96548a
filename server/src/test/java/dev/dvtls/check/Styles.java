package dev.dvtls.check;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import dev.dvtls.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project of right models in many styles, on a machine where all is known that a rule may ask
 * for: an interpreter with what the models import, DuckDB, and the columns of what they read.
 */
final class Styles {
    static final Path ROOT = Path.of("../test-workspaces/styles").toAbsolutePath().normalize();

    /** What models that run here import without a guard. */
    private static final String PACKAGES =
            "pandas polars pyarrow numpy duckdb requests httpx urllib3 sklearn statsmodels xgboost"
                    + " lightgbm prophet torch transformers openai joblib narwhals ibis geopandas"
                    + " shapely pydantic bs4 boto3 jinja2 optuna";

    private static final LocalOutside MACHINE =
            LocalOutside.waiting(
                    Optional.of(interpreter()), new Machine(Map.of(), "linux", "amd64"));

    /** All upstreams are as their properties say, and cached but for one that no SQL names. */
    private static final Outside OUTSIDE =
            new Outside() {
                @Override
                public Optional<Importable> importable(Manifest manifest) {
                    return MACHINE.importable(manifest);
                }

                @Override
                public boolean exists(Path path) {
                    return MACHINE.exists(path);
                }

                @Override
                public Optional<Boolean> isCached(Manifest manifest, Node node) {
                    return Optional.of(!node.name().equals("stg_reviews"));
                }

                @Override
                public Optional<List<Node.Column>> columns(Manifest manifest, Node node) {
                    return MACHINE.columns(manifest, node)
                            .or(() -> Optional.of(node.columns()).filter(all -> !all.isEmpty()));
                }

                @Override
                public Optional<SqlTrouble> syntax(String sql) {
                    return MACHINE.syntax(sql);
                }

                @Override
                public Optional<SqlTrouble> missingColumn(
                        String sql, Map<String, List<Node.Column>> tables) {
                    return MACHINE.missingColumn(sql, tables);
                }
            };

    private Styles() {}

    /** It looks like a program, and is never started. */
    private static Path interpreter() {
        Workspace environment =
                Workspace.of(
                        "//- pyvenv.cfg\nhome = /usr/bin\nversion = 3.12.1\n"
                                + "//- bin/python\nnot started\n"
                                + Stream.of(PACKAGES.split(" "))
                                        .map(p -> "lib/python3.12/site-packages/" + p)
                                        .map(p -> "//- " + p + "/__init__.py\n")
                                        .collect(Collectors.joining()));
        File python = environment.path("bin/python").toFile();
        if (!python.setExecutable(true)) {
            throw new IllegalStateException(python + " cannot be made a program.");
        }
        return python.toPath();
    }

    /** Every problem of every file, {@code models/x.py 1:5-1:9 error DVT120 message}. */
    static List<String> problems(Manifest manifest) {
        return Checker.checkAll(manifest, f -> Optional.of(text(manifest, f)), OUTSIDE).stream()
                .map(p -> shown(manifest, p))
                .toList();
    }

    private static String shown(Manifest manifest, Problem problem) {
        String file = ROOT.relativize(problem.file()).toString().replace('\\', '/');
        return file + " " + Shown.problem(problem, text(manifest, problem.file()));
    }

    private static String text(Manifest manifest, Path file) {
        return manifest.file(file).map(f -> f.text()).orElseGet(() -> read(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
