package dev.dvtls.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.ParquetCache.NewData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetCacheTest {
    private static final CacheKey KEY = new CacheKey("shop", "dev", "model.shop.orders");

    // Names that DuckDB would take for globs and partitions, were they not escaped.
    @TempDir(factory = OddFolder.class)
    Path project;

    private DvtFolder dvt;
    private ParquetCache cache;
    private int files;

    @BeforeEach
    void open() throws IOException {
        dvt = DvtFolder.open(project);
        cache = ParquetCache.open(dvt);
    }

    @Test
    void theFolderIsItsOwnersAndIgnoresItself() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dvt.root())))
                .isEqualTo("rwx------");
        assertThat(dvt.root().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void replacedRowsAreAllThereIs() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a'), (2, 'b')"));
        cache.replace(KEY, "o", "l2", rows("(3, 'c')"));
        assertThat(all()).containsExactly("3|c");
        assertThat(cached().loadId()).isEqualTo("l2");
        assertThat(parquetFiles()).hasSize(1);
    }

    @Test
    void appendedRowsAddUp() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        add("l2", List.of(), rows("(1, 'a')"));
        assertThat(all()).containsExactly("1|a", "1|a");
        assertThat(cached().rowsExact()).isTrue();
        assertThat(cached().rowsAtMost()).isEqualTo(2);
    }

    @Test
    void theLatestRowOfAKeyWins() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a'), (2, 'b'), (3, 'c')"));
        add("l2", List.of("id"), rows("(2, 'B'), (4, 'd')"));
        add("l3", List.of("id"), rows("(4, 'D'), (1, 'A')"));
        assertThat(all()).containsExactly("1|A", "2|B", "3|c", "4|D");
        assertThat(cached().rowsExact()).isFalse();
    }

    @Test
    void newColumnsJoinAndMissingOnesAreNull() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a'), (2, 'b')"));
        add("l2", List.of("id"), data("select 2 as id, 5.5 as price"));
        assertThat(cached().columns()).extracting(Column::name).containsExactly("id", "v", "price");
        assertThat(all()).containsExactly("1|a|null", "2|null|5.5");
    }

    @Test
    void anotherKeyThanBeforeMakesTheEarlierUpsertsRowsFirst() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a'), (2, 'b')"));
        add("l2", List.of("id"), rows("(2, 'B')"));
        add("l3", List.of("v"), rows("(9, 'a')"));
        assertThat(all()).containsExactly("2|B", "9|a");
    }

    @Test
    void manyDeltasAreCompacted() throws Exception {
        cache.replace(KEY, "o", "l0", rows("(0, 'x')"));
        for (int i = 1; i <= Tiers.MOST_DELTAS; i++) {
            add("l" + i, List.of("id"), rows("(" + i + ", 'x'), (0, 'y" + i + "')"));
        }
        assertThat(cached().parts().size()).isLessThan(Tiers.MOST_DELTAS);
        assertThat(all()).hasSize(Tiers.MOST_DELTAS + 1).contains("0|y" + Tiers.MOST_DELTAS);
        assertThat(cached().loadId()).isEqualTo("l" + Tiers.MOST_DELTAS);
    }

    @Test
    void rowsForARelationThatChangedMeanwhileAreNotTaken() throws Exception {
        CachedRelation before = cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        cache.replace(KEY, "o", "l2", rows("(2, 'b')"));
        assertThat(cache.add(KEY, before, "l3", List.of(), rows("(3, 'c')"))).isEmpty();
        assertThat(all()).containsExactly("2|b");
    }

    @Test
    void aPinnedRelationOutlivesItsReplacement() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        WorkFolder work = WorkFolder.open(dvt);
        CachedRelation pinned = cache.pin(KEY, work).orElseThrow();
        cache.replace(KEY, "o", "l2", rows("(2, 'b')"));
        assertThat(read(pinned)).containsExactly("1|a");
        work.close();
        assertThat(work.path()).doesNotExist();
        assertThat(all()).containsExactly("2|b");
    }

    @Test
    void whatKilledRunsLeftIsCollected() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        Path data = cached().parts().get(0).file();
        Files.writeString(data.resolveSibling("half.parquet"), "half");
        Path orphan = Files.createDirectories(dvt.folder("work").resolve("dead"));
        Files.writeString(orphan.resolve("x.parquet"), "x");
        WorkFolder alive = WorkFolder.open(dvt);
        WorkFolder second = WorkFolder.open(dvt);
        cache.replace(KEY, "o", "l2", rows("(2, 'b')"));
        assertThat(orphan).doesNotExist();
        assertThat(alive.path()).exists();
        assertThat(parquetFiles()).hasSize(1);
        second.close();
        alive.close();
    }

    @Test
    void aDamagedManifestIsAnEmptyCache() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        Path manifest = cached().parts().get(0).file().resolveSibling("manifest.json");
        for (String text : List.of("", "{}", "[]", "{\"version\":1,\"parts\":[3]}", "nonsense")) {
            Files.writeString(manifest, text);
            assertThat(cache.find(KEY)).as(text).isEmpty();
        }
    }

    @Test
    void targetsAreKeptApart() throws Exception {
        cache.replace(KEY, "o", "l1", rows("(1, 'a')"));
        CacheKey prod = new CacheKey("shop", "prod", "model.shop.orders");
        CacheKey upper = new CacheKey("shop", "Dev", "model.shop.orders");
        assertThat(cache.find(prod)).isEmpty();
        assertThat(cache.find(upper)).isEmpty();
    }

    @Test
    void manyWritersAtOnceLeaveAWholeRelation() throws Exception {
        cache.replace(KEY, "o", "l", rows("(0, 'a')"));
        List<NewData> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(rows("(" + i + ", 'w')"));
        }
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Future<CachedRelation>> done = new ArrayList<>();
            for (NewData data : all) {
                done.add(pool.submit(() -> cache.replace(KEY, "o", "l", data)));
                done.add(pool.submit(() -> cache.find(KEY).orElseThrow()));
            }
            for (Future<CachedRelation> one : done) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(all()).hasSize(1);
        assertThat(parquetFiles()).hasSize(1);
    }

    @Test
    void previewsAndDescribes() throws Exception {
        cache.replace(KEY, "o", "l1", data("select i as id, null as n from range(100) t(i)"));
        try (CacheReader reader = CacheReader.open()) {
            CacheReader.Preview preview = reader.preview(cached(), 3);
            assertThat(preview.rows()).hasSize(3);
            assertThat(preview.rows().get(0)).containsExactly(Optional.of("0"), Optional.empty());
            assertThat(reader.columns(cached()))
                    .extracting(Column::name, Column::type)
                    .contains(org.assertj.core.groups.Tuple.tuple("id", "BIGINT"));
        }
    }

    private CachedRelation cached() throws IOException {
        return cache.find(KEY).orElseThrow();
    }

    private void add(String loadId, List<String> keys, NewData data) throws Exception {
        assertThat(cache.add(KEY, cached(), loadId, keys, data)).isPresent();
    }

    private NewData rows(String values) throws IOException {
        return data("select * from (values " + values + ") t(id, v)");
    }

    private NewData data(String sql) throws IOException {
        return CacheFixture.data(sql, project.resolve("new" + files++ + ".parquet"));
    }

    private List<String> all() throws IOException {
        return read(cached());
    }

    private static List<String> read(CachedRelation relation) throws IOException {
        try (CacheReader reader = CacheReader.open()) {
            return reader.preview(relation, 1000).rows().stream()
                    .map(row -> String.join("|", row.stream().map(v -> v.orElse("null")).toList()))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> parquetFiles() throws IOException {
        try (Stream<Path> files = Files.walk(dvt.root())) {
            return files.filter(f -> f.toString().endsWith(".parquet")).toList();
        }
    }

    /** A folder with a name that needs care. */
    static final class OddFolder implements org.junit.jupiter.api.io.TempDirFactory {
        @Override
        public Path createTempDirectory(
                org.junit.jupiter.api.extension.AnnotatedElementContext element,
                org.junit.jupiter.api.extension.ExtensionContext context)
                throws IOException {
            return Files.createTempDirectory("it's [a] day=1 *?");
        }
    }
}
