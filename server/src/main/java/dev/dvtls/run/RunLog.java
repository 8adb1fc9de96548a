package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.DvtFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run's events in {@code .dvt/logs/<time>.jsonl}; the newest {@value #KEPT} are kept, and as many
 * of previews.
 */
final class RunLog implements AutoCloseable {
    private static final int KEPT = 50;
    private static final String OF_PREVIEW = "-preview.jsonl";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Of what a program said: more would be the same again. */
    private static final int LONGEST_TEXT = 64 * 1024;

    private final Path file;
    private final BufferedWriter writer;
    private boolean broken;
    private JsonObject lastDetail = new JsonObject();

    private RunLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * @param preview nothing is loaded, so that the log tells nothing of a model's last run
     */
    static RunLog open(DvtFolder dvt, boolean preview) throws IOException {
        Path folder = dvt.folder("logs");
        prune(folder, preview);
        String name =
                NAME.format(Instant.now())
                        + "-"
                        + ProcessHandle.current().pid()
                        + (preview ? OF_PREVIEW : ".jsonl");
        Path file = folder.resolve(name);
        return new RunLog(file, Files.newBufferedWriter(file));
    }

    Path file() {
        return file;
    }

    /** True for the log of a run that loads what it makes. */
    static boolean isOfRun(Path file) {
        return file.toString().endsWith(".jsonl") && !isOfPreview(file);
    }

    private static boolean isOfPreview(Path file) {
        return file.toString().endsWith(OF_PREVIEW);
    }

    /**
     * A log that cannot be written, on a full disk, stops no run.
     *
     * @return what to tell the user, once
     */
    synchronized Optional<String> write(RunEvent event) {
        return write(RunEventJson.of(event));
    }

    /** All that a program said when it failed: in the log only. */
    synchronized Optional<String> detail(String program, String where, String text) {
        JsonObject json = new JsonObject();
        json.addProperty("event", "programFailed");
        json.addProperty("program", program);
        json.addProperty("where", where);
        json.addProperty(
                "text", text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        boolean again = json.equals(lastDetail); // it waits for a lock, and tries until it is free
        lastDetail = json;
        return again ? Optional.empty() : write(json);
    }

    private Optional<String> write(JsonObject event) {
        if (broken) {
            return Optional.empty();
        }
        JsonObject line = new JsonObject();
        line.addProperty("at", Instant.now().toString());
        event.asMap().forEach(line::add);
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
            return Optional.empty();
        } catch (IOException e) {
            broken = true;
            return Optional.of(
                    "The run's log " + file + " could not be written: " + e.getMessage() + ".");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            writer.close();
        } catch (IOException e) {
            if (!broken) {
                throw e;
            }
        }
    }

    /** Looks, however many, must not push out what is known of the last runs. */
    private static void prune(Path folder, boolean previews) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(previews ? RunLog::isOfPreview : RunLog::isOfRun).sorted().toList();
        }
        for (Path old : logs.subList(0, Math.max(0, logs.size() - KEPT + 1))) {
            Files.deleteIfExists(old);
        }
    }
}
