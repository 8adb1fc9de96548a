package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.PythonModel.ImportedModule;
import dev.dvtls.python.ExceptHandler;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ImportName;
import dev.dvtls.python.MatchCase;
import dev.dvtls.python.Module;
import dev.dvtls.python.Pattern;
import dev.dvtls.python.Stmt;
import dev.dvtls.python.WithItem;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks statements: scopes, bindings, imports; expressions by {@link ExpressionWalk}. */
final class StatementWalk extends ExpressionWalk {
    private static final Set<String> IMPORT_GUARDS =
            Set.of("ImportError", "ModuleNotFoundError", "Exception", "BaseException");

    /** How many conditions, or {@code try/except ImportError}, are around. */
    private int guards;

    StatementWalk(FileScopes file) {
        super(file);
    }

    void module(Module module, Scope scope) {
        block(module.body(), scope);
    }

    private void block(List<Stmt> statements, Scope scope) {
        for (Stmt statement : statements) {
            visit(statement, scope);
        }
    }

    private void visit(Stmt s, Scope scope) {
        if (s instanceof Stmt.ExprStmt statement) {
            visit(statement.value(), scope);
        } else if (s instanceof Stmt.Assign assign) {
            visit(assign.value(), scope);
            for (Expr target : assign.targets()) {
                bind(target, scope, assigned(assign.value(), scope));
            }
        } else if (s instanceof Stmt.Return statement) {
            visit(statement.value(), scope);
        } else if (s instanceof Stmt.FunctionDef function) {
            function(function, scope);
        } else if (s instanceof Stmt.ClassDef type) {
            type(type, scope);
        } else if (s instanceof Stmt.Import statement) {
            imports(statement, scope);
        } else if (s instanceof Stmt.ImportFrom statement) {
            importFrom(statement, scope);
        } else if (s instanceof Stmt.AnnAssign assign) {
            visit(assign.annotation(), scope);
            visit(assign.value(), scope);
            if (assign.value().isPresent()) {
                bind(assign.target(), scope, assigned(assign.value(), scope));
            }
        } else if (s instanceof Stmt.AugAssign assign) {
            visit(assign.target(), scope);
            visit(assign.value(), scope);
            bind(assign.target(), scope, other());
        } else {
            compound(s, scope);
        }
    }

    private void compound(Stmt s, Scope scope) {
        if (s instanceof Stmt.If branch) {
            branch(branch, scope);
        } else if (s instanceof Stmt.For loop) {
            visit(loop.iterable(), scope);
            Span body = body(loop.body(), loop.start());
            bind(
                    loop.target(),
                    scope,
                    (path, at) -> new Binding.Looped(loop, loop.iterable(), scope, path, body, at));
            block(loop.body(), scope);
            block(loop.orElse(), scope);
        } else if (s instanceof Stmt.While loop) {
            visit(loop.test(), scope);
            block(loop.body(), scope);
            block(loop.orElse(), scope);
        } else if (s instanceof Stmt.With with) {
            for (WithItem item : with.items()) {
                visit(item.context(), scope);
                bind(
                        item.target(),
                        scope,
                        (path, at) ->
                                path.isEmpty()
                                        ? new Binding.Entered(item.context(), scope, at)
                                        : new Binding.Other(at));
            }
            if (with.items().stream().anyMatch(i -> suppresses(i.context()))) {
                guarded(with.body(), scope);
            } else {
                block(with.body(), scope);
            }
        } else if (s instanceof Stmt.Try attempt) {
            attempt(attempt, scope);
        } else if (s instanceof Stmt.Match match) {
            match(match, scope);
        } else {
            simple(s, scope);
        }
    }

    private void branch(Stmt.If first, Scope scope) {
        Stmt.If branch = first; // a chain of elif is a nest of ifs
        while (true) {
            visit(branch.test(), scope);
            guarded(branch.body(), scope);
            if (branch.orElse().size() != 1 || !(branch.orElse().get(0) instanceof Stmt.If next)) {
                guarded(branch.orElse(), scope);
                return;
            }
            branch = next;
        }
    }

    private void guarded(List<Stmt> statements, Scope scope) {
        guards++;
        block(statements, scope);
        guards--;
    }

    private void simple(Stmt s, Scope scope) {
        if (s instanceof Stmt.Delete delete) {
            for (Expr target : delete.targets()) {
                bind(target, scope, other());
            }
        } else if (s instanceof Stmt.TypeAlias alias) {
            visit(alias.value(), scope);
            bind(alias.name(), scope, other());
        } else if (s instanceof Stmt.Raise raise) {
            visit(raise.exception(), scope);
            visit(raise.cause(), scope);
        } else if (s instanceof Stmt.Assert statement) {
            visit(statement.test(), scope);
            visit(statement.message(), scope);
        } else if (s instanceof Stmt.Global global) {
            global.names().forEach(n -> scope.declareGlobal(n.id()));
        } else if (s instanceof Stmt.Nonlocal nonlocal) {
            nonlocal.names().forEach(n -> scope.declareNonlocal(n.id()));
        }
    }

