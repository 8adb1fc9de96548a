package dev.dvtls.python;

/**
 * A parameter. {@code /} and a bare {@code *} are not listed: the kind says it.
 *
 * @param annotation or {@link Expr.Missing}
 * @param defaultValue or {@link Expr.Missing}
 */
public record Param(
        int start, int end, Kind kind, Expr.Name name, Expr annotation, Expr defaultValue)
        implements Node {
    public enum Kind {
        POSITIONAL_ONLY,
        NORMAL,
        STAR,
        KEYWORD_ONLY,
        DOUBLE_STAR
    }
}
