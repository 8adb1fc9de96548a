package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.FrameReader;
import dev.dvtls.cache.FrameView;
import dev.dvtls.cache.KeptPreview;
import dev.dvtls.cache.KeptPreviews;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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
}
