package dev.dvtls.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The parts of a node, for what looks at a tree's shape alone. */
public final class Children {
    private final List<Node> found = new ArrayList<>();

    private Children() {}

    /** What a node is directly made of, in source order; what the text does not have left out. */
    public static List<Node> of(Node node) {
        Children children = new Children();
        if (node instanceof Stmt stmt) {
            if (!children.block(stmt)) {
                children.line(stmt);
            }
        } else if (node instanceof Expr expr) {
            if (!children.display(expr)) {
                children.operation(expr);
            }
        } else if (node instanceof Pattern pattern) {
            children.pattern(pattern);
        } else {
            children.part(node);
        }
        children.found.sort(Comparator.comparingInt(Node::start));
        return List.copyOf(children.found);
    }

    /** The statements of a block that hold others, each list on its own. */
    public static List<List<Stmt>> suites(Node node) {
        List<List<Stmt>> suites = new ArrayList<>();
        if (node instanceof Module n) {
            suites.add(n.body());
        } else if (node instanceof Stmt.FunctionDef n) {
            suites.add(n.body());
        } else if (node instanceof Stmt.ClassDef n) {
            suites.add(n.body());
        } else if (node instanceof Stmt.For n) {
            suites.addAll(List.of(n.body(), n.orElse()));
        } else if (node instanceof Stmt.While n) {
            suites.addAll(List.of(n.body(), n.orElse()));
        } else if (node instanceof Stmt.If n) {
            suites.addAll(List.of(n.body(), n.orElse()));
        } else if (node instanceof Stmt.With n) {
            suites.add(n.body());
        } else if (node instanceof Stmt.Try n) {
            suites.addAll(List.of(n.body(), n.orElse(), n.finallyBody()));
        } else if (node instanceof ExceptHandler n) {
            suites.add(n.body());
        } else if (node instanceof MatchCase n) {
            suites.add(n.body());
        }
        suites.removeIf(List::isEmpty);
        return suites;
    }

    private void add(Node node) {
        if (!(node instanceof Expr.Missing)) {
            found.add(node);
        }
    }

    private void all(List<? extends Node> nodes) {
        nodes.forEach(this::add);
    }

    private void maybe(Optional<? extends Node> node) {
        node.ifPresent(this::add);
    }

    private boolean block(Stmt stmt) {
        if (stmt instanceof Stmt.FunctionDef n) {
            all(n.decorators());
            add(n.name());
            all(n.typeParams());
            add(n.parameters());
            add(n.returns());
        } else if (stmt instanceof Stmt.ClassDef n) {
            all(n.decorators());
            add(n.name());
            all(n.typeParams());
            all(n.arguments());
        } else if (stmt instanceof Stmt.For n) {
            add(n.target());
            add(n.iterable());
        } else if (stmt instanceof Stmt.While n) {
            add(n.test());
        } else if (stmt instanceof Stmt.If n) {
            add(n.test());
        } else if (stmt instanceof Stmt.With n) {
            all(n.items());
        } else if (stmt instanceof Stmt.Match n) {
            add(n.subject());
            all(n.cases());
        } else if (stmt instanceof Stmt.Try n) {
            all(n.handlers());
        } else {
            return false;
        }
        suites(stmt).forEach(this::all);
        return true;
    }

    private void line(Stmt stmt) {
        if (stmt instanceof Stmt.Return n) {
            add(n.value());
        } else if (stmt instanceof Stmt.Delete n) {
            all(n.targets());
        } else if (stmt instanceof Stmt.Assign n) {
            all(n.targets());
            add(n.value());
        } else if (stmt instanceof Stmt.AugAssign n) {
            all(List.of(n.target(), n.value()));
        } else if (stmt instanceof Stmt.AnnAssign n) {
            all(List.of(n.target(), n.annotation(), n.value()));
        } else if (stmt instanceof Stmt.TypeAlias n) {
            add(n.name());
            all(n.typeParams());
            add(n.value());
        } else if (stmt instanceof Stmt.Raise n) {
            all(List.of(n.exception(), n.cause()));
        } else if (stmt instanceof Stmt.Assert n) {
            all(List.of(n.test(), n.message()));
        } else if (stmt instanceof Stmt.Import n) {
            all(n.names());
        } else if (stmt instanceof Stmt.ImportFrom n) {
            all(n.names());
        } else if (stmt instanceof Stmt.Global n) {
            all(n.names());
        } else if (stmt instanceof Stmt.Nonlocal n) {
            all(n.names());
        } else if (stmt instanceof Stmt.ExprStmt n) {
            add(n.value());
        }
    }

