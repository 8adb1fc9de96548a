package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.cache.FixtureFile.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models read, as files of the project. */
class FixtureSaveTest {
    @TempDir Path folder;
    private RunProject project;
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.file("models/s.yml", "sources: [{name: raw, schema: main, tables: [{name: t}]}]");
        project.sql(
                "dev.duckdb",
                "create table t as select 9 - range as id, 'x' as name from range(10)");
    }

    private List<SavedFixtures> save(FixtureOptions options, String... select) throws Exception {
        events.clear();
        try (LocalEngine engine = LocalEngine.create(false)) {
            return engine.saveFixtures(
                    project.request(select), options, events::add, new Cancellation());
        }
    }

    private static FixtureOptions options(long limit) {
        return new FixtureOptions(limit, Format.CSV, false, true, List.of());
    }

    private String text(String file) throws Exception {
        return Files.readString(project.root.resolve(file));
    }

    @Test
    void theFirstRowsOfWhatAModelReads() throws Exception {
        project.model("m", "raise ValueError('unfinished', dbt.source('raw', 't'))");
        List<SavedFixtures> saved = save(options(2), "m");
        assertThat(saved).as(events.toString()).hasSize(1);
        Path file = project.root.resolve("fixtures/m/raw.t.csv");
        assertThat(saved.get(0).files())
                .containsExactly(new SavedFixtures.One("raw.t", file, 2, 10, false));
        assertThat(saved.get(0).files().get(0).count()).isEqualTo("the first 2 rows of 10");
        assertThat(text("fixtures/m/raw.t.csv")).isEqualTo("id,\"name\"\n0,\"x\"\n1,\"x\"\n");
        assertThat(text("fixtures/m/types.json"))
                .isEqualTo(
                        """
                        {
                          "raw.t.csv": {
                            "id": "BIGINT",
                            "name": "VARCHAR"
                          }
                        }
                        """);
    }

    @Test
    void theCacheIsGoodEnoughUnlessToldOtherwise() throws Exception {
        project.model("m", "return dbt.source('raw', 't')");
        save(options(100), "m");
        project.sql("dev.duckdb", "delete from t where id > 0");
        assertThat(save(options(100), "m").get(0).files().get(0).rows()).isEqualTo(10);
        FixtureOptions refresh = new FixtureOptions(100, Format.PARQUET, true, true, List.of());
        assertThat(save(refresh, "m").get(0).files().get(0).count()).isEqualTo("1 row");
        assertThat(project.root.resolve("fixtures/m"))
                .isDirectoryContaining("glob:**/raw.t.parquet")
                .isDirectoryNotContaining("glob:**/*.csv")
                .isDirectoryNotContaining("glob:**/types.json");
    }

    @Test
    void whatIsThereStaysUnlessToldOtherwise() throws Exception {
        project.model("m", "return dbt.source('raw', 't')");
        project.file("fixtures/m/raw.t.csv", "id\n77\n");
        FixtureOptions keep = new FixtureOptions(5, Format.PARQUET, true, false, List.of());
        assertThat(save(keep, "m").get(0).files())
                .extracting(SavedFixtures.One::count)
                .containsExactly("kept as it is");
        assertThat(text("fixtures/m/raw.t.csv")).isEqualTo("id\n77\n");
        assertThat(save(options(1), "m").get(0).files().get(0).total()).isEqualTo(10);
        assertThat(text("fixtures/m/raw.t.csv")).doesNotContain("77");
    }

    @Test
    void ephemeralModelsAreSeenThroughAndSeedsAreRead() throws Exception {
        project.file("seeds/codes.csv", "code\n007\n");
        project.run("codes").succeeded();
        project.file(
                "models/e.sql",
                "{{ config(materialized='ephemeral') }} select * from {{ source('raw', 't') }}");
        project.file(
                "models/m.sql",
                "select * from {{ ref('e') }} cross join {{ ref('codes') }} -- {{ this }}");
        assertThat(save(options(100), "m", "e", "codes"))
                .as(events.toString())
                .extracting(SavedFixtures::name)
                .containsExactly("e", "m");
        assertThat(project.root.resolve("fixtures/e/raw.t.csv")).exists();
        assertThat(project.root.resolve("fixtures/m/raw.t.csv")).exists();
        assertThat(project.root.resolve("fixtures/m/e.csv")).doesNotExist();
        assertThat(text("fixtures/m/codes.csv")).isEqualTo("\"code\"\n\"007\"\n");
    }

    @Test
    void aNameThatTheModelComputes() throws Exception {
        project.model("a", "return session.sql('select 1 as id')");
        project.run("a").succeeded();
        project.model("m", "return dbt.ref(str('A').lower())");
        assertThat(save(options(5), "m").get(0).files()).isEmpty();
        FixtureOptions also = new FixtureOptions(5, Format.CSV, false, false, List.of("a"));
        assertThat(save(also, "m").get(0).files())
                .extracting(SavedFixtures.One::name)
                .containsExactly("a");
        FixtureOptions unknown = new FixtureOptions(5, Format.CSV, false, false, List.of("aa"));
        assertThat(save(unknown, "m")).isEmpty();
        assertThat(events.toString()).contains("'aa'");
    }

    @Test
    void aMissingUpstreamIsNamedAndOtherModelsAreSaved() throws Exception {
        project.file("models/gone.sql", "select 1 as id");
        project.model("m", "return dbt.ref('gone')");
        project.model("n", "return dbt.source('raw', 't')");
        assertThat(save(options(5), "m", "n")).extracting(SavedFixtures::name).containsExactly("n");
        assertThat(events.toString()).contains("Build it first: dvt-ls run --select +gone");
    }

    @Test
    void namesThatAreOneFileForSomeSystemsAreRefused() throws Exception {
        project.file("models/s2.yml", "sources: [{name: RAW, schema: main, tables: [{name: t}]}]");
        project.model("m", "return dbt.source('raw', 't'), dbt.source('RAW', 't')");
        assertThat(save(options(5), "m")).isEmpty();
        assertThat(events.toString()).contains("whose fixtures would be one file");
    }

    @Test
    void aSelectionWithoutAModel() {
        assertThatThrownBy(() -> save(options(5), "source:raw.t"))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("The selection has no model");
    }
}
