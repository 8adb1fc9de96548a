package dev.dvtls.assist;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a cursor in Python code (or inside {@code {{ }}}), read from the text before it
 * alone: finished or not, it makes no difference.
 *
 * @param comment the cursor is in a comment
 * @param string the string literal that the cursor is in
 * @param brackets open brackets around the cursor, innermost first
 * @param receiver of {@code a.b.wo|}: {@code a.b}; empty when the word is no attribute
 * @param subject all that stands before the dot, calls too: {@code dbt.ref("x").df()}
 * @param word letters of the name before the cursor; in a string, of its content
 */
record Cursor(
        int offset,
        boolean comment,
        Optional<InString> string,
        List<Bracket> brackets,
        String receiver,
        String subject,
        String word) {

    /**
     * @param contentStart first offset after prefix and quotes
     * @param before literals that stand before it and make one string with it
     */
    record InString(
            int contentStart,
            char quote,
            boolean triple,
            boolean raw,
            boolean formatted,
            boolean bytes,
            List<Piece> before) {}

    /** The content of a closed literal. */
    record Piece(int start, int end, boolean raw, boolean formatted) {}

    /**
     * An open bracket.
     *
     * @param callee what is called, dotted ({@code dbt.ref}, {@code .sql}); empty for no call
     * @param subject all that stands before the bracket and belongs to it, calls too
     * @param start offset after the bracket
     * @param argument index of the argument that the cursor is in
     * @param keyword of that argument; empty when positional
     * @param valueStarted something stands between the argument's start and the cursor's word
     * @param strings literal arguments before the cursor, by index and by keyword
     * @param keywords keywords used before the cursor
     */
    record Bracket(
            char open,
            String callee,
            String subject,
            int start,
            int argument,
            String keyword,
            boolean valueStarted,
            Map<String, String> strings,
            List<String> keywords) {
        boolean isCall() {
            return open == '(' && !callee.isEmpty();
        }
    }

    /** The nearest call around the cursor, through lists, tuples and plain brackets. */
    Optional<Bracket> call() {
        return brackets.stream().filter(Bracket::isCall).findFirst();
    }

    /** True when the cursor is directly in the call's argument, not in a list inside it. */
    boolean directlyInCall() {
        return !brackets.isEmpty() && brackets.get(0).isCall();
    }
}
