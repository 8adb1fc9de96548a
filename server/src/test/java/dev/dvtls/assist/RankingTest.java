package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of names, and what of a large project is sent. */
class RankingTest {
    private static final String PROJECT =
            """
            //- models/shop/near.sql
            select * from {{ ref('hub') }}
            //- models/shop/used.sql
            select 1 as id
            //- models/far/off/away.sql
            select 1 as id
            //- models/far/off/beside.sql
            select 1 as id
            //- models/far/off/hub.sql
            select 1 as id
            //- models/far/reader.sql
            select * from {{ ref('used') }} join {{ ref('beside') }} using (id)
            //- models/shop/below.sql
            select * from {{ ref('here') }}
            //- models/far/bottom.sql
            select * from {{ ref('below') }}
            """;

    private static Completed here(String line) {
        return Completed.in(
                PROJECT,
                Known.MANIFEST,
                "models/shop/here.py",
                "def model(dbt, session):\n    a = dbt.ref(\"used\")\n    " + line + "\n");
    }

    @Test
    void nearNamesFirstThenThoseInUseAndLastWhatClosesACycle() {
        // beside is read by a model that reads what this one reads: nearer than its folder.
        assertThat(here("b = dbt.ref(\"$0\")").shown())
                .isEqualTo("near, beside, reader, away, hub, used, below, bottom");
    }

    /**
     * @param changed files, the last one first
     */
    private static Completed after(String line, String... changed) {
        Workspace workspace =
                Workspace.of(
                        PROJECT
                                + "//- models/shop/here.py\ndef model(dbt, session):\n    "
                                + "a = dbt.ref(\"used\")\n    "
                                + line
                                + "\n");
        Known known =
                new Known(
                        KnownColumns.PROPERTIES,
                        Map::of,
                        Stream.of(changed).map(workspace::path).toList());
        Path file = workspace.cursor().file();
        String text = workspace.text("models/shop/here.py");
        return new Completed(
                Completion.at(workspace.manifest(), known, file, text, workspace.cursor().offset()),
                text);
    }

    @Test
    void whatIsWorkedOnComesSooner() {
        String line = "b = dbt.ref(\"$0\")";
        // A file that was changed, and what it reads: not what is in use, nor what closes a cycle.
        assertThat(after(line, "models/far/off/away.sql").shown())
                .isEqualTo("away, near, beside, reader, hub, used, below, bottom");
        assertThat(after(line, "models/shop/near.sql").shown())
                .isEqualTo("hub, near, beside, reader, away, used, below, bottom");
        assertThat(after(line, "models/far/bottom.sql", "models/shop/here.py").shown())
                .isEqualTo("near, beside, reader, away, hub, used, below, bottom");
        // Of many, the last few count; one that is gone or no model does not.
        assertThat(
                        after(
                                        line,
                                        "models/gone.sql",
                                        "models/shop/here.py",
                                        "models/far/bottom.sql",
                                        "models/shop/below.sql",
                                        "models/far/reader.sql",
                                        "models/shop/used.sql",
                                        "models/far/off/away.sql")
                                .shown())
                .isEqualTo("beside, reader, near, away, hub, used, below, bottom");
    }

    @Test
    void whatIsGivenUpComesLaterAndSaysSo() {
        Completed names =
                Completed.in(
                        PROJECT
                                + """
                                //- models/shop/props.yml
                                models:
                                  - name: near
                                    deprecation_date: 2024-06-30
                                """,
                        Known.MANIFEST,
                        "models/shop/here.py",
                        "def model(dbt, session):\n    b = dbt.ref(\"$0\")\n");
        assertThat(names.shown()).isEqualTo("used, reader, away, beside, hub, near, below, bottom");
        assertThat(names.only("near").detail())
                .isEqualTo("deprecation date 2024-06-30 · SQL model (view) · models/shop/near.sql");
    }

    @Test
    void theNameUnderTheCursorIsNotInUseYet() {
        assertThat(here("b = dbt.ref(\"ne$0ar\")").shown()).startsWith("near, ");
    }

    @Test
    void aCycleIsToldWithItsPath() {
        Completed names = here("b = dbt.ref(\"$0\")");
        assertThat(names.only("bottom").detail())
                .startsWith("would close a cycle: bottom -> below -> here -> bottom · SQL model");
        assertThat(names.only("used").detail()).startsWith("SQL model");
        assertThat(here("session.sql(\"from __model__$0\")").only("__model__below").detail())
                .startsWith("would close a cycle: below -> here -> below · ");
    }

    /** Ten thousand models in fifty folders, each reading one of the fifty before it. */
    private static ProjectManifest large(Workspace workspace) {
        ProjectManifest manifest = workspace.manifest();
        for (int i = 0; i < 10_000; i++) {
            Path file = workspace.path("models/area_%02d/orders_%05d.sql".formatted(i % 50, i));
            String reads = "select * from {{ ref('orders_%05d') }}".formatted(i - 50);
            manifest = manifest.withText(file, i < 50 ? "select 1 as id" : reads);
        }
        return manifest;
    }

    private static Completed typed(Workspace workspace, ProjectManifest manifest, String typed) {
        Path file = workspace.path("models/area_07/mine.py");
        String text = "def model(dbt, session):\n    x = dbt.ref(\"" + typed;
        return new Completed(
                Completion.at(
                        manifest.withText(file, text), Known.MANIFEST, file, text, text.length()),
                text);
    }

    @Test
    void ofTenThousandModelsTheNearestAreSent() {
        Workspace workspace = Workspace.of("//- models/here.py\n");
        ProjectManifest manifest = large(workspace);
        Completed all = typed(workspace, manifest, "");
        assertThat(all.offer().incomplete()).isTrue();
        assertThat(all.suggestions()).hasSize(Names.MOST);
        // All 200 of its own folder.
        assertThat(all.suggestions())
                .allMatch(s -> s.detail().contains("models/area_07/"), "of the folder");
        Completed some = typed(workspace, manifest, "ors99");
        assertThat(some.offer().incomplete()).isTrue();
        assertThat(some.suggestions()).hasSize(Names.MOST);
        assertThat(some.suggestions()).allMatch(s -> s.label().matches(".*9.*9.*"));
        Completed few = typed(workspace, manifest, "9999");
        assertThat(few.offer().incomplete()).isFalse();
        assertThat(few.labels()).containsExactly("orders_09999");
    }
}
