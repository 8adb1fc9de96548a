package dev.dvtls.manifest.reading;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import java.util.List;
import java.util.Set;

/**
 * Which calls dbt itself finds in a model (dbt-core 1.11, {@code PythonParseVisitor}): those that
 * stand in no other call; of a call's arguments those that are a call, or a list, tuple or dict of
 * calls; and the call at the root of a method chain. It passes over all others without a word.
 */
final class DbtReading {
    private static final Set<String> REFERENCES = Set.of("ref", "source");

    private DbtReading() {}

    /**
     * @param call that dbt comes to
     */
    static void visit(Expr.Call call, Set<Expr.Call> seen) {
        seen.add(call);
        for (Arg argument : call.arguments()) {
            if (argument.kind() != Arg.Kind.STAR) {
                argument(argument.value(), seen);
            }
        }
        Expr root = call.callee();
        while (root instanceof Expr.Attribute attribute) {
            root = attribute.value();
        }
        if (call.callee() instanceof Expr.Attribute && root instanceof Expr.Call inner) {
            visit(inner, seen);
        }
    }

    private static void argument(Expr value, Set<Expr.Call> seen) {
        List<Expr> calls =
                value instanceof Expr.ListExpr list
                        ? list.items()
                        : value instanceof Expr.Tuple tuple
                                ? tuple.items()
                                : value instanceof Expr.Dict dict ? dict.values() : List.of(value);
        for (Expr one : calls) {
            if (one instanceof Expr.Call inner) {
                visit(inner, seen);
            }
        }
    }

    /** {@code dbt.ref} or {@code dbt.source}, by no other name. */
    static boolean isPlain(Expr callee) {
        return callee instanceof Expr.Attribute member
                && REFERENCES.contains(member.name())
                && member.value() instanceof Expr.Name base
                && base.id().equals("dbt");
    }
}
