package dev.dvtls.sql;

/**
 * A {@code {{ value }}} or {@code {% statement %}} of a template.
 *
 * @param start of its opening braces
 * @param end past its closing braces, or where it was given up
 * @param contentStart past the opening and its {@code -} or {@code +}
 * @param contentEnd before the closing and its {@code -} or {@code +}
 * @param closed false when the closing braces are missing
 */
public record JinjaBlock(
        Kind kind, int start, int end, int contentStart, int contentEnd, boolean closed) {
    /** What the braces say. */
    public enum Kind {
        VALUE,
        STATEMENT
    }
}
