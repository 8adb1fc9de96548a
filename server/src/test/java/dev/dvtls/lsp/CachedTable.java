package dev.dvtls.lsp;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.ParquetCache.NewData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A relation in a project's cache, as a run leaves it; its rows are never read. */
final class CachedTable {
    private CachedTable() {}

    /**
     * @param target of profile {@code p}
     * @param node a unique id
     */
    static void put(Path project, String target, String node, long rows, Column... columns)
            throws IOException, InterruptedException {
        DvtFolder dvt = DvtFolder.open(project.toRealPath());
        Path file = Files.writeString(dvt.folder("work").resolve("rows.parquet"), "rows");
        ParquetCache.open(dvt)
                .replace(
                        new CacheKey("p", target, node),
                        "origin",
                        "load",
                        new NewData(file, rows, List.of(columns)));
        Files.delete(file);
    }
}
