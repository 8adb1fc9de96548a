package dev.dvtls.manifest.reading;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Param;
import java.util.List;

/** Which argument of a call a parameter gets. */
final class Arguments {
    private Arguments() {}

    /** The one argument; empty when the default holds, or when stars hide it. */
    static List<Arg> of(Expr.Call call, Callable function, int index) {
        Param parameter = function.parameters().get(index);
        int position = 0;
        boolean positional =
                parameter.kind() == Param.Kind.NORMAL
                        || parameter.kind() == Param.Kind.POSITIONAL_ONLY;
        for (Arg argument : call.arguments()) {
            if (argument.kind() == Arg.Kind.STAR) {
                positional = false;
            } else if (argument.kind() == Arg.Kind.POSITIONAL) {
                if (positional && position == index) {
                    return List.of(argument);
                }
                position++;
            } else if (argument.kind() == Arg.Kind.KEYWORD
                    && argument.name().equals(parameter.name().id())) {
                return List.of(argument);
            }
        }
        return List.of();
    }

    /** True when {@code *} or {@code **} may hand it something. */
    static boolean hidden(Expr.Call call) {
        return call.arguments().stream()
                .anyMatch(a -> a.kind() == Arg.Kind.STAR || a.kind() == Arg.Kind.DOUBLE_STAR);
    }
}
