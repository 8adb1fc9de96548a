package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Items;
import dev.dvtls.manifest.reading.Value.Pairs;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One element of what a loop runs over, the one that this try of the choices takes. */
final class Elements {
    private static final Set<String> SAME_ELEMENTS =
            Set.of("list", "tuple", "set", "sorted", "reversed", "iter", "frozenset");

    private final Constants constants;

    Elements(Constants constants) {
        this.constants = constants;
    }

    /**
     * @param loop whose turn it is
     */
    Value of(Expr iterable, Scope scope, Choices choices, Object loop) {
        if (iterable instanceof Expr.Comp comp) {
            return constants.of(
                    comp.element(), constants.file().comprehension(comp, scope), choices);
        }
        if (iterable instanceof Expr.Name name
                && constants.only(name, scope) instanceof Binding.Assigned assigned
                && assigned.path().isEmpty()
                && assigned.value() instanceof Expr.Comp comp) {
            return of(comp, assigned.scope(), choices, loop);
        }
        if (iterable instanceof Expr.Call call) {
            return called(call, scope, choices, loop);
        }
        return turn(constants.of(iterable, scope, choices), choices, loop);
    }

    private static Value turn(Value whole, Choices choices, Object loop) {
        List<Value> items =
                whole instanceof Items list
                        ? list.items()
                        : whole instanceof Pairs pairs ? pairs.keys() : List.of(Plain.UNKNOWN);
        return items.isEmpty() ? Plain.NEVER : items.get(choices.pick(loop, items.size()));
    }

    private Value called(Expr.Call call, Scope scope, Choices choices, Object loop) {
        List<Arg> arguments = call.arguments();
        if (call.callee() instanceof Expr.Attribute method && arguments.isEmpty()) {
            Value owner = constants.of(method.value(), scope, choices);
            return owner instanceof Pairs pairs
                    ? ofDict(pairs, method.name(), choices, loop)
                    : Plain.UNKNOWN;
        }
        if (!(call.callee() instanceof Expr.Name function) || arguments.isEmpty()) {
            return Plain.UNKNOWN;
        }
        Expr first = arguments.get(0).value();
        if (SAME_ELEMENTS.contains(function.id())) {
            return of(first, scope, choices, loop);
        }
        return switch (function.id()) {
            case "enumerate" -> new Items(List.of(Plain.UNKNOWN, of(first, scope, choices, loop)));
            case "zip" -> zip(arguments, scope, choices, loop);
            default -> Plain.UNKNOWN;
        };
    }

    private static Value ofDict(Pairs pairs, String method, Choices choices, Object loop) {
        if (pairs.keys().isEmpty()) {
            return Plain.NEVER;
        }
        int turn = choices.pick(loop, pairs.keys().size());
        return switch (method) {
            case "keys" -> pairs.keys().get(turn);
            case "values" -> pairs.values().get(turn);
            case "items" -> new Items(List.of(pairs.keys().get(turn), pairs.values().get(turn)));
            default -> Plain.UNKNOWN;
        };
    }

    private Value zip(List<Arg> arguments, Scope scope, Choices choices, Object loop) {
        List<List<Value>> columns = new ArrayList<>();
        int shortest = Integer.MAX_VALUE;
        for (Arg argument : arguments) {
            if (argument.kind() == Arg.Kind.POSITIONAL) {
                if (!(constants.of(argument.value(), scope, choices) instanceof Items items)) {
                    return Plain.UNKNOWN;
                }
                columns.add(items.items());
                shortest = Math.min(shortest, items.items().size());
            }
        }
        if (columns.isEmpty() || shortest == 0) {
            return Plain.NEVER;
        }
        int turn = choices.pick(loop, shortest);
        return new Items(columns.stream().map(c -> c.get(turn)).toList());
    }
}
