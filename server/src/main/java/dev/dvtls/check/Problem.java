package dev.dvtls.check;

import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;

/**
 * A diagnostic in an editor's terms, without LSP.
 *
 * @param help what to do next; may be empty
 * @param related other places that belong to it
 */
public record Problem(
        Path file,
        Span span,
        Code code,
        Severity severity,
        String message,
        String help,
        List<Fix> fixes,
        List<Related> related) {
    Problem as(Severity other) {
        return new Problem(file, span, code, other, message, help, fixes, related);
    }

    /** Another place, with a word on it. */
    public record Related(Path file, Span span, String message) {}
}
