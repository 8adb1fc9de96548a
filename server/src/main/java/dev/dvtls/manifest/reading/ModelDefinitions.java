package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.PythonModel.NotModel;
import dev.dvtls.python.ExceptHandler;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ImportName;
import dev.dvtls.python.MatchCase;
import dev.dvtls.python.Module;
import dev.dvtls.python.Param;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds {@code def model} at the top level (under {@code if}, {@code try} and {@code with} too),
 * and what could be taken for it but is none.
 */
final class ModelDefinitions {
    private static final String NAME = "model";

    private final List<Stmt.FunctionDef> models = new ArrayList<>();
    private final List<NotModel> notModels = new ArrayList<>();

    private ModelDefinitions() {}

    static ModelDefinitions of(Module module) {
        ModelDefinitions found = new ModelDefinitions();
        found.top(module.body());
        return found;
    }

    List<Stmt.FunctionDef> models() {
        return models;
    }

    List<NotModel> notModels() {
        return notModels;
    }

    private void top(List<Stmt> statements) {
        for (Stmt s : statements) {
            if (s instanceof Stmt.FunctionDef function) {
                function(function);
            } else if (s instanceof Stmt.ClassDef type) {
                if (type.name().id().equals(NAME)) {
                    not(type.name(), "a class");
                }
                nested(type.body(), "a method of class '" + type.name().id() + "'");
            } else if (s instanceof Stmt.Assign assign) {
                assign.targets().forEach(t -> assigned(t, assign.value()));
            } else if (s instanceof Stmt.AnnAssign assign) {
                assigned(assign.target(), assign.value());
            } else if (s instanceof Stmt.ImportFrom statement) {
                statement.names().forEach(this::imported);
            } else if (s instanceof Stmt.Import statement) {
                statement.names().forEach(this::imported);
            } else {
                blocks(s).forEach(this::top);
            }
        }
    }

    private void function(Stmt.FunctionDef function) {
        String name = function.name().id();
        if (name.equals(NAME)) {
            if (function.async()) {
                not(function.name(), "an async function");
            } else {
                models.add(function);
            }
            return;
        }
        nested(function.body(), "a function inside '" + name + "'");
        if (name.equalsIgnoreCase(NAME) || takesDbtAndSession(function)) {
            not(function.name(), "a function called '" + name + "'");
        }
    }

    private static boolean takesDbtAndSession(Stmt.FunctionDef function) {
        List<Param> parameters = function.parameters().items();
        return parameters.size() == 2
                && parameters.get(0).name().id().equals("dbt")
                && parameters.get(1).name().id().equals("session");
    }

    private void assigned(Expr target, Expr value) {
        if (target instanceof Expr.Name name && name.id().equals(NAME)) {
            not(name, value instanceof Expr.Lambda ? "a lambda" : "a variable");
        }
    }

    private void imported(ImportName name) {
        String bound = name.as().map(Expr.Name::id).orElse(name.name());
        if (bound.equals(NAME)) {
            notModels.add(new NotModel(name.span(), "an import"));
        }
    }

    private void nested(List<Stmt> statements, String what) {
        for (Stmt s : statements) {
            if (s instanceof Stmt.FunctionDef function) {
                if (function.name().id().equals(NAME)) {
                    not(function.name(), what);
                }
            } else {
                blocks(s).forEach(b -> nested(b, what));
            }
        }
    }

    private void not(Expr.Name name, String what) {
        notModels.add(new NotModel(new Span(name.start(), name.end()), what));
    }

    private static List<List<Stmt>> blocks(Stmt s) {
        if (s instanceof Stmt.If branch) {
            return branches(branch);
        }
        if (s instanceof Stmt.With with) {
            return List.of(with.body());
        }
        if (s instanceof Stmt.For loop) {
            return List.of(loop.body(), loop.orElse());
        }
        if (s instanceof Stmt.While loop) {
            return List.of(loop.body(), loop.orElse());
        }
        if (s instanceof Stmt.Try attempt) {
            List<List<Stmt>> all = new ArrayList<>();
            all.add(attempt.body());
            attempt.handlers().stream().map(ExceptHandler::body).forEach(all::add);
            all.add(attempt.orElse());
            all.add(attempt.finallyBody());
            return all;
        }
        return s instanceof Stmt.Match match
                ? match.cases().stream().map(MatchCase::body).toList()
                : List.of();
    }

    /** A chain of {@code elif} is a nest of ifs; here it is a list. */
    private static List<List<Stmt>> branches(Stmt.If first) {
        List<List<Stmt>> all = new ArrayList<>();
        Stmt.If branch = first;
        all.add(branch.body());
        while (branch.orElse().size() == 1 && branch.orElse().get(0) instanceof Stmt.If next) {
            branch = next;
            all.add(branch.body());
        }
        all.add(branch.orElse());
        return all;
    }
}
