package dev.dvtls.python;

/** {@code context as target}; {@code target} may be {@link Expr.Missing}. */
public record WithItem(int start, int end, Expr context, Expr target) implements Node {}
