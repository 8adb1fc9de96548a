package dev.dvtls.cache;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.KeptPreview.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The frames of a server's previews of one project, a folder each: the rows as Parquet and what
 * they are. The newest {@value #KEPT} are kept, and of those at most {@value #BYTES} bytes beside
 * the newest.
 *
 * @param folder need not exist
 */
public record KeptPreviews(Path folder) {
    static final int KEPT = 20;
    static final long BYTES = 2L << 30;

    private static final String ROWS = "rows.parquet";
    private static final String ABOUT = "preview.json";

    /** What {@link #keep} makes: no path leads out of the folder. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9_.-]*");

    /**
     * A frame that is to be kept.
     *
     * @param model unique id of the node
     * @param total rows that there are; empty: not counted
     */
    public record Frame(String model, String name, OptionalLong total, List<Read> upstream) {}

    /**
     * Keeps the first rows of a query.
     *
     * @param sql of DuckDB, over files
     * @param limit at most so many rows
     * @param work a folder of the caller's on the same disk, to write in
     */
    public KeptPreview keep(Frame frame, String sql, long limit, Path work) throws IOException {
        String id =
                CacheKey.segment(frame.name()) + "-" + UUID.randomUUID().toString().substring(0, 8);
        Path aside = Files.createDirectory(work.resolve(id));
        FrameFile.Written written = FrameFile.write(sql, limit, aside.resolve(ROWS), work);
        KeptPreview kept =
                new KeptPreview(
                        id,
                        frame.model(),
                        frame.name(),
                        written.columns(),
                        written.rows(),
                        written.more() ? frame.total() : OptionalLong.of(written.rows()),
                        written.more(),
                        Instant.now(),
                        frame.upstream());
        Files.writeString(aside.resolve(ABOUT), kept.json().toString(), StandardCharsets.UTF_8);
        Files.createDirectories(folder);
        Files.move(aside, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        prune(id);
        return kept;
    }

    /** A frame without rows. */
    public KeptPreview keepEmpty(Frame frame, List<Column> columns, Path work) throws IOException {
        return keep(frame, FrameFile.empty(columns), 0, work);
    }

    /**
     * @return empty when it was never there, or is gone
     */
    public Optional<KeptPreview> find(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Path about = folder.resolve(id).resolve(ABOUT);
        if (!Files.isRegularFile(about)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    KeptPreview.of(
                            JsonParser.parseString(Files.readString(about)).getAsJsonObject()));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException(about + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Removes the rows of a preview, if they are there. */
    public void forget(String id) throws IOException {
        if (ID.matcher(id).matches()) {
            AtomicFiles.deleteTree(folder.resolve(id));
        }
    }

    Path rows(KeptPreview kept) {
        return folder.resolve(kept.id()).resolve(ROWS);
    }

    /** Others may look at what goes: they are told to compute it again. */
    private void prune(String newest) throws IOException {
        List<Path> old = new ArrayList<>();
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(folder, file -> Files.isDirectory(file))) {
            folders.forEach(old::add);
        }
        old.removeIf(file -> file.endsWith(newest));
        old.sort(Comparator.comparing(KeptPreviews::time).reversed());
        long bytes = 0;
        for (int i = 0; i < old.size(); i++) {
            bytes += size(old.get(i));
            if (i + 1 >= KEPT || bytes > BYTES) {
                AtomicFiles.deleteTree(old.get(i));
            }
        }
    }

    private static Instant time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(ABOUT)).toInstant();
        } catch (IOException e) {
            return Instant.MIN; // gone, or never whole
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
