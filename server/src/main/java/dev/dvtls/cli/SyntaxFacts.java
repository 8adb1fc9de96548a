package dev.dvtls.cli;

import dev.dvtls.python.Comprehension;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Stmt;
import dev.dvtls.python.StringLiteral;
import dev.dvtls.text.LineIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a syntax tree says, one fact a line, so that it can be compared with CPython's: see {@code
 * src/test/python/ast_dump.py}, which prints the same from CPython's {@code ast}.
 */
public final class SyntaxFacts {
    private record Fact(int line, int column, String detail) {}

    private static final Comparator<Fact> ORDER =
            Comparator.comparingInt(Fact::line)
                    .thenComparingInt(Fact::column)
                    .thenComparing(Fact::detail, PythonText::compare);

    private final String text;
    private final LineIndex lines;
    private final boolean marked;
    private final List<Fact> facts = new ArrayList<>();
    private final StatementFacts statements = new StatementFacts(this);

    /** The offset of the outermost f-string around what is visited, or -1. */
    private int outer = -1;

    private SyntaxFacts(String text) {
        this.text = text;
        lines = LineIndex.of(text);
        marked = text.startsWith("\ufeff");
    }

    /** The facts of a file without problems, in source order. */
    public static List<String> of(String text, ParsedFile file) {
        SyntaxFacts visitor = new SyntaxFacts(text);
        visitor.statements.body(file.module().body());
        visitor.facts.sort(ORDER);
        return visitor.facts.stream()
                .map(f -> f.line() + ":" + f.column() + " " + f.detail())
                .toList();
    }

    void fact(int offset, String detail) {
        int at = outer >= 0 ? outer : offset;
        int line = lines.line(at);
        int start = lines.lineStart(line) + (line == 0 && marked ? 1 : 0);
        facts.add(new Fact(line + 1, text.codePointCount(start, at), detail));
    }

    /** What is bound by assigning to a target; the rest of it is read. */
    void bind(Expr target) {
        if (target instanceof Expr.Name name) {
            fact(name.start(), "BIND " + name.id());
        } else if (target instanceof Expr.Tuple tuple) {
            tuple.items().forEach(this::bind);
        } else if (target instanceof Expr.ListExpr list) {
            list.items().forEach(this::bind);
        } else if (target instanceof Expr.Starred starred) {
            bind(starred.value());
        } else {
            expr(target);
        }
    }

    void all(List<Expr> expressions) {
        expressions.forEach(this::expr);
    }

    void expr(Expr e) {
        if (e instanceof Expr.Call call) {
            call(call);
        } else if (e instanceof Expr.Str str) {
            string(str);
        } else if (e instanceof Expr.FString f) {
            interpolated(f);
        } else if (e instanceof Expr.Attribute attribute) {
            expr(attribute.value());
        } else if (e instanceof Expr.Subscript subscript) {
            if (subscript.index() instanceof Expr.Str str && !str.isBytes()) {
                fact(subscript.start(), "INDEX " + PythonText.ascii(codePoints(str.literal())));
            }
            expr(subscript.value());
            expr(subscript.index());
        } else if (e instanceof Expr.Lambda lambda) {
            fact(lambda.start(), "LAMBDA (" + StatementFacts.signature(lambda.parameters()) + ")");
            statements.parameters(lambda.parameters());
            expr(lambda.body());
        } else if (e instanceof Expr.Walrus walrus) {
            bind(walrus.target());
            expr(walrus.value());
        } else if (e instanceof Expr.Comp comp) {
            expr(comp.element());
            expr(comp.value());
            comp.clauses().forEach(this::clause);
        } else {
            children(e);
        }
    }

    private void children(Expr e) {
        if (e instanceof Expr.Binary binary) {
            expr(binary.left());
            expr(binary.right());
        } else if (e instanceof Expr.Unary unary) {
            expr(unary.operand());
        } else if (e instanceof Expr.Bool bool) {
            all(bool.operands());
        } else if (e instanceof Expr.Compare compare) {
            expr(compare.left());
            all(compare.comparators());
        } else if (e instanceof Expr.Conditional conditional) {
            expr(conditional.body());
            expr(conditional.test());
            expr(conditional.orElse());
        } else if (e instanceof Expr.Tuple tuple) {
            all(tuple.items());
        } else if (e instanceof Expr.ListExpr list) {
            all(list.items());
        } else if (e instanceof Expr.SetExpr set) {
            all(set.items());
        } else if (e instanceof Expr.Dict dict) {
            all(dict.keys());
            all(dict.values());
        } else if (e instanceof Expr.Slice slice) {
            expr(slice.lower());
            expr(slice.upper());
            expr(slice.step());
        } else if (e instanceof Expr.Await await) {
            expr(await.value());
        } else if (e instanceof Expr.Yield yield) {
            expr(yield.value());
        } else if (e instanceof Expr.Starred starred) {
            expr(starred.value());
        }
    }

    private void clause(Comprehension clause) {
        bind(clause.target());
        expr(clause.iterable());
        all(clause.conditions());
    }

    private void call(Expr.Call call) {
        List<String> arguments = new ArrayList<>();
        call.arguments()
                .forEach(
                        a ->
                                arguments.add(
                                        switch (a.kind()) {
                                            case POSITIONAL -> "_";
                                            case STAR -> "*";
                                            case DOUBLE_STAR -> "**";
                                            case KEYWORD -> a.name() + "=";
                                        }));
        arguments.sort(PythonText::compare);
        String list = arguments.isEmpty() ? "" : " " + String.join(" ", arguments);
        fact(call.start(), "CALL " + dotted(call.callee()) + list);
        expr(call.callee());
        call.arguments().forEach(a -> expr(a.value()));
    }

    private static String dotted(Expr callee) {
        StringBuilder path = new StringBuilder();
        Expr e = callee;
        while (e instanceof Expr.Attribute attribute) {
            path.insert(0, "." + attribute.name());
            e = attribute.value();
        }
        return e instanceof Expr.Name name ? name.id() + path : "?";
    }

    private void string(Expr.Str str) {
        int[] value = codePoints(str.literal());
        fact(
                str.start(),
                str.isBytes()
                        ? "BYTES " + PythonText.bytes(value)
                        : "STR " + PythonText.ascii(value));
    }

    private static int[] codePoints(StringLiteral literal) {
        return literal.codePoints().toArray();
    }

    private void interpolated(Expr.FString f) {
        fact(f.start(), "FSTR");
        int before = outer;
        outer = before >= 0 ? before : f.start();
        holes(f.parts());
        outer = before;
    }

    /** The literal pieces are no facts: before Python 3.12 they have no positions of their own. */
    private void holes(List<Expr> parts) {
        for (Expr part : parts) {
            if (part instanceof Expr.Hole hole) {
                // An f-string that is all of a hole looks like a format spec in CPython's tree.
                if (hole.value() instanceof Expr.FString inner) {
                    holes(inner.parts());
                } else {
                    expr(hole.value());
                }
                holes(hole.spec());
            }
        }
    }

    void statements(List<Stmt> body) {
        statements.body(body);
    }
}
