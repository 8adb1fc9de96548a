package dev.dvtls.check;

import dev.dvtls.text.Span;
import java.util.Comparator;
import java.util.List;

/**
 * A change that mends a problem in its file.
 *
 * @param title imperative, for a menu
 * @param sure it is what the author meant, whoever the author is: may be applied unasked
 */
public record Fix(String title, List<Edit> edits, boolean sure) {
    public Fix(String title, List<Edit> edits) {
        this(title, edits, false);
    }

    /** Replace a span of the file's text. */
    public record Edit(Span span, String newText) {}

    public Fix asSure() {
        return new Fix(title, edits, true);
    }

    /** The text after it; new lines end as the text's own do. */
    public String applied(String text) {
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        StringBuilder after = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt((Edit e) -> e.span().start()).reversed())
                .forEach(
                        e ->
                                after.replace(
                                        e.span().start(),
                                        e.span().end(),
                                        e.newText().replaceAll("\r?\n", newline)));
        return after.toString();
    }
}
