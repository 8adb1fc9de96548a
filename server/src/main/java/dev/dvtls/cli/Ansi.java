package dev.dvtls.cli;

import java.util.Map;

/**
 * Colours of a terminal, or none.
 *
 * @param on the output takes control sequences
 */
record Ansi(boolean on) {
    /** By the customs: a terminal, {@code NO_COLOR} not set, {@code TERM} not {@code dumb}. */
    static Ansi of(Map<String, String> environment, boolean terminal) {
        return new Ansi(
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb"));
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String blue(String text) {
        return paint("34", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
