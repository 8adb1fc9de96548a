package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Items;
import dev.dvtls.manifest.reading.Value.Pairs;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.manifest.reading.Value.Scalar;
import dev.dvtls.manifest.reading.Value.Text;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluates what is constant: literals, names bound once to one, what a loop over literals or a
 * caller gives. Everything else is {@link Plain#UNKNOWN}.
 */
final class Constants {
    private static final int STEPS = 20_000;
    private static final int DEEPEST = 150;
    private static final int MOST_ITEMS = 4_000;

    private final FileScopes file;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int steps;
    private int depth;

    Constants(FileScopes file) {
        this.file = file;
    }

    Value of(Expr e, Scope scope, Choices choices) {
        if (depth == 0) {
            steps = 0;
        }
        if (++steps > STEPS || depth > DEEPEST) {
            return Plain.UNKNOWN;
        }
        depth++;
        try {
            return evaluate(e, scope, choices);
        } finally {
            depth--;
        }
    }

    private Value evaluate(Expr e, Scope scope, Choices choices) {
        if (e instanceof Expr.Str string) {
            return string.isBytes() ? Plain.UNKNOWN : Text.of(string.literal());
        }
        if (e instanceof Expr.Name name) {
            return named(name, scope, choices);
        }
        if (e instanceof Expr.FString string) {
            return formatted(string, scope, choices);
        }
        if (e instanceof Expr.Num number) {
            return Numbers.parse(number.text());
        }
        if (e instanceof Expr.Constant constant) {
            return switch (constant.kind()) {
                case TRUE -> new Scalar(true);
                case FALSE -> new Scalar(false);
                case NONE -> Plain.NONE;
                case ELLIPSIS -> Plain.UNKNOWN;
            };
        }
        return compound(e, scope, choices);
    }

    private Value compound(Expr e, Scope scope, Choices choices) {
        if (e instanceof Expr.Tuple tuple) {
            return items(tuple.items(), scope, choices);
        }
        if (e instanceof Expr.ListExpr list) {
            return items(list.items(), scope, choices);
        }
        if (e instanceof Expr.SetExpr set) {
            return items(set.items(), scope, choices);
        }
        if (e instanceof Expr.Dict dict) {
            return pairs(dict, scope, choices);
        }
        if (e instanceof Expr.Binary binary) {
            return binary(binary, scope, choices);
        }
        if (e instanceof Expr.Unary unary) {
            return unary.operator().equals("-")
                    ? Numbers.negate(of(unary.operand(), scope, choices))
                    : Plain.UNKNOWN;
        }
        if (e instanceof Expr.Conditional either) {
            return choices.pick(either, 2) == 0
                    ? of(either.body(), scope, choices)
                    : of(either.orElse(), scope, choices);
        }
        if (e instanceof Expr.Walrus walrus) {
            return of(walrus.value(), scope, choices);
        }
        if (e instanceof Expr.Subscript subscript) {
            return Parts.item(
                    of(subscript.value(), scope, choices), of(subscript.index(), scope, choices));
        }
        if (e instanceof Expr.Attribute attribute) {
            return classConstant(attribute, scope, choices);
        }
        return e instanceof Expr.Call call
                ? new TextCalls(this).of(call, scope, choices)
                : Plain.UNKNOWN;
    }

    private Value items(List<Expr> expressions, Scope scope, Choices choices) {
        if (expressions.size() > MOST_ITEMS) {
            return Plain.UNKNOWN;
        }
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expr e : expressions) {
            if (e instanceof Expr.Starred starred) {
                if (!(of(starred.value(), scope, choices) instanceof Items inner)) {
                    return Plain.UNKNOWN;
                }
                values.addAll(inner.items());
            } else {
                values.add(of(e, scope, choices));
            }
        }
        return new Items(values);
    }

    private Value pairs(Expr.Dict dict, Scope scope, Choices choices) {
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < dict.keys().size(); i++) {
            Value value = of(dict.values().get(i), scope, choices);
            if (dict.keys().get(i).isPresent()) {
                keys.add(of(dict.keys().get(i), scope, choices));
                values.add(value);
            } else if (value instanceof Pairs inner) {
                keys.addAll(inner.keys());
                values.addAll(inner.values());
            } else {
                return Plain.UNKNOWN;
            }
        }
        return new Pairs(keys, values);
    }

    private Value binary(Expr.Binary binary, Scope scope, Choices choices) {
        Value left = of(binary.left(), scope, choices);
        Value right = of(binary.right(), scope, choices);
        if (left == Plain.NEVER || right == Plain.NEVER) {
            return Plain.NEVER;
        }
        String operator = binary.operator();
        if (operator.equals("+") && (left instanceof Text || right instanceof Text)) {
            return asText(left, binary.left()).plus(asText(right, binary.right()));
        }
        if (operator.equals("+") && left instanceof Items a && right instanceof Items b) {
            List<Value> both = new ArrayList<>(a.items());
            both.addAll(b.items());
            return new Items(both);
        }
        if (operator.equals("|") && left instanceof Pairs a && right instanceof Pairs b) {
            List<Value> keys = new ArrayList<>(a.keys());
            keys.addAll(b.keys());
            List<Value> values = new ArrayList<>(a.values());
            values.addAll(b.values());
            return new Pairs(keys, values);
        }
        if (operator.equals("%") && left instanceof Text format) {
            return TextCalls.percent(format, binary.right());
        }
        return Numbers.binary(left, operator, right);
    }

    static Text asText(Value value, Expr at) {
        return value instanceof Text text
                ? TextCalls.placed(text, at)
                : Text.of(new Value.Gap(at.span()));
    }

    private Value formatted(Expr.FString string, Scope scope, Choices choices) {
        if (string.template()) {
            return Plain.UNKNOWN;
        }
        List<Value.Piece> pieces = new ArrayList<>();
        boolean exact = true;
        for (Expr part : string.parts()) {
            if (part instanceof Expr.Str literal) {
                pieces.add(new Value.Literal(literal.value(), literal.literal(), 0));
            } else if (part instanceof Expr.Hole hole) {
                Value value = of(hole.value(), scope, choices);
                if (value == Plain.NEVER) {
                    return value;
                }
                boolean plain =
                        !hole.debug()
                                && hole.spec().isEmpty()
                                && (hole.conversion() == 's' || !isConversion(hole.conversion()));
                Text text = plain ? TextCalls.shown(value, hole) : asText(Plain.UNKNOWN, hole);
                exact &= text.exact();
                pieces.addAll(text.pieces());
            }
        }
        return new Text(pieces, exact);
    }

    private static boolean isConversion(char c) {
        return c == 'r' || c == 'a' || c == 's';
    }

    private Value named(Expr.Name name, Scope scope, Choices choices) {
        Scope.Variable variable = scope.lookup(name.id());
        List<Binding> bindings = variable.bindings();
        if (bindings.size() == 1) {
            return bound(variable, bindings.get(0), choices);
        }
        return loopAround(bindings, name.start())
                .map(binding -> bound(variable, binding, choices))
                .orElse(Plain.UNKNOWN);
    }

    /**
     * Of several loops over one name, the innermost around a use, if nothing else binds it there.
     */
    private static Optional<Binding> loopAround(List<Binding> bindings, int use) {
        return bindings.stream()
                .filter(Binding.Looped.class::isInstance)
                .map(Binding.Looped.class::cast)
                .filter(loop -> loop.body().touches(use))
                .min(Comparator.comparingInt(loop -> loop.body().length()))
                .filter(
                        loop ->
                                bindings.stream()
                                        .noneMatch(b -> b != loop && loop.body().touches(b.at())))
                .map(Binding.class::cast);
    }

    private Value bound(Scope.Variable variable, Binding binding, Choices choices) {
        if (!open.add(variable)) {
            return Plain.UNKNOWN;
        }
        try {
            if (binding instanceof Binding.Assigned assigned) {
                Value whole = of(assigned.value(), assigned.scope(), choices);
                return Parts.part(whole, assigned.path());
            }
            if (binding instanceof Binding.Looped loop) {
                Value item =
                        new Elements(this).of(loop.iterable(), loop.scope(), choices, loop.loop());
                return Parts.part(item, loop.path());
            }
            return binding instanceof Binding.Parameter parameter
                    ? argument(parameter.function(), parameter.index(), choices)
                    : Plain.UNKNOWN;
        } finally {
            open.remove(variable);
        }
    }

    /** What the file's own calls of a function hand it, when no other calls are possible. */
    private Value argument(Callable function, int index, Choices choices) {
        if (function.isModel() || function.escapes() || function.sites().isEmpty()) {
            return kept(function, index, choices);
        }
        int picked = choices.pick(function, function.sites().size());
        CallSite site = function.sites().get(picked);
        List<Arg> given = Arguments.of(site.call(), function, index);
        if (!given.isEmpty()) {
            return of(given.get(0).value(), site.scope(), choices);
        }
        Expr otherwise = function.parameters().get(index).defaultValue();
        return Arguments.hidden(site.call())
                ? Plain.UNKNOWN
                : of(otherwise, function.outside(), choices);
    }

    /** {@code lambda n=n: dbt.ref(n)}: nobody hands it a value, it keeps the one of its loop. */
    private Value kept(Callable function, int index, Choices choices) {
        Param parameter = function.parameters().get(index);
        return parameter.defaultValue() instanceof Expr.Name value
                        && value.id().equals(parameter.name().id())
                ? of(value, function.outside(), choices)
                : Plain.UNKNOWN;
    }

    /** {@code Names.A}, where {@code class Names} stands in the file. */
    private Value classConstant(Expr.Attribute attribute, Scope scope, Choices choices) {
        if (attribute.value() instanceof Expr.Name owner) {
            List<Binding> bindings = scope.lookup(owner.id()).bindings();
            if (bindings.size() == 1 && bindings.get(0) instanceof Binding.ClassNamed type) {
                Scope.Variable member = type.body().own(attribute.name());
                if (member.bindings().size() == 1) {
                    return bound(member, member.bindings().get(0), choices);
                }
            }
        }
        return Plain.UNKNOWN;
    }

    /** The one binding of a name, or {@link Binding.Other}. */
    Binding only(Expr.Name name, Scope scope) {
        List<Binding> bindings = scope.lookup(name.id()).bindings();
        return bindings.size() == 1 ? bindings.get(0) : new Binding.Other(name.start());
    }

    FileScopes file() {
        return file;
    }
}