    /** Expressions in brackets, and texts. */
    private boolean display(Expr expr) {
        if (expr instanceof Expr.FString n) {
            all(n.parts());
        } else if (expr instanceof Expr.Hole n) {
            add(n.value());
            all(n.spec());
        } else if (expr instanceof Expr.Call n) {
            add(n.callee());
            all(n.arguments());
        } else if (expr instanceof Expr.Subscript n) {
            all(List.of(n.value(), n.index()));
        } else if (expr instanceof Expr.Tuple n) {
            all(n.items());
        } else if (expr instanceof Expr.ListExpr n) {
            all(n.items());
        } else if (expr instanceof Expr.SetExpr n) {
            all(n.items());
        } else if (expr instanceof Expr.Dict n) {
            all(n.keys());
            all(n.values());
        } else if (expr instanceof Expr.Comp n) {
            all(List.of(n.element(), n.value()));
            all(n.clauses());
        } else {
            return false;
        }
        return true;
    }

    private void operation(Expr expr) {
        if (expr instanceof Expr.Attribute n) {
            add(n.value());
        } else if (expr instanceof Expr.Slice n) {
            all(List.of(n.lower(), n.upper(), n.step()));
        } else if (expr instanceof Expr.Binary n) {
            all(List.of(n.left(), n.right()));
        } else if (expr instanceof Expr.Unary n) {
            add(n.operand());
        } else if (expr instanceof Expr.Bool n) {
            all(n.operands());
        } else if (expr instanceof Expr.Compare n) {
            add(n.left());
            all(n.comparators());
        } else if (expr instanceof Expr.Conditional n) {
            all(List.of(n.body(), n.test(), n.orElse()));
        } else if (expr instanceof Expr.Lambda n) {
            all(List.of(n.parameters(), n.body()));
        } else if (expr instanceof Expr.Await n) {
            add(n.value());
        } else if (expr instanceof Expr.Yield n) {
            add(n.value());
        } else if (expr instanceof Expr.Starred n) {
            add(n.value());
        } else if (expr instanceof Expr.Walrus n) {
            all(List.of(n.target(), n.value()));
        }
    }

    private void pattern(Pattern pattern) {
        if (pattern instanceof Pattern.Value n) {
            add(n.value());
        } else if (pattern instanceof Pattern.As n) {
            maybe(n.pattern());
            maybe(n.name());
        } else if (pattern instanceof Pattern.Or n) {
            all(n.alternatives());
        } else if (pattern instanceof Pattern.Sequence n) {
            all(n.items());
        } else if (pattern instanceof Pattern.Star n) {
            maybe(n.name());
        } else if (pattern instanceof Pattern.Mapping n) {
            all(n.keys());
            all(n.values());
            maybe(n.rest());
        } else if (pattern instanceof Pattern.ClassPattern n) {
            add(n.type());
            all(n.positional());
            all(n.keywordPatterns());
        }
    }

    private void part(Node node) {
        if (node instanceof Module n) {
            all(n.body());
        } else if (node instanceof Arg n) {
            add(n.value());
        } else if (node instanceof Parameters n) {
            all(n.items());
        } else if (node instanceof Param n) {
            all(List.of(n.name(), n.annotation(), n.defaultValue()));
        } else if (node instanceof Comprehension n) {
            all(List.of(n.target(), n.iterable()));
            all(n.conditions());
        } else if (node instanceof ExceptHandler n) {
            add(n.type());
            maybe(n.name());
            all(n.body());
        } else if (node instanceof ImportName n) {
            maybe(n.as());
        } else if (node instanceof MatchCase n) {
            add(n.pattern());
            add(n.guard());
            all(n.body());
        } else if (node instanceof TypeParam n) {
            all(List.of(n.name(), n.bound(), n.defaultValue()));
        } else if (node instanceof WithItem n) {
            all(List.of(n.context(), n.target()));
        }
    }
}
