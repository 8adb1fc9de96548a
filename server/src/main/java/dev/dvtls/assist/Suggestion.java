package dev.dvtls.assist;

import dev.dvtls.text.Span;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing to offer at the cursor.
 *
 * @param newText what takes the place of the range
 * @param snippet the same with LSP's placeholders, for clients that have them
 * @param insert from the start of the word to the cursor
 * @param replace the same start, to the end of the word
 * @param detail one line
 * @param documentation may be empty; made when asked for, as lists are long
 * @param node unique id of the node that is offered, if it is one
 * @param sortText orders the list
 * @param filterText what the word that is typed is compared with
 */
public record Suggestion(
        String label,
        Kind kind,
        String newText,
        Optional<String> snippet,
        Span insert,
        Span replace,
        String detail,
        Supplier<Page> documentation,
        Optional<String> node,
        String sortText,
        String filterText) {
    /** What it is, for the icon. */
    public enum Kind {
        MODEL,
        SEED,
        SNAPSHOT,
        SOURCE,
        TABLE,
        COLUMN,
        PACKAGE,
        METHOD,
        PROPERTY,
        KEY,
        VALUE,
        VARIABLE,
        SNIPPET
    }

    /** The same that writes another text. */
    Suggestion withText(String another) {
        return new Suggestion(
                label,
                kind,
                another,
                snippet,
                insert,
                replace,
                detail,
                documentation,
                node,
                sortText,
                filterText);
    }
}
