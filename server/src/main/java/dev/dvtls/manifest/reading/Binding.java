package dev.dvtls.manifest.reading;

import dev.dvtls.python.Expr;
import dev.dvtls.text.Span;
import java.util.List;

/** One place that gives a name its value. */
sealed interface Binding {
    /** Offset of the name that is bound. */
    int at();

    /**
     * {@code name = value}, {@code name := value}.
     *
     * @param path where in the value a tuple target takes its part from; empty: all of it
     */
    record Assigned(Expr value, Scope scope, List<Integer> path, int at) implements Binding {}

    /**
     * {@code for name in iterable}, in a statement or a comprehension.
     *
     * @param loop what tells this loop from others
     * @param body where the loop decides what the name is
     */
    record Looped(Object loop, Expr iterable, Scope scope, List<Integer> path, Span body, int at)
            implements Binding {}

    /** {@code with context as name}. */
    record Entered(Expr context, Scope scope, int at) implements Binding {}

    /** A parameter, by its place among the function's parameters. */
    record Parameter(Callable function, int index, int at) implements Binding {}

    /** {@code def name}. */
    record Defined(Callable function, int at) implements Binding {}

    /** {@code class name}. */
    record ClassNamed(Scope body, int at) implements Binding {}

    /** Anything else: an import, an exception, a deletion, {@code +=}, a pattern. */
    record Other(int at) implements Binding {}
}
