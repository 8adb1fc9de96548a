package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.CachedRelation.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The relations that a project has cached. Many processes may use one cache: each change is made
 * under the relation's lock and shows at once, when its manifest is swapped.
 */
public final class ParquetCache {
    /** With so many deltas, or with more rows in them than in the base, a relation is compacted. */
    static final int MOST_DELTAS = 16;

    private static final String MANIFEST = "manifest.json";
    private static final String LOCK = "lock";

    private final Path root;

    private ParquetCache(Path root) {
        this.root = root;
    }

    public static ParquetCache open(DvtFolder dvt) throws IOException {
        return new ParquetCache(dvt.folder("cache"));
    }

    /**
     * A file to be kept.
     *
     * @param parquet on the cache's file system; stays where it is
     */
    public record NewData(Path parquet, long rows, List<Column> columns) {}

    /** What is cached now. Its files may be replaced at any time: {@link #pin} holds them. */
    public Optional<CachedRelation> find(CacheKey key) throws IOException {
        return read(key.folder(root));
    }

    /** The relation holds this file's rows from now on. */
    public CachedRelation replace(CacheKey key, String origin, String loadId, NewData data)
            throws IOException, InterruptedException {
        Path folder = key.folder(root);
        return FileLocks.holding(
                folder.resolve(LOCK),
                () -> {
                    Part base = keep(folder, Part.Kind.BASE, data);
                    return commit(
                            folder,
                            new CachedRelation(
                                    origin,
                                    loadId,
                                    List.of(),
                                    data.columns(),
                                    Instant.now(),
                                    List.of(base)));
                });
    }

    /**
     * Adds rows: with keys, rows of a known key replace. A relation that is not as expected
     * (another process changed it) is left alone.
     *
     * @param basis the relation that the rows add to
     * @return empty when the cache does not hold {@code basis} any more
     */
    public Optional<CachedRelation> add(
            CacheKey key, CachedRelation basis, String loadId, List<String> keys, NewData data)
            throws IOException, InterruptedException {
        Path folder = key.folder(root);
        return FileLocks.holding(
                folder.resolve(LOCK), () -> added(folder, basis, loadId, keys, data));
    }

    private static Optional<CachedRelation> added(
            Path folder, CachedRelation basis, String loadId, List<String> keys, NewData data)
            throws IOException {
        Optional<CachedRelation> now = read(folder);
        if (now.isEmpty() || !names(now.get()).equals(names(basis))) {
            return Optional.empty();
        }
        boolean otherKeys =
                !keys.equals(now.get().keys())
                        && now.get().parts().stream()
                                .anyMatch(part -> part.kind() == Part.Kind.UPSERT);
        // Upserts that follow other keys must become rows first.
        CachedRelation onto = otherKeys ? compact(folder, now.get()) : now.get();
        List<Part> parts = new ArrayList<>(onto.parts());
        parts.add(keep(folder, keys.isEmpty() ? Part.Kind.APPEND : Part.Kind.UPSERT, data));
        CachedRelation more =
                commit(
                        folder,
                        new CachedRelation(
                                onto.origin(),
                                loadId,
                                keys,
                                union(onto.columns(), data.columns()),
                                Instant.now(),
                                List.copyOf(parts)));
        return Optional.of(grown(more) ? compact(folder, more) : more);
    }

    /** Data files never change, so their names say what a relation holds. */
    private static List<Path> names(CachedRelation relation) {
        return relation.parts().stream().map(part -> part.file().getFileName()).toList();
    }

