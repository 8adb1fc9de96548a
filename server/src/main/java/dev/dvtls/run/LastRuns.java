package dev.dvtls.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.LastRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the last run of each node ended, out of the logs of a project's runs, whoever started them.
 * Each line of a log is read once, however often it is asked. Thread-safe.
 */
public final class LastRuns {
    /** A log may be full of what models print; only these lines are looked at. */
    private static final Pattern TOLD =
            Pattern.compile("\"event\":\"(?:runStarted|modelSucceeded|modelFailed)\"");

    private final ConcurrentMap<Path, Log> logs = new ConcurrentHashMap<>();

    /**
     * What was read of a log.
     *
     * @param end offset in bytes of the first line that was not there yet
     */
    private record Log(long end, String target, Map<String, LastRun> runs) {
        static final Log NONE = new Log(0, "", Map.of());
    }

    /**
     * Reads small files: never call it on the message loop.
     *
     * @param target only runs on this output of the profile count; empty: on any
     */
    public Optional<LastRun> of(Path projectDir, String uniqueId, Optional<String> target) {
        Path folder = projectDir.resolve(".dvt").resolve("logs");
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst =
                    files.filter(RunLog::isOfRun)
                            .sorted(Comparator.comparing(Path::toString).reversed())
                            .toList();
        } catch (IOException e) {
            return Optional.empty(); // nothing has been run yet
        }
        logs.keySet().removeIf(f -> folder.equals(f.getParent()) && !newestFirst.contains(f));
        return newestFirst.stream()
                .map(this::read)
                .filter(log -> target.isEmpty() || target.get().equals(log.target()))
                .flatMap(log -> Optional.ofNullable(log.runs().get(uniqueId)).stream())
                .findFirst();
    }

    private Log read(Path file) {
        return logs.compute(
                file, (path, known) -> more(path, Optional.ofNullable(known).orElse(Log.NONE)));
    }

    /** With the lines that were written since. */
    private static Log more(Path file, Log known) {
        String text;
        long end;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() <= known.end()) {
                return known;
            }
            byte[] bytes = new byte[(int) Math.min(log.length() - known.end(), Integer.MAX_VALUE)];
            log.seek(known.end());
            log.readFully(bytes);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--; // a line that is just being written
            }
            text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
            end = known.end() + whole;
        } catch (IOException e) {
            return known;
        }
        String target = known.target();
        Map<String, LastRun> runs = new HashMap<>(known.runs());
        for (String line : text.split("\n")) {
            if (!TOLD.matcher(line).find()) {
                continue;
            }
            try {
                JsonObject event = JsonParser.parseString(line).getAsJsonObject();
                if (event.get("event").getAsString().equals("runStarted")) {
                    target = event.get("target").getAsString();
                } else {
                    runs.put(event.get("model").getAsString(), run(event, target));
                }
            } catch (JsonParseException
                    | IllegalStateException
                    | NullPointerException // a key that is missing
                    | UnsupportedOperationException
                    | DateTimeException e) {
                // A log of another version tells nothing.
            }
        }
        return new Log(end, target, Map.copyOf(runs));
    }

    private static LastRun run(JsonObject event, String target) {
        Optional<LastRun.Failure> failure =
                Optional.ofNullable(event.getAsJsonObject("failure"))
                        .map(
                                f ->
                                        new LastRun.Failure(
                                                f.get("code").getAsString(),
                                                f.get("message").getAsString()));
        return new LastRun(
                Instant.parse(event.get("at").getAsString()),
                target,
                event.has("rows")
                        ? OptionalLong.of(event.get("rows").getAsLong())
                        : OptionalLong.empty(),
                Duration.ofMillis(Math.round(event.get("seconds").getAsDouble() * 1000)),
                failure);
    }
}
