package dev.dvtls.assist.outline;

import dev.dvtls.text.Span;
import java.util.Set;

/**
 * Words that mean something to the project, for an editor's colours. On one line.
 *
 * @param modifiers what more is known
 */
public record Token(Span span, Type type, Set<Modifier> modifiers) {
    /** LSP's own types, by their names there. */
    public enum Type {
        NAMESPACE,
        CLASS,
        PROPERTY,
        KEYWORD
    }

    /** Ours: what a name stands for. */
    public enum Modifier {
        MODEL,
        SEED,
        SNAPSHOT,
        SOURCE,
        PACKAGE,
        MISSING
    }
}
