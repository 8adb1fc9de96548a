package dev.dvtls.python;

/**
 * An argument of a call or a class header, in source order.
 *
 * @param name the keyword, empty for a positional one, {@code *} or {@code **}
 */
public record Arg(int start, int end, Kind kind, String name, int nameEnd, Expr value)
        implements Node {
    public enum Kind {
        POSITIONAL,
        KEYWORD,
        STAR,
        DOUBLE_STAR
    }
}
