package dev.dvtls.check.rules;

import dev.dvtls.python.ExceptHandler;
import dev.dvtls.python.Expr;
import dev.dvtls.python.MatchCase;
import dev.dvtls.python.Pattern;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * How a function's body ends: its own returns and yields (not those of functions inside it), and
 * whether its end can be reached.
 */
final class Flow {
    private final List<Stmt.Return> returns = new ArrayList<>();
    private final List<Span> yields = new ArrayList<>();
    private boolean breaks;
    private boolean fallsThrough;

    private Flow() {}

    static Flow of(List<Stmt> body) {
        Flow flow = new Flow();
        flow.fallsThrough = flow.block(body);
        return flow;
    }

    List<Stmt.Return> returns() {
        return returns;
    }

    List<Span> yields() {
        return yields;
    }

    boolean fallsThrough() {
        return fallsThrough;
    }

    /** True when what follows the block can be reached. */
    private boolean block(List<Stmt> statements) {
        boolean reachable = true;
        for (Stmt s : statements) {
            reachable &= statement(s);
        }
        return reachable;
    }

    private boolean statement(Stmt s) {
        if (s instanceof Stmt.Return one) {
            returns.add(one);
            return false;
        }
        if (s instanceof Stmt.Raise) {
            return false;
        }
        if (s instanceof Stmt.Simple simple) {
            breaks |= simple.kind() == Stmt.Simple.Kind.BREAK;
            return simple.kind() == Stmt.Simple.Kind.PASS;
        }
        if (s instanceof Stmt.ExprStmt expression) {
            noteYield(expression.value());
            return !isExit(expression.value());
        }
        if (s instanceof Stmt.Assign assign) {
            noteYield(assign.value());
            return true;
        }
        return compound(s);
    }

    private void noteYield(Expr e) {
        Expr inner = e instanceof Expr.Await await ? await.value() : e;
        if (inner instanceof Expr.Yield found) {
            yields.add(found.span());
        }
    }

    /** {@code sys.exit()} and the like never come back. */
    private static boolean isExit(Expr e) {
        if (!(e instanceof Expr.Call call)) {
            return false;
        }
        return call.callee() instanceof Expr.Attribute attribute
                ? attribute.name().equals("exit")
                : call.callee() instanceof Expr.Name name && name.id().equals("exit");
    }

    private boolean compound(Stmt s) {
        if (s instanceof Stmt.If branch) {
            return branches(branch);
        }
        if (s instanceof Stmt.With with) {
            return block(with.body());
        }
        if (s instanceof Stmt.For loop) {
            block(loop.body());
            block(loop.orElse());
            return true;
        }
        if (s instanceof Stmt.While loop) {
            return whileLoop(loop);
        }
        if (s instanceof Stmt.Try attempt) {
            return attempt(attempt);
        }
        return !(s instanceof Stmt.Match match) || match(match);
    }

    private boolean branches(Stmt.If first) {
        Stmt.If branch = first; // a chain of elif is a nest of ifs
        boolean through = block(branch.body());
        while (branch.orElse().size() == 1 && branch.orElse().get(0) instanceof Stmt.If next) {
            branch = next;
            through |= block(branch.body());
        }
        return block(branch.orElse()) || through;
    }

    private boolean whileLoop(Stmt.While loop) {
        boolean before = breaks;
        breaks = false;
        block(loop.body());
        boolean forever =
                (loop.test() instanceof Expr.Constant constant
                                && constant.kind() == Expr.Constant.Kind.TRUE)
                        || (loop.test() instanceof Expr.Num number && !number.text().equals("0"));
        boolean ends = !forever || breaks;
        breaks = before;
        block(loop.orElse());
        return ends;
    }

    private boolean attempt(Stmt.Try attempt) {
        boolean body = block(attempt.body());
        boolean otherwise = block(attempt.orElse());
        boolean through = attempt.orElse().isEmpty() ? body : body && otherwise;
        for (ExceptHandler handler : attempt.handlers()) {
            through |= block(handler.body());
        }
        return block(attempt.finallyBody()) && through;
    }

    private boolean match(Stmt.Match match) {
        boolean through = true;
        boolean any = false;
        for (MatchCase one : match.cases()) {
            any |= block(one.body());
            boolean rest =
                    one.pattern() instanceof Pattern.As as
                            && as.pattern().isEmpty()
                            && !one.guard().isPresent();
            through &= !rest;
        }
        return through || any;
    }
}
