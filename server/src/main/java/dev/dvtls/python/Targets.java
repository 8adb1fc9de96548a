package dev.dvtls.python;

/** What may be assigned to, deleted or bound (Python's grammar, "assignment targets"). */
final class Targets {
    private Targets() {}

    static void checkAssign(Problems problems, Expr target) {
        if (target instanceof Expr.Tuple tuple) {
            tuple.items().forEach(item -> checkAssign(problems, item));
        } else if (target instanceof Expr.ListExpr list) {
            list.items().forEach(item -> checkAssign(problems, item));
        } else if (target instanceof Expr.Starred starred) {
            checkAssign(problems, starred.value());
        } else if (!isSingle(target)) {
            reject(problems, target, "cannot assign to ");
        }
    }

    static void checkDelete(Problems problems, Expr target) {
        if (target instanceof Expr.Tuple tuple) {
            tuple.items().forEach(item -> checkDelete(problems, item));
        } else if (target instanceof Expr.ListExpr list) {
            list.items().forEach(item -> checkDelete(problems, item));
        } else if (!isSingle(target)) {
            reject(problems, target, "cannot delete ");
        }
    }

    static void checkAugmented(Problems problems, Expr target) {
        if (!isSingle(target)) {
            problems.add(
                    target.start(),
                    target.end(),
                    "'%s' is an illegal expression for augmented assignment"
                            .formatted(describe(target)));
        }
    }

    static void checkAnnotated(Problems problems, Expr target) {
        if (target instanceof Expr.Tuple || target instanceof Expr.ListExpr) {
            problems.add(
                    target.start(),
                    target.end(),
                    "only single target (not %s) can be annotated".formatted(describe(target)));
        } else if (!isSingle(target)) {
            problems.add(target.start(), target.end(), "illegal target for annotation");
        }
    }

    /** A name, an attribute or a subscript; what is missing has been reported already. */
    private static boolean isSingle(Expr target) {
        return target instanceof Expr.Name
                || target instanceof Expr.Attribute
                || target instanceof Expr.Subscript
                || target instanceof Expr.Missing;
    }

    private static void reject(Problems problems, Expr target, String verb) {
        problems.add(target.start(), target.end(), verb + describe(target));
    }

    /** What an expression is, as CPython's messages call it. */
    static String describe(Expr e) {
        if (e instanceof Expr.Constant constant) {
            return switch (constant.kind()) {
                case TRUE -> "True";
                case FALSE -> "False";
                case NONE -> "None";
                case ELLIPSIS -> "ellipsis";
            };
        }
        if (e instanceof Expr.Comp comp) {
            return switch (comp.kind()) {
                case LIST -> "list comprehension";
                case SET -> "set comprehension";
                case DICT -> "dict comprehension";
                case GENERATOR -> "generator expression";
            };
        }
        if (e instanceof Expr.FString f) {
            return f.template() ? "t-string expression" : "f-string expression";
        }
        if (e instanceof Expr.Str || e instanceof Expr.Num) {
            return "literal";
        }
        if (e instanceof Expr.Call) {
            return "function call";
        }
        if (e instanceof Expr.Compare) {
            return "comparison";
        }
        if (e instanceof Expr.Conditional) {
            return "conditional expression";
        }
        if (e instanceof Expr.Lambda) {
            return "lambda";
        }
        if (e instanceof Expr.Await) {
            return "await expression";
        }
        if (e instanceof Expr.Yield) {
            return "yield expression";
        }
        if (e instanceof Expr.Walrus) {
            return "named expression";
        }
        return describeTarget(e);
    }

    private static String describeTarget(Expr e) {
        if (e instanceof Expr.Name) {
            return "name";
        }
        if (e instanceof Expr.Attribute) {
            return "attribute";
        }
        if (e instanceof Expr.Subscript) {
            return "subscript";
        }
        if (e instanceof Expr.Starred) {
            return "starred";
        }
        if (e instanceof Expr.Tuple) {
            return "tuple";
        }
        if (e instanceof Expr.ListExpr) {
            return "list";
        }
        if (e instanceof Expr.Dict) {
            return "dict literal";
        }
        if (e instanceof Expr.SetExpr) {
            return "set display";
        }
        return "expression";
    }
}
