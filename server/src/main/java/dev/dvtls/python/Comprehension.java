package dev.dvtls.python;

import java.util.List;

/** {@code for target in iterable if c1 if c2}. */
public record Comprehension(
        int start, int end, boolean async, Expr target, Expr iterable, List<Expr> conditions)
        implements Node {}
