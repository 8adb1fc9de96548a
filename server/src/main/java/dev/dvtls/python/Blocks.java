package dev.dvtls.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The statements inside of statements. */
public final class Blocks {
    private Blocks() {}

    /** Those directly inside a compound statement, in source order; none in a simple one. */
    public static List<Stmt> of(Stmt statement) {
        List<Stmt> all = new ArrayList<>();
        if (statement instanceof Stmt.Match match) {
            match.cases().forEach(c -> all.addAll(c.body()));
        } else if (statement instanceof Stmt.Try attempt) {
            all.addAll(attempt.body());
            attempt.handlers().forEach(h -> all.addAll(h.body()));
            all.addAll(attempt.orElse());
            all.addAll(attempt.finallyBody());
        } else {
            Children.suites(statement).forEach(all::addAll);
        }
        return all;
    }

    /** All statements of a file, each before those inside it. */
    public static List<Stmt> all(Module module) {
        return walk(module, statement -> true);
    }

    /** Those that run when the file is imported: no function's, no class's. */
    public static List<Stmt> topLevel(Module module) {
        return walk(
                module,
                statement ->
                        !(statement instanceof Stmt.FunctionDef
                                || statement instanceof Stmt.ClassDef));
    }

    /** Without recursion: an elif stands inside the one before it, and there may be thousands. */
    private static List<Stmt> walk(Module module, Predicate<Stmt> enters) {
        List<Stmt> all = new ArrayList<>();
        Deque<Stmt> left = new ArrayDeque<>(module.body());
        while (!left.isEmpty()) {
            Stmt next = left.pop();
            all.add(next);
            List<Stmt> inside = enters.test(next) ? of(next) : List.of();
            for (int i = inside.size() - 1; i >= 0; i--) {
                left.push(inside.get(i));
            }
        }
        return all;
    }
}
