package dev.dvtls.manifest;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks the expressions that Jinja shares with Python. */
final class ExpressionTree {
    private ExpressionTree() {}

    /** Gives every call of an expression, in source order, outer ones first. */
    static void calls(Expr expression, Consumer<Expr.Call> found) {
        if (expression instanceof Expr.Call call) {
            found.accept(call);
        }
        children(expression).forEach(child -> calls(child, found));
    }

    private static List<Expr> children(Expr expression) {
        if (expression instanceof Expr.Call call) {
            List<Expr> children = new ArrayList<>(List.of(call.callee()));
            call.arguments().stream().map(Arg::value).forEach(children::add);
            return children;
        } else if (expression instanceof Expr.Attribute attribute) {
            return List.of(attribute.value());
        } else if (expression instanceof Expr.Subscript subscript) {
            return List.of(subscript.value(), subscript.index());
        } else if (expression instanceof Expr.Slice slice) {
            return List.of(slice.lower(), slice.upper(), slice.step());
        } else if (expression instanceof Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        } else if (expression instanceof Expr.Unary unary) {
            return List.of(unary.operand());
        } else if (expression instanceof Expr.Bool bool) {
            return bool.operands();
        } else if (expression instanceof Expr.Compare compare) {
            List<Expr> children = new ArrayList<>(List.of(compare.left()));
            children.addAll(compare.comparators());
            return children;
        } else if (expression instanceof Expr.Conditional conditional) {
            return List.of(conditional.body(), conditional.test(), conditional.orElse());
        } else if (expression instanceof Expr.Tuple tuple) {
            return tuple.items();
        } else if (expression instanceof Expr.ListExpr list) {
            return list.items();
        } else if (expression instanceof Expr.SetExpr set) {
            return set.items();
        } else if (expression instanceof Expr.Dict dict) {
            List<Expr> children = new ArrayList<>();
            for (int i = 0; i < dict.keys().size(); i++) {
                children.add(dict.keys().get(i));
                children.add(dict.values().get(i));
            }
            return children;
        } else if (expression instanceof Expr.Starred starred) {
            return List.of(starred.value());
        }
        return List.of();
    }
}
