package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.ImportedModule;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * DVT125 for a package that the models' interpreter does not have, and missing-module for a module
 * of the project that is not there.
 */
final class MissingImport implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            String text = file.text();
            boolean findsElsewhere = text.contains("sys.path") || text.contains("addsitedir");
            if (findsElsewhere || !RunsHere.isCertain(file, python)) {
                continue;
            }
            for (ImportedModule imported : python.imports()) {
                if (imported.level() == 0 && !imported.guarded() && !imported.module().isEmpty()) {
                    missing(file, imported).ifPresent(f -> found.accept(f.problem()));
                }
            }
        }
    }

    private static Optional<Finding> missing(CheckedFile file, ImportedModule imported) {
        String top = imported.module().split("\\.", 2)[0];
        Optional<Outside.Importable> installed = file.outside().importable(file.manifest());
        for (Path folder : folders(file)) {
            if (isModule(file, folder.resolve(top))) {
                boolean certain = installed.filter(i -> i.has(top)).isEmpty();
                return certain ? missingPart(file, imported, folder) : Optional.empty();
            }
        }
        return installed.filter(i -> i.has("duckdb")).flatMap(i -> notInstalled(file, imported, i));
    }

    /** What a run can import from. */
    private static List<Path> folders(CheckedFile file) {
        Path own = file.model().path().getParent();
        Path root = file.manifest().project().root();
        return Stream.of(Optional.of(root), Optional.ofNullable(own))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static boolean isModule(CheckedFile file, Path path) {
        Path source = path.resolveSibling(path.getFileName() + ".py");
        return file.outside().exists(source) || file.outside().exists(path);
    }

    private static Optional<Finding> missingPart(
            CheckedFile file, ImportedModule imported, Path folder) {
        Path at = folder;
        for (String part : imported.module().split("\\.")) {
            at = at.resolve(part);
            if (!isModule(file, at)) {
                return Optional.of(absent(file, imported, imported.module(), at));
            }
        }
        boolean namespace =
                file.outside().exists(at)
                        && !file.outside().exists(at.resolve("__init__.py"))
                        && !file.outside().exists(at.resolveSibling(at.getFileName() + ".py"));
        for (String name : namespace ? imported.names() : List.<String>of()) {
            if (!name.equals("*") && !name.isEmpty() && !isModule(file, at.resolve(name))) {
                return Optional.of(
                        absent(file, imported, imported.module() + "." + name, at.resolve(name)));
            }
        }
        return Optional.empty();
    }

    private static Finding absent(
            CheckedFile file, ImportedModule imported, String module, Path missing) {
        return Finding.of(
                        file,
                        Code.MISSING_MODULE,
                        place(file, imported),
                        "The project has no module " + module + ".")
                .help(
                        "Create "
                                + file.shown(missing)
                                + ".py, or mend the import. Modules are found in the project's"
                                + " root and in the model's folder.");
    }

    private static Optional<Finding> notInstalled(
            CheckedFile file, ImportedModule imported, Outside.Importable installed) {
        Optional<String> missing = installed.missing(imported.module());
        for (String name : imported.names()) {
            if (missing.isEmpty() && !name.equals("*") && !name.isEmpty()) {
                missing =
                        installed
                                .missing(imported.module() + "." + name)
                                // its parent is a package of its own: the name may be anything in
                                // it
                                .filter(m -> PackageNames.isDistribution(m));
            }
        }
        return missing.map(
                module -> {
                    String shown =
                            PackageNames.isDistribution(module)
                                    ? module
                                    : imported.module().split("\\.", 2)[0];
                    String install = "pip install " + PackageNames.of(module);
                    return Finding.of(
                                    file,
                                    Code.DVT125,
                                    place(file, imported),
                                    "Python model '"
                                            + file.name()
                                            + "' will fail to import: "
                                            + shown
                                            + ". Install the package with: "
                                            + install)
                            .as(Severity.WARNING)
                            .help(
                                    "It is missing from "
                                            + installed.python()
                                            + ". Or: "
                                            + installed.python()
                                            + " -m "
                                            + install);
                });
    }

    /** The module's name in the statement. */
    private static Span place(CheckedFile file, ImportedModule imported) {
        String written = imported.span().of(file.text());
        int from = written.startsWith("from") ? 4 : 0;
        int at = written.indexOf(imported.module(), from);
        if (at < 0) {
            return imported.span();
        }
        int start = imported.span().start() + at;
        return new Span(start, start + imported.module().length());
    }
}
