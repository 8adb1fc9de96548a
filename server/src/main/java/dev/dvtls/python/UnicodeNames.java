package dev.dvtls.python;

import java.util.OptionalInt;

/** Characters by their names, as in {@code \N{DIGIT ONE}}. */
final class UnicodeNames {
    private UnicodeNames() {}

    static OptionalInt find(String name) {
        if (name.isEmpty() || !name.equals(name.strip())) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Character.codePointOf(name));
        } catch (IllegalArgumentException unknown) {
            return OptionalInt.empty();
        }
    }
}
