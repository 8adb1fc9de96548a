package dev.dvtls.python;

/**
 * A type parameter (PEP 695, 696).
 *
 * @param prefix empty, {@code *} or {@code **}
 */
public record TypeParam(
        int start, int end, String prefix, Expr.Name name, Expr bound, Expr defaultValue)
        implements Node {}
