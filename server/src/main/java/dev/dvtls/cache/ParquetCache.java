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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The relations that a project has cached. Many processes may use one cache: each change is made
 * under the relation's lock and shows at once, when its manifest is swapped.
 */
public final class ParquetCache {
    static final String MANIFEST = "manifest.json";
    private static final String LOCK = "lock";
    private static final String TEMPORARY = ".tmp";

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
     * Adds rows that the target has taken: with keys, rows of a known key replace. A relation that
     * is not as expected (another process changed it) is left alone.
     *
     * @param basis the relation that the rows add to
     * @return empty when the cache does not hold {@code basis} any more, or cannot add rows of such
     *     types without changing a value
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
        Optional<List<Column>> columns = Columns.union(basis.columns(), data.columns());
        if (now.isEmpty() || columns.isEmpty() || !names(now.get()).equals(names(basis))) {
            return Optional.empty();
        }
        CachedRelation onto = following(folder, keys, now.get());
        List<Part> parts = new ArrayList<>(onto.parts());
        parts.add(keep(folder, keys.isEmpty() ? Part.Kind.APPEND : Part.Kind.UPSERT, data));
        CachedRelation more =
                new CachedRelation(
                        onto.origin(),
                        loadId,
                        keys.isEmpty() ? onto.keys() : keys,
                        columns.get(),
                        Instant.now(),
                        List.copyOf(parts));
        return Optional.of(tidied(folder, commit(folder, more)));
    }

    /** Upserts that follow other keys must become rows before new ones come. */
    private static CachedRelation following(Path folder, List<String> keys, CachedRelation relation)
            throws IOException {
        boolean others =
                !keys.isEmpty()
                        && !keys.equals(relation.keys())
                        && relation.parts().stream()
                                .anyMatch(part -> part.kind() == Part.Kind.UPSERT);
        return others
                ? merged(folder, relation, new Tiers.Merge(0, relation.parts().size()))
                : relation;
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
            parts.add(new Part(part.kind(), link, part.rows(), part.bytes(), part.columns()));
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

    /** Merges what has grown. The relation is whole without it, so a full disk is no failure. */
    private static CachedRelation tidied(Path folder, CachedRelation relation) {
        CachedRelation tidy = relation;
        try {
            for (Optional<Tiers.Merge> merge = Tiers.next(tidy.parts());
                    merge.isPresent();
                    merge = Tiers.next(tidy.parts())) {
                tidy = merged(folder, tidy, merge.get());
            }
        } catch (IOException e) {
            return tidy;
        }
        return tidy;
    }

    private static CachedRelation merged(Path folder, CachedRelation relation, Tiers.Merge merge)
            throws IOException {
        List<Part> few = relation.parts().subList(merge.from(), merge.to());
        Path file = folder.resolve(newName());
        Path spill = folder.resolve(UUID.randomUUID() + TEMPORARY);
        long rows =
                CacheReader.copy(ViewSql.of(few, relation.keys(), relation.columns()), file, spill);
        AtomicFiles.force(file);
        List<Part> parts = new ArrayList<>(relation.parts().subList(0, merge.from()));
        parts.add(new Part(few.get(0).kind(), file, rows, Files.size(file), relation.columns()));
        parts.addAll(relation.parts().subList(merge.to(), relation.parts().size()));
        return commit(folder, withParts(relation, List.copyOf(parts)));
    }

    private static Part keep(Path folder, Part.Kind kind, NewData data) throws IOException {
        Path file = folder.resolve(newName());
        AtomicFiles.link(data.parquet(), file);
        AtomicFiles.force(file);
        return new Part(kind, file, data.rows(), Files.size(file), data.columns());
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
                boolean ours = name.endsWith(".parquet") || name.endsWith(TEMPORARY);
                if (ours && !named.contains(file.getFileName())) {
                    AtomicFiles.deleteTree(file); // a folder where a merge was killed
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
}
