package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Manifest.Found;
import dev.dvtls.manifest.Manifest.NotFound;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.testing.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions and packages; expectations were compared with dbt 1.10. */
class VersionsTest {
    private static final ProjectManifest MANIFEST =
            Workspace.of(
                            """
                            //- dbt_project.yml
                            name: shop
                            models:
                              util:
                                +schema: ours
                            //- models/schema.yml
                            models:
                              - name: dim
                                latest_version: 2
                                description: Any
                                config: {tags: [every], alias: x}
                                columns: [{name: id}]
                                versions:
                                  - v: 1
                                  - v: 2
                                    defined_in: dim_second
                                    description: Second
                                    config: {tags: [second]}
                              - name: flat
                                versions: [{v: 9}, {v: 10}]
                            //- models/dim_v1.sql
                            select 1 as id
                            //- models/dim_second.py
                            def model(dbt, session):
                                return dbt.ref("dim", v=1)
                            //- models/flat.sql
                            select 1
                            //- models/flat_v9.sql
                            select * from {{ ref('dim') }}
                            //- models/helper.sql
                            select * from {{ ref('util', 'helper') }}
                            //- models/reader.sql
                            select * from {{ ref('helper') }} join {{ ref('inner_one') }} using (id)
                            //- dbt_packages/util/dbt_project.yml
                            name: util
                            models:
                              +schema: own
                              +materialized: table
                            //- dbt_packages/util/models/helper.sql
                            select * from {{ ref('inner_one') }}
                            //- dbt_packages/util/models/inner_one.sql
                            select 1 as id
                            //- dbt_packages/util/models/broken.yml
                            models: [
                            """)
                    .manifest();

    private static String id(String name, String version) {
        return MANIFEST.resolve(
                                new ModelTarget(
                                        Optional.empty(),
                                        name,
                                        Optional.of(version).filter(v -> !v.isEmpty())))
                        instanceof Found found
                ? found.node().uniqueId()
                : "none";
    }

    private static Set<String> upstream(String id) {
        return MANIFEST.node(id).orElseThrow().dependsOn();
    }

    @Test
    void aRefWithoutAVersionMeansTheLatest() {
        assertThat(id("dim", "")).isEqualTo("model.shop.dim.v2");
        assertThat(id("dim", "1")).isEqualTo("model.shop.dim.v1");
        assertThat(id("dim", "3")).isEqualTo("none");
        assertThat(id("flat", "")).isEqualTo("model.shop.flat.v10"); // 10 comes after 9
        assertThat(id("flat", "9")).isEqualTo("model.shop.flat.v9");
        assertThat(id("dim_v1", "")).isEqualTo("none");
        assertThat(id("helper", "1")).isEqualTo("none");
        assertThat(upstream("model.shop.flat.v9")).containsExactly("model.shop.dim.v2");
        assertThat(upstream("model.shop.dim.v2")).containsExactly("model.shop.dim.v1");
    }

    @Test
    void aVersionHasItsOwnProperties() {
        Node first = MANIFEST.node("model.shop.dim.v1").orElseThrow();
        Node second = MANIFEST.node("model.shop.dim.v2").orElseThrow();
        assertThat(first.description()).isEqualTo("Any");
        assertThat(second.description()).isEqualTo("Second");
        assertThat(first.tags()).containsExactly("every");
        assertThat(second.tags()).containsExactly("second");
        assertThat(second.columns()).hasSize(1);
        assertThat(MANIFEST.node("model.shop.flat.v9").orElseThrow().relation().identifier())
                .isEqualTo("flat_v9");
        assertThat(MANIFEST.fqn(second)).isEqualTo(List.of("shop", "dim", "v2"));
        assertThat(MANIFEST.duplicates()).isEmpty();
    }

    @Test
    void packagesAreThereToReferToAndNeverComplainedAbout() {
        assertThat(upstream("model.shop.helper")).containsExactly("model.util.helper");
        assertThat(upstream("model.shop.reader"))
                .containsExactly("model.shop.helper", "model.util.inner_one");
        assertThat(upstream("model.util.helper")).containsExactly("model.util.inner_one");
        assertThat(
                        MANIFEST.resolve(
                                new ModelTarget(Optional.of("none"), "helper", Optional.empty())))
                .isEqualTo(new NotFound(false));
        Node inner = MANIFEST.node("model.util.inner_one").orElseThrow();
        assertThat(inner.schemaOn("main")).isEqualTo("main_ours"); // the project has the last word
        assertThat(inner.materialized()).isEqualTo("table");
        assertThat(MANIFEST.problems()).isEmpty();
        assertThat(MANIFEST.files()).noneMatch(f -> f.path().toString().contains("dbt_packages"));
        assertThat(MANIFEST.file(inner.file())).isPresent();
    }
}
