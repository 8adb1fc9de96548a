package dev.dvtls.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.dvtls.cache.LastRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * How the last run of each node ended, out of the logs of a project's runs, whoever started them.
 * Each line of a log is read once, however often it is asked. Thread-safe.
 */
public final class LastRuns {
    /** A log may be full of what models print; only these lines are looked at. */
    private static final Pattern TOLD =
            Pattern.compile("\"event\":\"(?:runStarted|modelSucceeded|modelFailed)\"");

    private static final int CHUNK = 64 * 1024;

    private final ConcurrentMap<Path, Log> logs = new ConcurrentHashMap<>();

    /**
     * What was read of a log.
     *
     * @param end offset in bytes of the first line that was not there yet
     */
    private record Log(long end, String target, PMap<String, LastRun> runs) {
        static final Log NONE = new Log(0, "", HashTreePMap.empty());

        /** After one line more; a line of another version tells nothing. */
        Log with(String line, int bytes) {
            Log next = new Log(end + bytes, target, runs);
            if (!TOLD.matcher(line).find()) {
                return next;
            }
            try {
                return JsonParser.parseString(line) instanceof JsonObject event
                        ? next.with(event)
                        : next;
            } catch (JsonParseException | DateTimeException | NumberFormatException e) {
                return next;
            }
        }

        private Log with(JsonObject event) {
            Optional<String> model = text(event, "model");
            return model.isEmpty()
                    ? new Log(end, text(event, "target").orElse(target), runs)
                    : run(event, target)
                            .map(run -> new Log(end, target, runs.plus(model.get(), run)))
                            .orElse(this);
        }
    }

    /** Of one node. Reads files: never call it on the message loop. */
    public Optional<LastRun> of(Path projectDir, String uniqueId) {
        return newestFirst(projectDir)
                .flatMap(log -> Optional.ofNullable(log.runs().get(uniqueId)).stream())
                .findFirst();
    }

    /** Of every node that was run, by unique id. Reads files: never call it on the message loop. */
    public Map<String, LastRun> all(Path projectDir) {
        Map<String, LastRun> all = new HashMap<>();
        newestFirst(projectDir).forEach(log -> log.runs().forEach(all::putIfAbsent));
        return all;
    }

    private Stream<Log> newestFirst(Path projectDir) {
        Path folder = projectDir.resolve(".dvt").resolve("logs");
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst =
                    files.filter(RunLog::isOfRun)
                            .sorted(Comparator.comparing(Path::toString).reversed())
                            .toList();
        } catch (IOException e) {
            return Stream.empty(); // nothing has been run yet
        }
        logs.keySet().removeIf(f -> folder.equals(f.getParent()) && !newestFirst.contains(f));
        return newestFirst.stream().map(this::read);
    }

    private Log read(Path file) {
        return logs.compute(
                file, (path, known) -> more(path, Optional.ofNullable(known).orElse(Log.NONE)));
    }

    /** With the lines that were written since; one that is just being written waits. */
    private static Log more(Path file, Log known) {
        if (file.toFile().length() <= known.end()) {
            return known;
        }
        Log log = known;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(known.end());
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                int from = 0;
                for (int i = 0; i < read; i++) {
                    if (chunk[i] == '\n') {
                        line.write(chunk, from, i + 1 - from);
                        from = i + 1;
                        log = log.with(line.toString(StandardCharsets.UTF_8), line.size());
                        line.reset();
                    }
                }
                line.write(chunk, from, read - from);
            }
        } catch (IOException e) {
            return log; // pruned by another run
        }
        return log;
    }

    private static Optional<LastRun> run(JsonObject event, String target) {
        Optional<Instant> at = text(event, "at").map(Instant::parse);
        Optional<Double> seconds = text(event, "seconds").map(Double::valueOf);
        Optional<LastRun.Failure> failure =
                event.get("failure") instanceof JsonObject f
                        ? Optional.of(
                                new LastRun.Failure(
                                        text(f, "code").orElse(""), text(f, "message").orElse("")))
                        : Optional.empty();
        OptionalLong rows = text(event, "rows").stream().mapToLong(Long::parseLong).findFirst();
        return at.isPresent() && seconds.isPresent()
                ? Optional.of(
                        new LastRun(
                                at.get(),
                                target,
                                rows,
                                Duration.ofMillis(Math.round(seconds.get() * 1000)),
                                failure))
                : Optional.empty();
    }

    private static Optional<String> text(JsonObject json, String key) {
        return json.get(key) instanceof JsonPrimitive value
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
