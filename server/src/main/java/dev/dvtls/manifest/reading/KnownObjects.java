package dev.dvtls.manifest.reading;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Follows {@code dbt} and {@code session} through aliases, parameters, attributes and cursors. One
 * binding of a name that is the object is enough: a model rarely gives one name to two things.
 */
final class KnownObjects {
    /** Methods of a DuckDB connection that return the connection or one of its own kind. */
    private static final Set<String> GIVE_SESSION =
            Set.of("cursor", "execute", "executemany", "begin", "commit", "rollback", "duplicate");

    private static final int STEPS = 4_000;
    private static final int DEEPEST = 150;

    private final FileScopes file;
    private final boolean trustsNames;
    private final IdentityHashMap<Object, Known> known = new IdentityHashMap<>();
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int steps;
    private int depth;

    /**
     * @param trustsNames a parameter that is called {@code dbt} or {@code session} is taken for it
     *     wherever it stands; else only what {@code model} hands on
     */
    KnownObjects(FileScopes file, boolean trustsNames) {
        this.file = file;
        this.trustsNames = trustsNames;
    }

    Known of(Expr e, Scope scope) {
        if (depth == 0) {
            steps = 0;
        }
        if (++steps > STEPS || depth > DEEPEST) {
            return Known.Whole.NOTHING;
        }
        depth++;
        try {
            return follow(e, scope);
        } finally {
            depth--;
        }
    }

    private Known follow(Expr e, Scope scope) {
        if (e instanceof Expr.Name name) {
            return named(name.id(), scope);
        }
        if (e instanceof Expr.Attribute attribute) {
            return attribute(attribute, scope);
        }
        if (e instanceof Expr.Call call) {
            return result(call, scope);
        }
        if (e instanceof Expr.Walrus walrus) {
            return of(walrus.value(), scope);
        }
        if (e instanceof Expr.Await await) {
            return of(await.value(), scope);
        }
        if (e instanceof Expr.Conditional either) {
            return first(of(either.body(), scope), either.orElse(), scope);
        }
        if (e instanceof Expr.Bool bool) {
            Known found = Known.Whole.NOTHING;
            for (Expr operand : bool.operands()) {
                found = first(found, operand, scope);
            }
            return found;
        }
        return Known.Whole.NOTHING;
    }

    private Known first(Known found, Expr otherwise, Scope scope) {
        return found == Known.Whole.NOTHING ? of(otherwise, scope) : found;
    }

    private Known named(String id, Scope scope) {
        Scope.Variable variable = scope.lookup(id);
        if (variable == Scope.Variable.UNBOUND) {
            return byName(id);
        }
        Known before = known.get(variable);
        if (before != null) {
            return before;
        }
        if (!open.add(variable)) {
            return Known.Whole.NOTHING;
        }
        Known found = Known.Whole.NOTHING;
        for (Binding binding : variable.bindings()) {
            found = bound(binding);
            if (found != Known.Whole.NOTHING) {
                break;
            }
        }
        open.remove(variable);
        if (open.isEmpty() || found != Known.Whole.NOTHING) {
            known.put(variable, found);
        }
        return found;
    }

    private Known byName(String id) {
        return switch (trustsNames ? id : "") {
            case "dbt" -> Known.Whole.DBT;
            case "session" -> Known.Whole.SESSION;
            default -> Known.Whole.NOTHING;
        };
    }

    private Known bound(Binding binding) {
        if (binding instanceof Binding.Assigned assigned) {
            return assigned(assigned);
        }
        if (binding instanceof Binding.Entered entered) {
            return of(entered.context(), entered.scope());
        }
        return binding instanceof Binding.Parameter parameter
                ? parameter(parameter.function(), parameter.index())
                : Known.Whole.NOTHING;
    }

    private Known assigned(Binding.Assigned assigned) {
        Expr value = assigned.value();
        for (int index : assigned.path()) {
            List<Expr> items =
                    value instanceof Expr.Tuple tuple
                            ? tuple.items()
                            : value instanceof Expr.ListExpr list ? list.items() : List.of();
            if (index >= items.size()) {
                return Known.Whole.NOTHING;
            }
            value = items.get(index);
        }
        return of(value, assigned.scope());
    }

    /** By its name; as a parameter of {@code model}; by what callers hand it; by its default. */
    private Known parameter(Callable function, int index) {
        Param parameter = function.parameters().get(index);
        if (parameter.kind() == Param.Kind.STAR || parameter.kind() == Param.Kind.DOUBLE_STAR) {
            return Known.Whole.NOTHING;
        }
        Known found = byName(parameter.name().id());
        if (found != Known.Whole.NOTHING) {
            return found;
        }
        if (function.isModel() && index < 2) {
            return index == 0 ? Known.Whole.DBT : Known.Whole.SESSION;
        }
        for (CallSite site : function.sites()) {
            for (Arg argument : Arguments.of(site.call(), function, index)) {
                found = of(argument.value(), site.scope());
                if (found != Known.Whole.NOTHING) {
                    return found;
                }
            }
        }
        return of(parameter.defaultValue(), function.outside());
    }

    private Known attribute(Expr.Attribute attribute, Scope scope) {
        Known base = of(attribute.value(), scope);
        if (base == Known.Whole.DBT) {
            return new Known.DbtMember(attribute.name());
        }
        if (base == Known.Whole.SESSION) {
            return new Known.SessionMember(attribute.name());
        }
        if (base instanceof Known.DbtMember member && member.name().equals("config")) {
            return new Known.DbtMember("config." + attribute.name());
        }
        if (base == Known.Whole.NOTHING && attribute.value() instanceof Expr.Name) {
            return ofSelf(attribute.name());
        }
        return Known.Whole.NOTHING;
    }

    /** {@code self.dbt}, where {@code self.dbt = dbt} stands somewhere. */
    private Known ofSelf(String name) {
        List<Binding.Assigned> values = file.attribute(name);
        if (values.isEmpty() || !open.add(values)) {
            return Known.Whole.NOTHING;
        }
        Known found = Known.Whole.NOTHING;
        for (Binding.Assigned value : values) {
            found = assigned(value);
            if (found != Known.Whole.NOTHING) {
                break;
            }
        }
        open.remove(values);
        return found;
    }

    private Known result(Expr.Call call, Scope scope) {
        if (call.callee() instanceof Expr.Name name
                && name.id().equals("getattr")
                && call.arguments().size() >= 2
                && call.arguments().get(1).value() instanceof Expr.Str member) {
            Known base = of(call.arguments().get(0).value(), scope);
            return base == Known.Whole.DBT
                    ? new Known.DbtMember(member.value())
                    : base == Known.Whole.SESSION
                            ? new Known.SessionMember(member.value())
                            : Known.Whole.NOTHING;
        }
        return call.callee() instanceof Expr.Attribute method
                        && GIVE_SESSION.contains(method.name())
                        && of(method.value(), scope) == Known.Whole.SESSION
                ? Known.Whole.SESSION
                : Known.Whole.NOTHING;
    }
}
