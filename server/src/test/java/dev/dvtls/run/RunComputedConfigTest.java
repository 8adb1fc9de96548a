package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Config that a template computes decides how a model is built, as in dbt. */
class RunComputedConfigTest {
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void placeAndKindFollowWhatATemplateComputes() throws Exception {
        project.file(
                        "macros/set.sql",
                        "{% macro kind(k) %}{{ config(materialized=k, alias='m_' ~ k) }}{% endmacro"
                                + " %}")
                .file("models/by_macro.sql", "{{ kind('table') }} select 1 as id")
                .file(
                        "models/by_var.sql",
                        "{{ config(materialized='table' if target.name == 'dev' else 'view',"
                                + " schema=var('s'), target=var('where')) }} select 2 as id")
                .file(
                        "models/by_branch.sql",
                        "{% if target.name == 'dev' %}{{ config(alias='branched') }}{% else %}"
                                + "{{ config(alias='never') }}{% endif %} select 3 as id")
                .file(
                        "models/hidden.sql",
                        "{{ config(materialized=var('hidden')) }} select 4 as id")
                .file("models/off.sql", "{{ config(enabled=var('on')) }} select nope")
                .file(
                        "models/a_all.sql",
                        "select m.id + v.id + b.id + h.id as sum from {{ ref('by_macro') }} m,"
                                + " {{ ref('by_var') }} v, {{ ref('by_branch') }} b,"
                                + " {{ ref('hidden') }} h");
        project.vars(Map.of("s", "deep", "where", "other", "hidden", "ephemeral", "on", false));
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.finished().succeeded()).isEqualTo(4);
        assertThat(project.rows("select * from a_all")).containsExactly("10");
        assertThat(project.rows("select * from m_table")).containsExactly("1");
        assertThat(project.rows("select * from branched")).containsExactly("3");
        assertThat(project.rows("other.duckdb", "select * from main_deep.by_var"))
                .containsExactly("2");
        assertThat(
                        project.rows(
                                "select table_type from information_schema.tables"
                                        + " where table_name = 'm_table'"))
                .containsExactly("BASE TABLE");
    }

    @Test
    void incrementalIsIncrementalAndItsKeyCounts() throws Exception {
        project.file("macros/old.sql", "{% macro old() %}{{ ref('z_late') }}{% endmacro %}")
                .file("models/z_late.sql", "select 2 as id")
                .file(
                        "models/grows.sql",
                        """
                        {% set keys = ['id'] %}
                        {{ config(materialized=var('m'), unique_key=keys | list) }}
                        select {{ 1 if is_incremental() else 0 }} as later, id
                        {% if is_incremental() %}from {{ old() }}
                        {% else %}from (values (1), (2)) v(id){% endif %}
                        """);
        project.vars(Map.of("m", "incremental")).threads(1);
        project.run("grows").succeeded();
        project.run().succeeded();
        assertThat(project.rows("select id, later from grows order by id"))
                .containsExactly("1|0", "2|1");
    }

    @Test
    void templatesInYamlAreRendered() throws Exception {
        project.file(
                        "dbt_project.yml",
                        """
                        name: shop
                        version: "1.0"
                        profile: shop
                        models:
                          shop:
                            +schema: "{{ var('s') }}"
                            +materialized: "{{ 'table' if target.name == 'dev' else 'view' }}"
                            off:
                              +enabled: "{{ var('on') }}"
                        """)
                .file("models/one.sql", "select 1 as id")
                .file("models/off/two.sql", "select nope")
                .model("three", "return dbt.ref('one')");
        project.vars(Map.of("s", "deep", "on", false)).run().succeeded();
        assertThat(project.rows("select * from main_deep.three")).containsExactly("1");
        assertThat(
                        project.rows(
                                "select table_type from information_schema.tables"
                                        + " where table_name = 'one'"))
                .containsExactly("BASE TABLE");
    }

    @Test
    void aTemplateThatCannotBeRenderedIsRefused() throws Exception {
        project.file(
                "models/props.yml",
                "models: [{name: one, config: {alias: \"{{ var('nobody') }}\"}}]");
        project.file("models/one.sql", "select 1 as id")
                .file("models/two.sql", "{{ config(materialized=nothing()) }} select 1 as id");
        RunProject.Ran ran = project.run();
        assertThat(ran.failure("one").message())
                .contains("`alias` in the config of 'one'")
                .contains("could not be rendered");
        assertThat(ran.warnings()).anyMatch(w -> w.contains("'nobody' is not defined"));
        assertThat(ran.failure("two").message()).contains("nothing");
    }
}
