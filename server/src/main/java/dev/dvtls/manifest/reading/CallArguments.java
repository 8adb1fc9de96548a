package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Items;
import dev.dvtls.manifest.reading.Value.Pairs;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of one call as Python hands them over, stars spread out.
 *
 * @param unknown stars whose content is not known
 */
record CallArguments(List<Given> positional, List<Named> named, List<Span> unknown) {
    /** An argument's value and the expression that it came from. */
    record Given(Value value, Expr at) {}

    record Named(String name, Span nameSpan, Given given) {}

    static CallArguments of(CallSite site, Constants constants, Choices choices) {
        List<Given> positional = new ArrayList<>();
        List<Named> named = new ArrayList<>();
        List<Span> unknown = new ArrayList<>();
        for (Arg argument : site.call().arguments()) {
            Expr at = argument.value();
            Value value = constants.of(at, site.scope(), choices);
            switch (argument.kind()) {
                case POSITIONAL -> {
                    if (at.isPresent()) {
                        positional.add(new Given(value, at));
                    }
                }
                case KEYWORD ->
                        named.add(
                                new Named(
                                        argument.name(),
                                        new Span(argument.start(), argument.nameEnd()),
                                        new Given(value, at)));
                case STAR -> {
                    if (value instanceof Items items) {
                        items.items().forEach(v -> positional.add(new Given(v, at)));
                    } else {
                        unknown.add(argument.span());
                    }
                }
                case DOUBLE_STAR -> {
                    if (!(value instanceof Pairs pairs) || !spread(pairs, at, named)) {
                        unknown.add(argument.span());
                    }
                }
            }
        }
        return new CallArguments(positional, named, unknown);
    }

    /** Adds a dict's entries as named arguments; false when a key is not known. */
    static boolean spread(Pairs pairs, Expr at, List<Named> named) {
        List<Named> spread = new ArrayList<>();
        for (int i = 0; i < pairs.keys().size(); i++) {
            if (!(Value.plain(pairs.keys().get(i)) instanceof String name)) {
                return false;
            }
            boolean literal =
                    at instanceof Expr.Dict dict && dict.keys().size() == pairs.keys().size();
            Expr key = literal ? ((Expr.Dict) at).keys().get(i) : at;
            Expr value = literal ? ((Expr.Dict) at).values().get(i) : at;
            spread.add(new Named(name, name(key), new Given(pairs.values().get(i), value)));
        }
        named.addAll(spread);
        return true;
    }

    /** Where a name stands: a plain string's content, else the whole expression. */
    static Span name(Expr at) {
        return at instanceof Expr.Str string && string.literal().isSimple()
                ? new Span(string.literal().contentStart(), string.literal().contentEnd())
                : at.span();
    }

    /** The literal that is the name as it stands, wherever it is. */
    static Optional<Span> written(Given given) {
        if (given.value() instanceof Value.Text text
                && text.pieces().size() == 1
                && text.pieces().get(0) instanceof Value.Literal whole
                && whole.literal().isSimple()
                && whole.text().equals(whole.literal().value())) {
            return Optional.of(
                    new Span(whole.literal().contentStart(), whole.literal().contentEnd()));
        }
        return Optional.empty();
    }

    Optional<Given> get(int position, Set<String> names) {
        if (position < positional.size()) {
            return Optional.of(positional.get(position));
        }
        return named(names);
    }

    Optional<Given> named(Set<String> names) {
        return named.stream().filter(n -> names.contains(n.name())).map(Named::given).findFirst();
    }
}
