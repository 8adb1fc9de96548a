package dev.dvtls.run;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** From the line of compiled SQL that a database complains about to the user's own. Pure. */
final class SqlPlace {
    private static final Pattern TOLD = Pattern.compile("\\(LINE (\\d+): ");

    /** A tag, also one that begins or ends on another line. */
    private static final Pattern JINJA =
            Pattern.compile(
                    "\\{\\{.*?(}}|$)|\\{%.*?(%}|$)|\\{#.*?(#}|$)"
                            + "|^((?!\\{[{%#]).)*?(}}|%}|#})");

    private SqlPlace() {}

    /** The line of the compiled SQL, from 1, that a message names. */
    static OptionalInt told(String message) {
        Matcher found = TOLD.matcher(message);
        return found.find()
                ? OptionalInt.of(Integer.parseInt(found.group(1)))
                : OptionalInt.empty();
    }

    /**
     * The line of the model's text, from 1, when only one can have become that line: whatever its
     * Jinja came to.
     */
    static OptionalInt inSource(String compiled, int line, String source) {
        String wanted = compiled.lines().skip(line - 1L).findFirst().orElse("").strip();
        List<String> lines = source.lines().toList();
        int[] same =
                IntStream.range(0, lines.size())
                        .filter(i -> !wanted.isEmpty() && lines.get(i).strip().equals(wanted))
                        .toArray();
        int[] found =
                same.length > 0
                        ? same
                        : IntStream.range(0, lines.size())
                                .filter(i -> becomes(lines.get(i).strip(), wanted))
                                .toArray();
        return found.length == 1 ? OptionalInt.of(found[0] + 1) : OptionalInt.empty();
    }

    private static boolean becomes(String source, String compiled) {
        StringBuilder pattern = new StringBuilder();
        Matcher jinja = JINJA.matcher(source);
        int at = 0;
        boolean says = false;
        while (jinja.find()) {
            String text = source.substring(at, jinja.start());
            says |= !text.isBlank();
            pattern.append(Pattern.quote(text)).append(".*");
            at = jinja.end();
        }
        String rest = source.substring(at);
        says |= !rest.isBlank();
        return says && compiled.matches(pattern.append(Pattern.quote(rest)).toString());
    }
}
