package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at models' rows that changes nothing. */
class PreviewTest {
    @TempDir Path folder;
    private RunProject project;
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.file("models/s.yml", "sources: [{name: raw, schema: main, tables: [{name: t}]}]");
        project.sql("dev.duckdb", "create table t as select range as id from range(10)");
    }

    private Previewed preview(String model, int limit, boolean refresh) throws Exception {
        events.clear();
        try (LocalEngine engine = LocalEngine.create(false)) {
            List<Previewed> shown =
                    engine.preview(
                            project.request(model),
                            limit,
                            refresh,
                            events::add,
                            new Cancellation());
            assertThat(shown).as(events.toString()).hasSize(1);
            return shown.get(0);
        }
    }

    private static List<String> values(Previewed shown) {
        return shown.rows().rows().stream().map(row -> row.get(0).orElse("NULL")).toList();
    }

    private List<String> extracts() {
        return events.stream()
                .filter(RunEvent.StageStarted.class::isInstance)
                .map(RunEvent.StageStarted.class::cast)
                .filter(e -> e.stage() == RunEvent.Stage.EXTRACT)
                .map(RunEvent.StageStarted::detail)
                .toList();
    }

    @Test
    void aPythonModelIsComputedAndNotLoaded() throws Exception {
        project.model("m", "return dbt.source('raw', 't').filter('id > 1').order('id')");
        Previewed shown = preview("m", 3, false);
        assertThat(values(shown)).containsExactly("2", "3", "4");
        assertThat(shown.total()).hasValue(8);
        assertThat(shown.more()).isTrue();
        assertThat(extracts()).containsExactly("raw.t from dev");
        assertThat(project.rows("select table_name from information_schema.tables"))
                .containsExactly("t");
    }

    @Test
    void theCacheIsGoodEnoughUnlessToldOtherwise() throws Exception {
        project.model("m", "return dbt.source('raw', 't').order('id')");
        preview("m", 3, false);
        project.sql("dev.duckdb", "insert into t values (99)");
        assertThat(preview("m", 3, false).total()).hasValue(10);
        assertThat(extracts())
                .singleElement()
                .asString()
                .matches("raw.t from the cache, \\d+ s old");
        assertThat(preview("m", 3, true).total()).hasValue(11);
        assertThat(extracts()).containsExactly("raw.t from dev");
    }

    @Test
    void aSqlModelInsideItsDatabase() throws Exception {
        project.file(
                "models/m.sql",
                "select id * 2 as n from {{ source('raw', 't') }} order by 1 -- end");
        Previewed shown = preview("m", 2, false);
        assertThat(values(shown)).containsExactly("0", "2");
        assertThat(shown.total()).isEmpty();
        assertThat(shown.more()).isTrue();
        assertThat(preview("m", 20, false).more()).isFalse();
        assertThat(project.rows("select table_name from information_schema.tables"))
                .containsExactly("t");
    }

    @Test
    void aSqlModelOverTheCache() throws Exception {
        project.sql("other.duckdb", "create table far as select 7 as id, 'x' as name");
        project.file(
                "models/far.yml",
                "sources: [{name: far, schema: main, connection: other, tables: [{name: far}]}]");
        project.file(
                "models/m.sql",
                "select name from {{ source('far', 'far') }} join {{ source('raw', 't') }} using"
                        + " (id)");
        assertThat(values(preview("m", 5, false))).containsExactly("x");
        assertThat(extracts()).contains("far.far from other");
    }

    @Test
    void ephemeralModelsAndSources() throws Exception {
        project.file(
                "models/e.sql",
                "{{ config(materialized='ephemeral') }}"
                        + "select id from {{ source('raw', 't') }} where id > 6 order by id");
        Previewed shown = preview("e", 2, false);
        assertThat(values(shown)).containsExactly("7", "8");
        assertThat(shown.total()).hasValue(3);
        assertThat(preview("source:raw.t", 1, false).total()).hasValue(10);
    }

    @Test
    void noRowsAreNoFailure() throws Exception {
        project.model("m", "return dbt.source('raw', 't').filter('id > 99')");
        Previewed shown = preview("m", 3, false);
        assertThat(shown.rows().rows()).isEmpty();
        assertThat(shown.rows().columns()).extracting(c -> c.name()).containsExactly("id");
    }

    @Test
    void anIncrementalModelShowsWhatTheNextRunAdds() throws Exception {
        project.file(
                "models/m.sql",
                """
                {{ config(materialized='incremental', unique_key='id') }}
                select id from {{ source('raw', 't') }}
                {% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}
                order by id\
                """);
        assertThat(values(preview("m", 1, false))).containsExactly("0");
        project.run("m").succeeded();
        project.sql("dev.duckdb", "insert into t values (99)");
        assertThat(values(preview("m", 5, false))).containsExactly("99");
        assertThat(project.rows("select max(id) from m")).containsExactly("9");
    }

    @Test
    void propertiesThatCannotBeReadAreNotPassedOver() throws Exception {
        project.model("m", "return dbt.source('raw', 't')");
        project.file("models/broken.yml", "sources: [{name: raw\n");
        assertThatThrownBy(() -> preview("m", 3, false))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("models/broken.yml:")
                .hasMessageContaining("Nothing was computed");
        assertThat(events).isEmpty();
    }

    @Test
    void aFailureHasItsPlaceAndLeavesNoRows() throws Exception {
        project.model("m", "raise ValueError('no')");
        try (LocalEngine engine = LocalEngine.create(false)) {
            List<Previewed> shown =
                    engine.preview(project.request("m"), 3, false, events::add, new Cancellation());
            assertThat(shown).isEmpty();
        }
        Optional<RunEvent.Failure> failure =
                events.stream()
                        .filter(RunEvent.ModelFailed.class::isInstance)
                        .map(e -> ((RunEvent.ModelFailed) e).failure())
                        .findFirst();
        assertThat(failure).isPresent();
        assertThat(failure.get().code()).isEqualTo("DVT126");
        assertThat(failure.get().line()).isEqualTo(2);
        assertThat(Files.exists(project.root.resolve(".dvt/logs"))).isTrue();
    }
}
