package dev.dvtls.check;

import dev.dvtls.text.Span;
import java.util.List;

/**
 * A change that mends a problem in its file.
 *
 * @param title imperative, for a menu
 */
public record Fix(String title, List<Edit> edits) {
    /** Replace a span of the file's text. */
    public record Edit(Span span, String newText) {}
}
