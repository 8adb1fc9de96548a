package dev.dvtls.assist.outline;

import dev.dvtls.text.Span;
import java.util.List;

/**
 * Something in a file that an outline shows.
 *
 * @param detail a few words, may be empty
 * @param range all of it
 * @param name where its name stands, inside the range
 * @param children inside the range
 */
public record Symbol(
        String label, String detail, Kind kind, Span range, Span name, List<Symbol> children) {
    /** What it is, for the icon. */
    public enum Kind {
        MODEL,
        FUNCTION,
        CLASS,
        METHOD,
        REF,
        SOURCE,
        CONFIG,
        QUERY,
        MACRO,
        SECTION,
        NODE,
        TABLE,
        COLUMN,
        KEY
    }

    static Symbol leaf(String label, String detail, Kind kind, Span range, Span name) {
        return new Symbol(label, detail, kind, range, name, List.of());
    }
}
