package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.TransferException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Shows a database's complaint about a user's SQL with the line that it is about. Sling hands on no
 * position, so it is the one line that has the words which the database quotes.
 */
final class SqlTrouble {
    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"([^\"]+)\"|column ([^\\s\"]+) does not exist|function ([\\w.]+)\\(|name"
                            + " ([^\\s\"]+) does not exist|no such (?:column|table|function):"
                            + " (?:[^\\s.]+\\.)*([^\\s.]+)|'([^']+)'"); // MariaDB's quotes
    private static final Pattern DRIVER =
            Pattern.compile("^(pq: |ERROR: *|Error \\d+ \\(\\w+\\): )+");
    private static final int LONGEST_LINE = 100;

    private SqlTrouble() {}

    interface Call<T> {
        T run() throws TransferException, InterruptedException;
    }

    /** Does the call, whose database is given this SQL. */
    static <T> T of(String sql, Call<T> call) throws TransferException, InterruptedException {
        try {
            return call.run();
        } catch (TransferException e) {
            throw new TransferException(explained(e.getMessage(), sql));
        }
    }

    static String explained(String message, String sql) {
        String plain = DRIVER.matcher(message).replaceFirst("");
        List<String> lines = sql.lines().toList();
        Matcher quoted = QUOTED.matcher(plain);
        while (quoted.find()) {
            String word =
                    IntStream.rangeClosed(1, quoted.groupCount())
                            .mapToObj(quoted::group)
                            .filter(group -> group != null)
                            .findFirst()
                            .orElse("");
            int[] at =
                    IntStream.range(0, lines.size())
                            .filter(i -> has(lines.get(i), word))
                            .limit(2)
                            .toArray();
            if (at.length == 1) {
                String line = lines.get(at[0]).strip();
                return plain
                        + " (LINE "
                        + (at[0] + 1)
                        + ": "
                        + (line.length() > LONGEST_LINE
                                ? line.substring(0, LONGEST_LINE) + "..."
                                : line)
                        + ")";
            }
        }
        return plain;
    }

    private static boolean has(String line, String word) {
        return Pattern.compile(
                        "(?i)(?<![\\p{L}\\p{N}_])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}_])")
                .matcher(line)
                .find();
    }
}