    /** The relation over names of its own in a run's folder, which nobody else deletes. */
    public Optional<CachedRelation> pin(CacheKey key, WorkFolder work)
            throws IOException, InterruptedException {
        Path folder = key.folder(root);
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return Optional.empty();
        }
        return FileLocks.holding(folder.resolve(LOCK), () -> pinned(folder, work));
    }

    private static Optional<CachedRelation> pinned(Path folder, WorkFolder work)
            throws IOException {
        Optional<CachedRelation> relation = read(folder);
        if (relation.isEmpty()) {
            return relation;
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : relation.get().parts()) {
            Path link = work.path().resolve(part.file().getFileName());
            try {
                if (!Files.exists(link)) { // pinned before, by another model of the run
                    AtomicFiles.link(part.file(), link);
                }
            } catch (NoSuchFileException e) {
                return Optional.empty(); // somebody emptied the folder by hand
            }
            parts.add(new Part(part.kind(), link, part.rows(), part.bytes()));
        }
        return Optional.of(withParts(relation.get(), List.copyOf(parts)));
    }

    /** Forgets a relation. */
    public void drop(CacheKey key) throws IOException, InterruptedException {
        Path folder = key.folder(root);
        if (Files.exists(folder)) {
            FileLocks.holding(
                    folder.resolve(LOCK),
                    () -> {
                        Files.deleteIfExists(folder.resolve(MANIFEST));
                        collect(folder, Set.of());
                        return folder;
                    });
        }
    }

    static boolean grown(CachedRelation relation) {
        List<Part> deltas = relation.parts().subList(1, relation.parts().size());
        long added = deltas.stream().mapToLong(Part::rows).sum();
        return deltas.size() >= MOST_DELTAS
                || (deltas.size() >= 4 && added > relation.parts().get(0).rows());
    }

    private static CachedRelation compact(Path folder, CachedRelation relation) throws IOException {
        Path file = folder.resolve(newName());
        long rows = CacheReader.copy(relation.sql(), file);
        Part base = new Part(Part.Kind.BASE, file, rows, Files.size(file));
        AtomicFiles.force(file);
        return commit(folder, withParts(relation, List.of(base)));
    }

    private static Part keep(Path folder, Part.Kind kind, NewData data) throws IOException {
        Path file = folder.resolve(newName());
        AtomicFiles.link(data.parquet(), file);
        AtomicFiles.force(file);
        return new Part(kind, file, data.rows(), Files.size(file));
    }

    private static String newName() {
        return UUID.randomUUID() + ".parquet";
    }

    private static CachedRelation withParts(CachedRelation relation, List<Part> parts) {
        return new CachedRelation(
                relation.origin(),
                relation.loadId(),
                relation.keys(),
                relation.columns(),
                relation.at(),
                parts);
    }

    private static CachedRelation commit(Path folder, CachedRelation relation) throws IOException {
        AtomicFiles.write(
                folder.resolve(MANIFEST),
                CacheManifest.write(relation).getBytes(StandardCharsets.UTF_8));
        collect(
                folder,
                relation.parts().stream()
                        .map(part -> part.file().getFileName())
                        .collect(Collectors.toSet()));
        return relation;
    }

    /** Removes files that no manifest names: replaced ones, and those of killed runs. */
    private static void collect(Path folder, Set<Path> named) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                boolean ours = name.endsWith(".parquet") || name.endsWith(".tmp");
                if (ours && !named.contains(file.getFileName())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Optional<CachedRelation> read(Path folder) throws IOException {
        String before = "";
        while (true) {
            String text;
            try {
                text = Files.readString(folder.resolve(MANIFEST));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            Optional<CachedRelation> relation = CacheManifest.read(text, folder);
            boolean whole =
                    relation.isPresent()
                            && relation.get().parts().stream()
                                    .allMatch(part -> Files.exists(part.file()));
            if (whole || text.equals(before)) {
                return whole ? relation : Optional.empty();
            }
            before = text; // replaced between reading its manifest and looking for its files
        }
    }

    /** Old columns keep their place, new ones follow; databases compare names without case. */
    private static List<Column> union(List<Column> old, List<Column> added) {
        Map<String, Column> all = new LinkedHashMap<>();
        old.forEach(column -> all.put(column.name().toLowerCase(Locale.ROOT), column));
        added.forEach(column -> all.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column));
        return List.copyOf(all.values());
    }
}
