package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.text.Span;

/**
 * What a suggestion replaces.
 *
 * @param quote put around the name, when the cursor is not in a string yet
 */
record Replacement(Range range, String quote) {
    /** Up to the cursor, and up to the end of the word. */
    record Range(Span insert, Span replace) {}

    Suggestion suggest(String name, Kind kind, String detail, String documentation, String sort) {
        return new Suggestion(
                name,
                kind,
                quote + name + quote,
                range.insert(),
                range.replace(),
                detail,
                documentation,
                sort + name);
    }

    /** A suggestion whose text is more than its label. */
    Suggestion suggestText(
            String label, String newText, Kind kind, String detail, String documentation) {
        return new Suggestion(
                label,
                kind,
                newText,
                range.insert(),
                range.replace(),
                detail,
                documentation,
                "1" + label);
    }
}
