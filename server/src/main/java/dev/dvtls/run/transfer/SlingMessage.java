package dev.dvtls.run.transfer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the one line that says what went wrong in Sling's output of twenty. */
final class SlingMessage {
    private static final Pattern COLOR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern DRIVER =
            Pattern.compile(
                    "^(pq: |ERROR:? |Error \\d{3,}|ORA-\\d|mssql: |[A-Z][A-Za-z /]* Error: |dial"
                            + " tcp|SQL logic error|constraint failed)");

    /** Anywhere in a line; but a line may also be the statement, in a user's words. */
    private static final Pattern LOOSE =
            Pattern.compile(
                    "connection refused|no such host|i/o timeout|Access denied|does not exist|no"
                            + " such table");

    private static final Pattern NOISE =
            Pattern.compile(
                    "^(~ |---|Perhaps |You can also |Furthermore,|For query"
                            + " =>|fatal:|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d )");

    private SlingMessage() {}

    /** The driver's own words where there are some, else the last line that says something. */
    static String of(String output) {
        String plain = plain(output);
        int fatal = plain.indexOf("fatal:");
        List<String> lines =
                (fatal < 0 ? plain : plain.substring(fatal))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        return first(lines, DRIVER)
                .or(() -> first(lines, LOOSE))
                .or(() -> last(lines.stream().filter(l -> !NOISE.matcher(l).find()).toList()))
                .or(() -> last(lines.stream().filter(l -> l.startsWith("~ ")).toList()))
                .or(() -> last(lines))
                .orElse("Sling ended without saying why");
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(line -> line.startsWith("~ ") ? line.substring(2) : line)
                .filter(line -> pattern.matcher(line).find())
                .findFirst();
    }

    /** Without colors, which Sling sends unasked. */
    static String plain(String output) {
        return COLOR.matcher(output).replaceAll("");
    }

    private static Optional<String> last(List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.get(lines.size() - 1).replaceFirst("^~ ", ""));
    }
}
