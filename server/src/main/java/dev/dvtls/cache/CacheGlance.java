package dev.dvtls.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the cache holds, for editors: reads the relations' manifests alone, each version of one
 * once. Makes, locks and changes nothing, and needs no DuckDB. Thread-safe.
 */
public final class CacheGlance {
    private final FileMemory<Optional<CachedRelation>> manifests = new FileMemory<>();

    /** Empty when nothing is cached under the key, or its manifest is not ours. */
    public Optional<CachedRelation> find(Path projectDir, CacheKey key) {
        return read(key.folder(cache(projectDir)));
    }

    /** The relation as it was written last, on whichever target. */
    public Optional<CachedRelation> newest(Path projectDir, String profile, String relation) {
        Path targets = cache(projectDir).resolve(CacheKey.segment(profile));
        List<CachedRelation> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(targets)) {
            for (Path target : folders) {
                read(target.resolve(CacheKey.segment(relation))).ifPresent(found::add);
            }
        } catch (IOException e) {
            return Optional.empty(); // nothing is cached yet
        }
        return found.stream().max(Comparator.comparing(CachedRelation::at));
    }

    private Optional<CachedRelation> read(Path folder) {
        return manifests
                .get(folder.resolve(ParquetCache.MANIFEST), CacheGlance::parse)
                .flatMap(found -> found);
    }

    private static Optional<CachedRelation> parse(Path manifest) {
        try {
            return CacheManifest.read(
                    Files.readString(manifest),
                    Optional.ofNullable(manifest.getParent()).orElse(manifest));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path cache(Path projectDir) {
        return projectDir.resolve(".dvt").resolve("cache");
    }
}