    private void function(Stmt.FunctionDef function, Scope scope) {
        all(function.decorators(), scope);
        visit(function.returns(), scope);
        boolean model =
                scope.kind() == Scope.Kind.MODULE
                        && !function.async()
                        && function.name().id().equals("model");
        boolean plain = function.decorators().stream().allMatch(StatementWalk::keepsCalls);
        Callable callable =
                new Callable(
                        function,
                        function.parameters().items(),
                        scope,
                        model,
                        !plain || scope.kind() == Scope.Kind.CLASS);
        scope.bind(function.name().id(), new Binding.Defined(callable, function.name().start()));
        Scope inner = scope.child(Scope.Kind.FUNCTION);
        parameters(callable, inner);
        block(function.body(), inner);
    }

    /** {@code functools.cache} and {@code lru_cache}: calls reach the function as they are. */
    private static boolean keepsCalls(Expr decorator) {
        Expr e = decorator instanceof Expr.Call call ? call.callee() : decorator;
        String name =
                e instanceof Expr.Attribute attribute
                        ? attribute.name()
                        : e instanceof Expr.Name plain ? plain.id() : "";
        return name.equals("cache") || name.equals("lru_cache");
    }

    private void type(Stmt.ClassDef type, Scope scope) {
        all(type.decorators(), scope);
        type.arguments().forEach(a -> visit(a.value(), scope));
        Scope inner = scope.child(Scope.Kind.CLASS);
        scope.bind(type.name().id(), new Binding.ClassNamed(inner, type.name().start()));
        block(type.body(), inner);
    }

    private void imports(Stmt.Import statement, Scope scope) {
        for (ImportName name : statement.names()) {
            String first = name.name().split("\\.", 2)[0];
            String bound = name.as().map(Expr.Name::id).orElse(first);
            scope.bind(bound, new Binding.Other(name.start()));
            int end = Math.min(name.end(), name.start() + name.name().length());
            file().addImport(
                            new ImportedModule(
                                    name.name(),
                                    List.of(),
                                    0,
                                    new Span(name.start(), end),
                                    guards > 0));
        }
    }

    private void importFrom(Stmt.ImportFrom statement, Scope scope) {
        for (ImportName name : statement.names()) {
            String bound = name.as().map(Expr.Name::id).orElse(name.name());
            scope.bind(bound, new Binding.Other(name.start()));
        }
        file().addImport(
                        new ImportedModule(
                                statement.module(),
                                statement.names().stream().map(ImportName::name).toList(),
                                statement.level(),
                                statement.span(),
                                guards > 0));
    }

    private void attempt(Stmt.Try attempt, Scope scope) {
        boolean guarded =
                attempt.handlers().stream()
                        .anyMatch(
                                h ->
                                        !h.type().isPresent()
                                                || IMPORT_GUARDS.stream()
                                                        .anyMatch(n -> mentions(h.type(), n)));
        guards += guarded ? 1 : 0;
        block(attempt.body(), scope);
        for (ExceptHandler handler : attempt.handlers()) {
            visit(handler.type(), scope);
            handler.name().ifPresent(n -> scope.bind(n.id(), new Binding.Other(n.start())));
            block(handler.body(), scope);
        }
        guards -= guarded ? 1 : 0;
        block(attempt.orElse(), scope);
        block(attempt.finallyBody(), scope);
    }

    /** {@code contextlib.suppress(ImportError)}. */
    private static boolean suppresses(Expr context) {
        return context instanceof Expr.Call call
                && mentions(call.callee(), "suppress")
                && call.arguments().stream()
                        .anyMatch(
                                a -> IMPORT_GUARDS.stream().anyMatch(n -> mentions(a.value(), n)));
    }

    private static boolean mentions(Expr e, String name) {
        if (e instanceof Expr.Name plain) {
            return plain.id().equals(name);
        }
        if (e instanceof Expr.Attribute attribute) {
            return attribute.name().equals(name);
        }
        return e instanceof Expr.Tuple tuple
                && tuple.items().stream().anyMatch(i -> mentions(i, name));
    }

    private void match(Stmt.Match match, Scope scope) {
        visit(match.subject(), scope);
        for (MatchCase one : match.cases()) {
            pattern(one.pattern(), scope);
            visit(one.guard(), scope);
            block(one.body(), scope);
        }
    }

    private void pattern(Pattern p, Scope scope) {
        if (p instanceof Pattern.Value value) {
            visit(value.value(), scope);
        } else if (p instanceof Pattern.As as) {
            as.pattern().ifPresent(inner -> pattern(inner, scope));
            capture(as.name(), scope);
        } else if (p instanceof Pattern.Or or) {
            or.alternatives().forEach(a -> pattern(a, scope));
        } else if (p instanceof Pattern.Sequence sequence) {
            sequence.items().forEach(i -> pattern(i, scope));
        } else if (p instanceof Pattern.Star star) {
            capture(star.name(), scope);
        } else if (p instanceof Pattern.Mapping mapping) {
            all(mapping.keys(), scope);
            mapping.values().forEach(v -> pattern(v, scope));
            capture(mapping.rest(), scope);
        } else if (p instanceof Pattern.ClassPattern type) {
            visit(type.type(), scope);
            type.positional().forEach(i -> pattern(i, scope));
            type.keywordPatterns().forEach(i -> pattern(i, scope));
        }
    }

    private static void capture(Optional<Expr.Name> name, Scope scope) {
        name.ifPresent(n -> scope.bind(n.id(), new Binding.Other(n.start())));
    }
}
