package dev.dvtls.assist.outline;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Children;
import dev.dvtls.python.Node;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/** The model function with what it reads and sets, helper functions, classes. */
final class PythonSymbols {
    private final PythonModel python;

    private PythonSymbols(PythonModel python) {
        this.python = python;
    }

    static List<Symbol> of(Source source, ModelFile file) {
        if (file.python().isEmpty()) {
            return List.of();
        }
        PythonModel python = file.python().get();
        List<Symbol> definitions =
                new PythonSymbols(python).definitions(python.parsed().module(), false);
        return Symbols.nested(definitions, Symbols.declared(file));
    }

    /** Functions and classes among the statements below a node, also under {@code if}. */
    private List<Symbol> definitions(Node node, boolean inClass) {
        List<Symbol> found = new ArrayList<>();
        for (List<Stmt> suite : Children.suites(node)) {
            for (Stmt stmt : suite) {
                if (stmt instanceof Stmt.FunctionDef def) {
                    found.add(function(def, inClass));
                } else if (stmt instanceof Stmt.ClassDef def) {
                    found.add(
                            symbol(
                                    def,
                                    def.name().id(),
                                    def.name().span(),
                                    "class",
                                    Symbol.Kind.CLASS,
                                    true));
                } else {
                    found.addAll(definitions(stmt, inClass));
                }
            }
        }
        if (node instanceof Stmt.Try stmt) {
            stmt.handlers().forEach(handler -> found.addAll(definitions(handler, inClass)));
        } else if (node instanceof Stmt.Match match) {
            match.cases().forEach(one -> found.addAll(definitions(one, inClass)));
        }
        return found;
    }

    private Symbol function(Stmt.FunctionDef def, boolean method) {
        boolean model = python.models().contains(def);
        return symbol(
                def,
                def.name().id(),
                def.name().span(),
                model ? "model" : "",
                model ? Symbol.Kind.MODEL : method ? Symbol.Kind.METHOD : Symbol.Kind.FUNCTION,
                false);
    }

    private Symbol symbol(
            Stmt def, String name, Span at, String detail, Symbol.Kind kind, boolean inClass) {
        return new Symbol(
                name.isEmpty() ? "?" : name,
                detail,
                kind,
                def.span(),
                at,
                definitions(def, inClass));
    }
}
