package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.DvtFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A run's events in {@code .dvt/logs/<time>.jsonl}; the newest {@value #KEPT} are kept. */
final class RunLog implements AutoCloseable {
    private static final int KEPT = 50;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final BufferedWriter writer;

    private RunLog(BufferedWriter writer) {
        this.writer = writer;
    }

    static RunLog open(DvtFolder dvt) throws IOException {
        Path folder = dvt.folder("logs");
        prune(folder);
        String name = NAME.format(Instant.now()) + "-" + ProcessHandle.current().pid() + ".jsonl";
        return new RunLog(Files.newBufferedWriter(folder.resolve(name)));
    }

    void write(RunEvent event) {
        JsonObject line = new JsonObject();
        line.addProperty("at", Instant.now().toString());
        RunEventJson.of(event).asMap().forEach(line::add);
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static void prune(Path folder) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
        for (Path old : logs.subList(0, Math.max(0, logs.size() - KEPT + 1))) {
            Files.deleteIfExists(old);
        }
    }
}
