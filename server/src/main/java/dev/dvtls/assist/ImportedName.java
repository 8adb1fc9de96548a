package dev.dvtls.assist;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Blocks;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ImportName;
import dev.dvtls.python.Module;
import dev.dvtls.python.Parser;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a name leads that a model imports from the project: a helper module, or what it defines.
 * Installed packages are a Python server's work.
 */
final class ImportedName {
    private final Path root;
    private final Path folder;
    private final Module module;
    private final String text;
    private final Function<Path, Optional<String>> texts;

    private ImportedName(
            Path root,
            Path folder,
            Module module,
            String text,
            Function<Path, Optional<String>> texts) {
        this.root = root;
        this.folder = folder;
        this.module = module;
        this.text = text;
        this.texts = texts;
    }

    /**
     * @param root of the project: modules are looked for there, then beside the model
     * @param texts of files that need not exist
     */
    static Optional<Definition> at(
            Path root, ModelFile file, int offset, Function<Path, Optional<String>> texts) {
        Optional<Module> module =
                file.python().map(PythonModel::parsed).map(parsed -> parsed.module());
        Optional<Span> word = WordPage.word(file.text(), offset);
        if (module.isEmpty() || word.isEmpty()) {
            return Optional.empty();
        }
        Cursor cursor = CursorScan.scan(file.text(), 0, word.get().end());
        if (cursor.comment() || cursor.string().isPresent()) {
            return Optional.empty();
        }
        ImportedName names =
                new ImportedName(
                        root,
                        Optional.ofNullable(file.path().getParent()).orElse(root),
                        module.get(),
                        file.text(),
                        texts);
        return names.target(word.get(), cursor.receiver())
                .map(target -> new Definition(word.get(), target.file(), target.place()));
    }

    private record Target(Path file, int place) {
        static Target start(Path file) {
            return new Target(file, 0);
        }
    }

    private Optional<Target> target(Span word, String receiver) {
        for (Stmt statement : Blocks.all(module)) {
            boolean here = statement.start() <= word.start() && word.end() <= statement.end();
            if (here && statement instanceof Stmt.ImportFrom from) {
                return inFrom(from, word);
            } else if (here && statement instanceof Stmt.Import plain) {
                return inImport(plain, word);
            }
        }
        String name = word.of(text);
        return receiver.isEmpty()
                ? bound(name)
                : module(receiver).flatMap(file -> defined(file, name));
    }

    private Optional<Target> inFrom(Stmt.ImportFrom from, Span word) {
        for (ImportName name : from.names()) {
            if (name.span().touches(word.start())) {
                return imported(from, name.name());
            }
        }
        // from a.b.c: up to the word
        int start = word.start();
        while (start > from.start()
                && (Character.isJavaIdentifierPart(text.charAt(start - 1))
                        || text.charAt(start - 1) == '.')) {
            start--;
        }
        return find(from.level(), text.substring(start, word.end()).replaceFirst("^\\.+", ""))
                .map(Target::start);
    }

    private Optional<Target> inImport(Stmt.Import plain, Span word) {
        for (ImportName name : plain.names()) {
            if (name.span().touches(word.start())) {
                int end = word.end() - name.start();
                boolean alias = end > name.name().length();
                return find(0, alias ? name.name() : name.name().substring(0, end))
                        .map(Target::start);
            }
        }
        return Optional.empty();
    }

    /** A name that some import of the file binds. */
    private Optional<Target> bound(String name) {
        for (Stmt statement : Blocks.all(module)) {
            if (statement instanceof Stmt.ImportFrom from) {
                for (ImportName imported : from.names()) {
                    if (binds(imported, name)) {
                        return imported(from, imported.name());
                    }
                }
            }
        }
        return module(name).map(Target::start);
    }

    /** The module that a dotted name stands for. */
    private Optional<Path> module(String dotted) {
        for (Stmt statement : Blocks.all(module)) {
            if (statement instanceof Stmt.Import plain) {
                for (ImportName imported : plain.names()) {
                    boolean whole =
                            imported.as().isEmpty()
                                    && (imported.name() + ".").startsWith(dotted + ".");
                    if (whole || binds(imported, dotted)) {
                        return find(0, whole ? dotted : imported.name());
                    }
                }
            } else if (statement instanceof Stmt.ImportFrom from) {
                for (ImportName imported : from.names()) {
                    if (binds(imported, dotted)) {
                        return find(from.level(), joined(from.module(), imported.name()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean binds(ImportName imported, String name) {
        return imported.as().map(Expr.Name::id).orElse(imported.name()).equals(name);
    }

    private static String joined(String module, String name) {
        return module.isEmpty() ? name : module + "." + name;
    }

    private Optional<Target> imported(Stmt.ImportFrom from, String name) {
        return find(from.level(), from.module())
                .flatMap(file -> defined(file, name))
                .or(() -> find(from.level(), joined(from.module(), name)).map(Target::start));
    }

    /** The file of a module. */
    private Optional<Path> find(int level, String dotted) {
        List<Path> places = List.of(root, folder);
        if (level > 0) {
            Path up = folder;
            for (int i = 1; i < level; i++) {
                up = Optional.ofNullable(up.getParent()).orElse(up);
            }
            places = List.of(up);
        }
        String path = dotted.replace('.', '/');
        for (Path place : places) {
            for (Path file :
                    List.of(
                            place.resolve(path + ".py"),
                            place.resolve(path).resolve("__init__.py"))) {
                Path whole = file.normalize();
                if (whole.startsWith(root) && texts.apply(whole).isPresent()) {
                    return Optional.of(whole);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Target> defined(Path file, String name) {
        String source = texts.apply(file).orElse("");
        for (Stmt statement : Blocks.topLevel(Parser.parse(source).module())) {
            Optional<Expr.Name> defines = defines(statement, name);
            if (defines.isPresent()) {
                return Optional.of(new Target(file, defines.get().start()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Expr.Name> defines(Stmt statement, String name) {
        List<Expr> targets = List.of();
        if (statement instanceof Stmt.FunctionDef function) {
            targets = List.of(function.name());
        } else if (statement instanceof Stmt.ClassDef type) {
            targets = List.of(type.name());
        } else if (statement instanceof Stmt.Assign assign) {
            targets = assign.targets();
        } else if (statement instanceof Stmt.AnnAssign assign) {
            targets = List.of(assign.target());
        }
        return targets.stream()
                .filter(Expr.Name.class::isInstance)
                .map(Expr.Name.class::cast)
                .filter(n -> n.id().equals(name))
                .findFirst();
    }
}
