package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.FrameReader;
import dev.dvtls.cache.FrameView;
import dev.dvtls.cache.KeptPreview;
import dev.dvtls.cache.KeptPreviews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of previews that are kept to be looked at in pages. */
class KeepPreviewTest {
    @TempDir Path folder;
    private RunProject project;
    private KeptPreviews previews;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        previews = new KeptPreviews(project.root.resolve(".dvt/previews/here"));
        project.file("models/s.yml", "sources: [{name: raw, schema: main, tables: [{name: t}]}]");
        project.sql("dev.duckdb", "create table t as select range as id from range(10)");
    }

    private KeptPreview keep(String model, int limit, boolean refresh) throws Exception {
        try (LocalEngine engine = LocalEngine.create(false)) {
            List<Previewed> shown =
                    engine.keep(
                            project.request(model),
                            previews,
                            limit,
                            refresh,
                            event -> {},
                            new Cancellation());
            assertThat(shown).hasSize(1);
            assertThat(shown.get(0).rows().rows()).isEmpty();
            return shown.get(0).kept().orElseThrow();
        }
    }

    private List<String> values(KeptPreview kept) throws Exception {
        assertThat(previews.find(kept.id())).contains(kept);
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            return reader
                    .rows(new FrameReader.Part(FrameView.ALL, 0, 100, List.of(), 0))
                    .rows()
                    .stream()
                    .map(row -> row.get(0).orElse("NULL"))
                    .toList();
        }
    }

    @Test
    void aPythonModel() throws Exception {
        project.model("m", "return dbt.source('raw', 't').filter('id > 1').order('id')");
        KeptPreview kept = keep("m", 3, false);
        assertThat(values(kept)).containsExactly("2", "3", "4");
        assertThat(kept.total()).hasValue(8);
        assertThat(kept.more()).isTrue();
        assertThat(kept.upstream())
                .singleElement()
                .satisfies(
                        read -> {
                            assertThat(read.name()).isEqualTo("raw.t");
                            assertThat(read.from()).isEqualTo("dev");
                        });
        Instant first = kept.upstream().get(0).at();
        KeptPreview again = keep("m", 100, false);
        assertThat(again.more()).isFalse();
        assertThat(again.rows()).isEqualTo(8);
        assertThat(again.upstream().get(0).from()).isEqualTo("cache");
        assertThat(again.upstream().get(0).at()).isBetween(first, first.plusSeconds(60));
        assertThat(keep("m", 100, true).upstream().get(0).from()).isEqualTo("dev");
        assertThat(project.rows("select table_name from information_schema.tables"))
                .containsExactly("t");
    }

    @Test
    void aSqlModelInsideItsDatabaseAndASource() throws Exception {
        project.file("models/m.sql", "select id * 2 as n from {{ source('raw', 't') }} order by 1");
        KeptPreview kept = keep("m", 2, false);
        assertThat(values(kept)).containsExactly("0", "2");
        assertThat(kept.more()).isTrue();
        assertThat(kept.total()).isEmpty();
        assertThat(keep("m", 10, false).more()).isFalse();
        KeptPreview source = keep("source:raw.t", 4, false);
        assertThat(source.total()).hasValue(10);
        assertThat(values(source)).hasSize(4);
    }

    @Test
    void noRowsAreNoFailure() throws Exception {
        project.model("m", "return dbt.source('raw', 't').filter('id > 99')");
        KeptPreview kept = keep("m", 3, false);
        assertThat(values(kept)).isEmpty();
        assertThat(kept.columns()).extracting(c -> c.name()).containsExactly("id");
        assertThat(kept.more()).isFalse();
    }

    /** 20 million values: what a page costs does not grow with them. */
    @Test
    @Tag("heavy")
    void aPageOfManyRowsAndColumnsIsReadWithoutTheOthers() throws Exception {
        project.model(
                "wide",
                """
                columns = ", ".join(
                    (f"i * {c} as n{c}", f"'text ' || (i % {c + 7}) as t{c}", f"i / {c}.0 as f{c}")[c % 3]
                    for c in range(1, 200)
                )
                return session.sql(f"select i as id, {columns} from range(100000) r(i)")
                """);
        KeptPreview kept = keep("wide", 100_000, false);
        assertThat(kept.rows()).isEqualTo(100_000);
        assertThat(kept.columns()).hasSize(200);
        assertThat(kept.more()).isFalse();

        FrameView sorted = new FrameView(List.of(new FrameView.Order("n3", true)), List.of());
        FrameView filtered =
                new FrameView(
                        List.of(),
                        List.of(
                                new FrameView.Filter("t1", FrameView.Op.EQUAL, "text 3"),
                                new FrameView.Filter("id", FrameView.Op.LESS, "80000")));
        List<Duration> plain = new ArrayList<>();
        List<Duration> ordered = new ArrayList<>();
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            for (long first : new long[] {0, 50_000, 99_900}) {
                plain.add(page(reader, FrameView.ALL, first, 100_000, i -> first + i));
            }
            page(reader, sorted, 0, 100_000, i -> 99_999 - i); // makes it
            for (long first : new long[] {100, 50_000, 99_900}) {
                ordered.add(page(reader, sorted, first, 100_000, i -> 99_999 - first - i));
            }
            page(reader, filtered, 0, 10_000, i -> 3 + 8 * i);
            page(reader, filtered, 9_900, 10_000, i -> 3 + 8 * (9_900 + i));
        }
        Path all = folder.resolve("all.csv");
        long began = System.nanoTime();
        long written =
                FrameReader.export(
                        previews, kept, FrameView.ALL, FrameReader.Format.CSV, all, reader -> {});
        Duration whole = Duration.ofNanos(System.nanoTime() - began);
        assertThat(written).isEqualTo(100_000);
        for (List<Duration> pages : List.of(plain, ordered)) {
            pages.sort(null);
            assertThat(pages.get(1).multipliedBy(10))
                    .as("ten times the usual of %s", pages)
                    .isLessThan(whole);
        }
    }

    /** Reads 100 rows with all their columns, and how long it took. */
    private static Duration page(
            FrameReader reader, FrameView view, long offset, long total, LongUnaryOperator id)
            throws Exception {
        long began = System.nanoTime();
        FrameReader.Rows page =
                reader.rows(new FrameReader.Part(view, offset, 100, List.of(), 1_000));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(page.total()).isEqualTo(total);
        assertThat(page.rows()).hasSize(100);
        for (int i = 0; i < 100; i++) {
            long own = id.applyAsLong(i);
            List<Optional<String>> row = page.rows().get(i);
            assertThat(row).hasSize(200);
            assertThat(row.get(0)).contains(String.valueOf(own));
            assertThat(row.get(198)).contains(String.valueOf(own * 198));
            assertThat(row.get(199)).contains("text " + own % 206);
        }
        return took;
    }
}
