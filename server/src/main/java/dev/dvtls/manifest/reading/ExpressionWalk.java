package dev.dvtls.manifest.reading;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Comprehension;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/** Walks expressions: collects calls and what binds names inside them. */
class ExpressionWalk {
    private final FileScopes file;

    /** How many calls are around. */
    private int calls;

    ExpressionWalk(FileScopes file) {
        this.file = file;
    }

    final FileScopes file() {
        return file;
    }

    final void all(List<? extends Expr> expressions, Scope scope) {
        for (Expr expression : expressions) {
            visit(expression, scope);
        }
    }

    final void visit(Expr e, Scope scope) {
        if (e instanceof Expr.Name name) {
            file.addUse(name, scope, name);
        } else if (e instanceof Expr.Call call) {
            call(call, scope);
        } else if (e instanceof Expr.Attribute attribute) {
            visit(attribute.value(), scope);
        } else if (e instanceof Expr.Str string) {
            file.addString(string.span());
        } else if (e instanceof Expr.FString string) {
            file.addString(string.span());
            parts(string.parts(), scope);
        } else if (e instanceof Expr.Subscript subscript) {
            visit(subscript.value(), scope);
            visit(subscript.index(), scope);
        } else if (e instanceof Expr.Comp comp) {
            comprehension(comp, scope);
        } else if (e instanceof Expr.Lambda lambda) {
            lambda(lambda, scope);
        } else if (e instanceof Expr.Walrus walrus) {
            visit(walrus.value(), scope);
            bind(walrus.target(), scope.forWalrus(), assigned(walrus.value(), scope));
        } else {
            operands(e, scope);
        }
    }

    private void operands(Expr e, Scope scope) {
        if (e instanceof Expr.Binary) {
            Expr left = e; // a sum of thousands is a tree of thousands of levels
            while (left instanceof Expr.Binary binary) {
                visit(binary.right(), scope);
                left = binary.left();
            }
            visit(left, scope);
        } else if (e instanceof Expr.Unary unary) {
            visit(unary.operand(), scope);
        } else if (e instanceof Expr.Bool bool) {
            all(bool.operands(), scope);
        } else if (e instanceof Expr.Compare compare) {
            visit(compare.left(), scope);
            all(compare.comparators(), scope);
        } else if (e instanceof Expr.Conditional conditional) {
            visit(conditional.test(), scope);
            visit(conditional.body(), scope);
            visit(conditional.orElse(), scope);
        } else if (e instanceof Expr.Tuple tuple) {
            all(tuple.items(), scope);
        } else if (e instanceof Expr.ListExpr list) {
            all(list.items(), scope);
        } else if (e instanceof Expr.SetExpr set) {
            all(set.items(), scope);
        } else if (e instanceof Expr.Dict dict) {
            all(dict.keys(), scope);
            all(dict.values(), scope);
        } else if (e instanceof Expr.Slice slice) {
            visit(slice.lower(), scope);
            visit(slice.upper(), scope);
            visit(slice.step(), scope);
        } else if (e instanceof Expr.Await await) {
            visit(await.value(), scope);
        } else if (e instanceof Expr.Yield yield) {
            visit(yield.value(), scope);
        } else if (e instanceof Expr.Starred starred) {
            visit(starred.value(), scope);
        } else if (e instanceof Expr.Hole hole) {
            visit(hole.value(), scope);
            parts(hole.spec(), scope);
        }
    }

    /** The literal pieces of an f-string are no strings of their own. */
    private void parts(List<Expr> parts, Scope scope) {
        for (Expr part : parts) {
            if (part instanceof Expr.Hole) {
                visit(part, scope);
            }
        }
    }

    private void call(Expr.Call call, Scope scope) {
        if (calls == 0) {
            file.addOutermost(call);
        }
        calls++;
        if (call.callee() instanceof Expr.Name name) {
            file.addUse(name, scope, call);
        } else {
            visit(call.callee(), scope);
        }
        for (Arg argument : call.arguments()) {
            visit(argument.value(), scope);
        }
        calls--;
        file.addCall(call, scope);
    }

    private void comprehension(Expr.Comp comp, Scope scope) {
        Scope inner = scope.child(Scope.Kind.COMPREHENSION);
        file.addComprehension(comp, inner);
        boolean first = true;
        for (Comprehension clause : comp.clauses()) {
            Scope around = first ? scope : inner; // the first iterable is evaluated outside
            visit(clause.iterable(), around);
            bind(
                    clause.target(),
                    inner,
                    (path, at) ->
                            new Binding.Looped(
                                    clause, clause.iterable(), around, path, comp.span(), at));
            all(clause.conditions(), inner);
            first = false;
        }
        visit(comp.element(), inner);
        visit(comp.value(), inner);
    }

    private void lambda(Expr.Lambda lambda, Scope scope) {
        Callable callable = new Callable(lambda, lambda.parameters().items(), scope, false, false);
        file.addLambda(lambda, callable);
        Scope inner = scope.child(Scope.Kind.FUNCTION);
        parameters(callable, inner);
        visit(lambda.body(), inner);
    }

    /** Defaults are evaluated outside, names bound inside. */
    final void parameters(Callable function, Scope inside) {
        for (int i = 0; i < function.parameters().size(); i++) {
            Param parameter = function.parameters().get(i);
            visit(parameter.annotation(), function.outside());
            visit(parameter.defaultValue(), function.outside());
            inside.bind(
                    parameter.name().id(),
                    new Binding.Parameter(function, i, parameter.name().start()));
        }
    }

    /** Makes the binding of one name of a target, given its path in the value. */
    interface Binder {
        Binding at(List<Integer> path, int offset);
    }

    static Binder assigned(Expr value, Scope scope) {
        return (path, at) -> new Binding.Assigned(value, scope, path, at);
    }

    static Binder other() {
        return (path, at) -> new Binding.Other(at);
    }

    final void bind(Expr target, Scope scope, Binder binder) {
        bind(target, scope, binder, List.of());
    }

    private void bind(Expr target, Scope scope, Binder binder, List<Integer> path) {
        if (target instanceof Expr.Name name) {
            scope.bind(name.id(), binder.at(path, name.start()));
        } else if (target instanceof Expr.Tuple tuple) {
            bindAll(tuple.items(), scope, binder, path);
        } else if (target instanceof Expr.ListExpr list) {
            bindAll(list.items(), scope, binder, path);
        } else if (target instanceof Expr.Starred starred) {
            bind(starred.value(), scope, other(), path);
        } else if (target instanceof Expr.Attribute attribute) {
            if (attribute.value() instanceof Expr.Name
                    && binder.at(path, attribute.start()) instanceof Binding.Assigned value) {
                file.addAttribute(attribute.name(), value);
            }
            visit(attribute.value(), scope);
        } else {
            visit(target, scope);
        }
    }

    private void bindAll(List<Expr> items, Scope scope, Binder binder, List<Integer> path) {
        boolean starred = false;
        for (int i = 0; i < items.size(); i++) {
            starred |= items.get(i) instanceof Expr.Starred;
            List<Integer> inner = new ArrayList<>(path);
            inner.add(i);
            bind(items.get(i), scope, starred ? other() : binder, List.copyOf(inner));
        }
    }

    static Span body(List<? extends dev.dvtls.python.Node> statements, int from) {
        return new Span(
                from,
                statements.isEmpty()
                        ? from
                        : Math.max(from, statements.get(statements.size() - 1).end()));
    }
}
