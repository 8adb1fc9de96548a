package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.CachedRelation.Part;
import dev.dvtls.cache.ParquetCache.NewData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Files to put into a cache. */
final class CacheFixture {
    private CacheFixture() {}

    /** A query's rows, in a new file. */
    static NewData data(String sql, Path file) throws IOException {
        long rows = CacheReader.copy(sql, file, file.resolveSibling("spill"));
        Part part = new Part(Part.Kind.BASE, file, rows, 0, List.of());
        try (CacheReader reader = CacheReader.open()) {
            List<Column> columns =
                    reader.columns(
                            new CachedRelation(
                                    "", "", List.of(), List.of(), Instant.EPOCH, List.of(part)));
            return new NewData(file, rows, columns);
        }
    }
}
