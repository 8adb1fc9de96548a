package dev.dvtls.manifest.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Python scope and what its names are bound to. Filled by the walk, read only afterwards. */
final class Scope {
    enum Kind {
        MODULE,
        FUNCTION,
        CLASS,
        COMPREHENSION
    }

    /** A name of one scope. Compared by identity. */
    static final class Variable {
        static final Variable UNBOUND = new Variable();

        private final List<Binding> bindings = new ArrayList<>(1);

        List<Binding> bindings() {
            return bindings;
        }
    }

    private final Kind kind;
    private final Scope parent;
    private final Map<String, Variable> variables = new HashMap<>();
    private final Set<String> globals = new HashSet<>(2);
    private final Set<String> nonlocals = new HashSet<>(2);

    private Scope(Kind kind, Scope parent) {
        this.kind = kind;
        this.parent = parent;
    }

    /** The module's; its parent is itself. */
    private Scope() {
        this.kind = Kind.MODULE;
        this.parent = this;
    }

    static Scope module() {
        return new Scope();
    }

    Scope child(Kind childKind) {
        return new Scope(childKind, this);
    }

    Kind kind() {
        return kind;
    }

    void bind(String name, Binding binding) {
        Scope target = this;
        if (globals.contains(name)) {
            target = module(this);
        } else if (nonlocals.contains(name)) {
            target = owner(name);
        }
        target.variables.computeIfAbsent(name, n -> new Variable()).bindings.add(binding);
    }

    /** {@code :=} binds outside of comprehensions (PEP 572). */
    Scope forWalrus() {
        Scope scope = this;
        while (scope.kind == Kind.COMPREHENSION) {
            scope = scope.parent;
        }
        return scope;
    }

    void declareGlobal(String name) {
        globals.add(name);
    }

    void declareNonlocal(String name) {
        nonlocals.add(name);
    }

    /** The name of this scope alone. */
    Variable own(String name) {
        return variables.getOrDefault(name, Variable.UNBOUND);
    }

    /** What a name means here; {@link Variable#UNBOUND} for builtins and what is not defined. */
    Variable lookup(String name) {
        Scope scope = globals.contains(name) ? module(this) : this;
        boolean first = true;
        while (true) {
            Variable found = scope.own(name);
            if (found != Variable.UNBOUND && (first || scope.kind != Kind.CLASS)) {
                return found;
            }
            if (scope.parent == scope) {
                return Variable.UNBOUND;
            }
            first = first && scope.kind == Kind.COMPREHENSION;
            scope = scope.parent;
        }
    }

    private static Scope module(Scope from) {
        Scope scope = from;
        while (scope.parent != scope) {
            scope = scope.parent;
        }
        return scope;
    }

    private Scope owner(String name) {
        Scope scope = parent;
        while (scope.parent != scope) {
            if (scope.kind == Kind.FUNCTION && scope.variables.containsKey(name)) {
                return scope;
            }
            scope = scope.parent;
        }
        return this;
    }
}
