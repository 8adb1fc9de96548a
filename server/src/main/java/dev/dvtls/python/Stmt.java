package dev.dvtls.python;

import java.util.List;

/** A statement. */
public sealed interface Stmt extends Node {

    /**
     * {@code def} or {@code async def}. {@code start} is at {@code def}/{@code async}, as in
     * CPython from 3.8 on, not at a decorator.
     *
     * @param returns the return annotation or {@link Expr.Missing}
     */
    record FunctionDef(
            int start,
            int end,
            boolean async,
            List<Expr> decorators,
            Expr.Name name,
            List<TypeParam> typeParams,
            Parameters parameters,
            Expr returns,
            List<Stmt> body)
            implements Stmt {}

    record ClassDef(
            int start,
            int end,
            List<Expr> decorators,
            Expr.Name name,
            List<TypeParam> typeParams,
            List<Arg> arguments,
            List<Stmt> body)
            implements Stmt {}

    record Return(int start, int end, Expr value) implements Stmt {}

    record Delete(int start, int end, List<Expr> targets) implements Stmt {}

    /** {@code a = b = value}. */
    record Assign(int start, int end, List<Expr> targets, Expr value) implements Stmt {}

    record AugAssign(int start, int end, Expr target, String operator, Expr value)
            implements Stmt {}

    record AnnAssign(int start, int end, Expr target, Expr annotation, Expr value)
            implements Stmt {}

    record TypeAlias(int start, int end, Expr.Name name, List<TypeParam> typeParams, Expr value)
            implements Stmt {}

    record For(
            int start,
            int end,
            boolean async,
            Expr target,
            Expr iterable,
            List<Stmt> body,
            List<Stmt> orElse)
            implements Stmt {}

    record While(int start, int end, Expr test, List<Stmt> body, List<Stmt> orElse)
            implements Stmt {}

    /** {@code elif} is an {@code If} alone in {@code orElse}, as in CPython. */
    record If(int start, int end, Expr test, List<Stmt> body, List<Stmt> orElse) implements Stmt {}

    record With(int start, int end, boolean async, List<WithItem> items, List<Stmt> body)
            implements Stmt {}

    record Match(int start, int end, Expr subject, List<MatchCase> cases) implements Stmt {}

    record Raise(int start, int end, Expr exception, Expr cause) implements Stmt {}

    /**
     * {@code try}.
     *
     * @param star true for {@code except*}
     */
    record Try(
            int start,
            int end,
            List<Stmt> body,
            List<ExceptHandler> handlers,
            List<Stmt> orElse,
            List<Stmt> finallyBody,
            boolean star)
            implements Stmt {}

    record Assert(int start, int end, Expr test, Expr message) implements Stmt {}

    record Import(int start, int end, List<ImportName> names) implements Stmt {}

    /**
     * {@code from module import names}.
     *
     * @param level number of leading dots; {@code module} is empty for {@code from . import x}
     */
    record ImportFrom(int start, int end, int level, String module, List<ImportName> names)
            implements Stmt {}

    record Global(int start, int end, List<Expr.Name> names) implements Stmt {}

    record Nonlocal(int start, int end, List<Expr.Name> names) implements Stmt {}

    record ExprStmt(int start, int end, Expr value) implements Stmt {}

    /** {@code pass}, {@code break} or {@code continue}. */
    record Simple(int start, int end, Kind kind) implements Stmt {
        public enum Kind {
            PASS,
            BREAK,
            CONTINUE
        }
    }
}
