package dev.dvtls.assist.outline;

import dev.dvtls.text.Span;

/**
 * Something that can be folded away, over two lines at least.
 *
 * @param hidden from the end of what stays visible
 */
public record Fold(Span hidden, Kind kind) {
    /** What it is; editors fold all of a kind by one command. */
    public enum Kind {
        CODE,
        COMMENT,
        IMPORTS,
        REGION
    }
}
