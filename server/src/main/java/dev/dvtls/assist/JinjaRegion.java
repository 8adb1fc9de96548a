package dev.dvtls.assist;

import java.util.OptionalInt;

/** Finds the {@code {{ }}} or {@code {% %}} of a {@code .sql} model that a cursor is in. */
final class JinjaRegion {
    private JinjaRegion() {}

    /** Where the code of the region begins; empty outside, and inside {@code {# #}}. */
    static OptionalInt codeStart(String text, int offset) {
        int start = -1;
        boolean comment = false;
        for (int i = 0; i + 1 < offset; i++) {
            char c = text.charAt(i);
            char next = text.charAt(i + 1);
            if (comment) {
                if (c == '#' && next == '}') {
                    comment = false;
                    i++;
                }
            } else if (c == '{' && next == '#' && start < 0) {
                comment = true;
                i++;
            } else if (c == '{' && (next == '{' || next == '%')) {
                start = i + 2;
                i++;
            } else if ((c == '}' || c == '%') && next == '}' && start >= 0) {
                start = -1;
                i++;
            }
        }
        return comment || start < 0 || start > offset ? OptionalInt.empty() : OptionalInt.of(start);
    }
}
