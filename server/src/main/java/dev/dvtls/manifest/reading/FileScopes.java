package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.PythonModel.ImportedModule;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Module;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the walk of a file found: who binds which name, and every call with the scope it stands in.
 */
final class FileScopes {
    private final List<CallSite> calls = new ArrayList<>();
    private final List<ImportedModule> imports = new ArrayList<>();
    private final List<Span> strings = new ArrayList<>();
    private final IdentityHashMap<Expr, Scope> comprehensions = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Callable> lambdas = new IdentityHashMap<>();
    private final Map<String, List<Binding.Assigned>> attributes = new java.util.HashMap<>();
    private final List<NameUse> uses = new ArrayList<>();
    private final Set<Expr.Call> seenByDbt = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A name read, and the call it is the callee of; the call is the name itself when none. */
    private record NameUse(Expr.Name name, Scope scope, Expr call) {}

    private FileScopes() {}

    static FileScopes of(Module module) {
        FileScopes file = new FileScopes();
        new StatementWalk(file).module(module, Scope.module());
        file.linkCalls();
        return file;
    }

    /** In source order of their ends: an argument's calls come before the call. */
    List<CallSite> calls() {
        return calls;
    }

    List<ImportedModule> imports() {
        return imports;
    }

    /** Every string literal and f-string. */
    List<Span> strings() {
        return strings;
    }

    Scope comprehension(Expr.Comp comp, Scope around) {
        return comprehensions.getOrDefault(comp, around);
    }

    /** False for a call that dbt's own reading passes over ({@link DbtReading}). */
    boolean isSeenByDbt(Expr.Call call) {
        return seenByDbt.contains(call);
    }

    /** A call that stands in no other one. */
    void addOutermost(Expr.Call call) {
        DbtReading.visit(call, seenByDbt);
    }

    /** What {@code self.name} is assigned anywhere in the file. */
    List<Binding.Assigned> attribute(String name) {
        return attributes.getOrDefault(name, List.of());
    }

    /** The one function that a variable stands for. */
    List<Callable> function(Scope.Variable variable) {
        if (variable.bindings().size() != 1) {
            return List.of();
        }
        Binding only = variable.bindings().get(0);
        if (only instanceof Binding.Defined defined) {
            return List.of(defined.function());
        }
        if (only instanceof Binding.Assigned assigned && assigned.path().isEmpty()) {
            Callable lambda = lambdas.get(assigned.value());
            return lambda == null ? List.of() : List.of(lambda);
        }
        return List.of();
    }

    void addCall(Expr.Call call, Scope scope) {
        calls.add(new CallSite(call, scope));
    }

    void addImport(ImportedModule module) {
        imports.add(module);
    }

    void addString(Span span) {
        strings.add(span);
    }

    void addComprehension(Expr.Comp comp, Scope scope) {
        comprehensions.put(comp, scope);
    }

    void addLambda(Expr.Lambda lambda, Callable callable) {
        lambdas.put(lambda, callable);
    }

    void addAttribute(String name, Binding.Assigned value) {
        attributes.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }

    void addUse(Expr.Name name, Scope scope, Expr call) {
        uses.add(new NameUse(name, scope, call));
    }

    private void linkCalls() {
        for (NameUse use : uses) {
            for (Callable function : function(use.scope().lookup(use.name().id()))) {
                if (use.call() instanceof Expr.Call call) {
                    function.addSite(new CallSite(call, use.scope()));
                } else {
                    function.letEscape();
                }
            }
        }
    }
}
