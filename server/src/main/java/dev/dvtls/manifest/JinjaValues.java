package dev.dvtls.manifest;

import dev.dvtls.project.YamlNull;
import dev.dvtls.python.Expr;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What expressions of a template are worth, as far as the text alone tells. */
final class JinjaValues {
    private static final int MOST_CHOICES = 1000; // a product of loops is cut off there

    /** Every value that a name is given anywhere in the template. */
    private final Map<String, List<Expr>> bindings = new HashMap<>();

    /** Names that a loop binds. */
    private final Set<String> loops = new HashSet<>();

    /**
     * @param each true for a loop: the name stands for each item in turn
     */
    void bind(String name, Expr value, boolean each) {
        bindings.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        if (each) {
            loops.add(name);
        }
    }

    /**
     * A text that an expression can stand for.
     *
     * @param written content of the literal that it is; empty when it is put together
     */
    record Known(String text, Optional<Span> written) {}

    /** The texts that an expression can stand for; empty when it is not known. */
    List<String> strings(Expr expression) {
        return known(expression).stream().map(Known::text).toList();
    }

    /** As {@link #strings}, with places. */
    List<Known> known(Expr expression) {
        return known(expression, 0);
    }

    private List<Known> known(Expr expression, int depth) {
        if (depth > 8) {
            return List.of(); // a name bound to itself
        }
        if (expression instanceof Expr.Str str && !str.isBytes()) {
            Span content = new Span(str.literal().contentStart(), str.literal().contentEnd());
            return List.of(
                    new Known(
                            str.value(),
                            str.literal().isSimple() ? Optional.of(content) : Optional.empty()));
        } else if (expression instanceof Expr.Name name) {
            return bound(name.id(), depth);
        } else if (expression instanceof Expr.Binary sum && sum.operator().equals("+")) {
            List<Known> joined = new ArrayList<>();
            for (Known left : known(sum.left(), depth + 1)) {
                for (Known right : known(sum.right(), depth + 1)) {
                    joined.add(new Known(left.text() + right.text(), Optional.empty()));
                }
            }
            return joined.size() > MOST_CHOICES ? List.of() : joined;
        }
        return List.of();
    }

    private List<Known> bound(String name, int depth) {
        List<Expr> values = bindings.getOrDefault(name, List.of());
        if (values.size() != 1) {
            return List.of(); // bound twice: which one counts is a matter of the run
        }
        Expr value = values.get(0);
        if (!loops.contains(name)) {
            return known(value, depth + 1);
        }
        List<Known> each = new ArrayList<>();
        for (Expr item : items(value)) {
            List<Known> texts = known(item, depth + 1);
            if (texts.isEmpty()) {
                return List.of();
            }
            each.addAll(texts);
        }
        return each;
    }

    private List<Expr> items(Expr value) {
        if (value instanceof Expr.ListExpr list) {
            return list.items();
        } else if (value instanceof Expr.Tuple tuple) {
            return tuple.items();
        } else if (value instanceof Expr.Name name
                && bindings.getOrDefault(name.id(), List.of()).size() == 1
                && !loops.contains(name.id())
                && !(bindings.getOrDefault(name.id(), List.of()).get(0) instanceof Expr.Name)) {
            return items(bindings.getOrDefault(name.id(), List.of()).get(0));
        }
        return List.of();
    }

    /** The version argument of a ref, a number or a text. */
    Optional<String> version(Expr expression) {
        if (expression instanceof Expr.Num number) {
            return Optional.of(number.text());
        }
        List<String> strings = strings(expression);
        return strings.size() == 1 ? Optional.of(strings.get(0)) : Optional.empty();
    }

    /** A literal's plain value; a name bound once to a literal counts as it. */
    Optional<Object> value(Expr expression) {
        if (expression instanceof Expr.Str || expression instanceof Expr.Binary) {
            List<String> strings = strings(expression);
            return strings.size() == 1 ? Optional.of(strings.get(0)) : Optional.empty();
        } else if (expression instanceof Expr.Num number) {
            return number(number.text());
        } else if (expression instanceof Expr.Constant constant) {
            return switch (constant.kind()) {
                case TRUE -> Optional.of(true);
                case FALSE -> Optional.of(false);
                case NONE -> Optional.of(YamlNull.NULL);
                case ELLIPSIS -> Optional.empty();
            };
        } else if (expression instanceof Expr.Name name) {
            return name(name.id());
        } else if (expression instanceof Expr.ListExpr list) {
            return list(list.items());
        } else if (expression instanceof Expr.Tuple tuple) {
            return list(tuple.items());
        } else if (expression instanceof Expr.Dict dict) {
            return map(dict);
        }
        return Optional.empty();
    }

    private Optional<Object> name(String name) {
        return switch (name) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "none" -> Optional.of(YamlNull.NULL);
            default -> {
                List<Expr> values = bindings.getOrDefault(name, List.of());
                boolean once = values.size() == 1 && !loops.contains(name);
                yield once && !(values.get(0) instanceof Expr.Name)
                        ? value(values.get(0))
                        : Optional.empty();
            }
        };
    }

    private Optional<Object> list(List<Expr> items) {
        List<Object> values = new ArrayList<>();
        for (Expr item : items) {
            Optional<Object> value = value(item);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }

    private Optional<Object> map(Expr.Dict dict) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < dict.keys().size(); i++) {
            Optional<Object> value = value(dict.values().get(i));
            if (!(dict.keys().get(i) instanceof Expr.Str key) || value.isEmpty()) {
                return Optional.empty();
            }
            values.put(key.value(), value.get());
        }
        return Optional.of(java.util.Collections.unmodifiableMap(values));
    }

    private static Optional<Object> number(String text) {
        String digits = text.replace("_", "");
        try {
            return Optional.of(Long.decode(digits));
        } catch (NumberFormatException notAnInteger) {
            try {
                return Optional.of(Double.valueOf(digits));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }
    }
}
