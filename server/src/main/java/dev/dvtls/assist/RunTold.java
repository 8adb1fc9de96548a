package dev.dvtls.assist;

import dev.dvtls.cache.LastRun;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run in words. */
public final class RunTold {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** A title above a line of code must leave the code in sight. */
    private static final int TITLE = 90;

    private RunTold() {}

    /** Of one line, whole. */
    public static String sentence(LastRun run, ZonedDateTime now) {
        String begin = when(run, now) + (run.target().isEmpty() ? "" : " on " + run.target());
        return run.failure()
                .map(f -> "Last run failed " + begin + ": " + f.code() + " " + f.message())
                .orElseGet(() -> "Last run " + begin + ": " + done(run));
    }

    /** Of one short line. */
    static String title(LastRun run, ZonedDateTime now) {
        String title =
                run.failure()
                        .map(
                                f ->
                                        "Failed "
                                                + when(run, now)
                                                + ": "
                                                + f.code()
                                                + " "
                                                + f.message().lines().findFirst().orElse(""))
                        .orElseGet(() -> "Last run " + when(run, now) + ": " + done(run));
        return title.codePointCount(0, title.length()) > TITLE
                ? title.substring(0, title.offsetByCodePoints(0, TITLE)) + "…"
                : title;
    }

    static String rows(long rows) {
        return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
    }

    private static String done(LastRun run) {
        Stream<String> rows = run.rows().stream().mapToObj(RunTold::rows);
        return Stream.concat(rows, Stream.of(seconds(run.took())))
                .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration took) {
        double seconds = took.toMillis() / 1000.0;
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    private static String when(LastRun run, ZonedDateTime now) {
        ZonedDateTime at = run.at().atZone(now.getZone());
        return (at.toLocalDate().equals(now.toLocalDate()) ? TIME : DAY).format(at);
    }
}
