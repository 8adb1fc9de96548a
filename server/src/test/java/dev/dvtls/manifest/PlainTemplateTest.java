package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "{{ config(materialized='table', tags=['a']) }} select * from {{ ref('a') }}",
                "{% do config(alias='x') %} select 1",
                "{% if is_incremental() %}where d > (select max(d) from {{ this }}){% endif %}",
                "{% set names = ['a', 'b'] %}{% for n in names %}{{ ref(n) }}{% endfor %}",
                "{{ var('x') }} {{ env_var('Y', '') | upper }} {{ this.include(database=false) }}",
                "{{ config.get('unique_key') }} {{ 'a,b'.split(',') }} {{ loop.index }}",
                "{# {{ my_macro() }} #} select '{{' from t",
            })
    void theTextTellsAll(String text) {
        assertThat(plain(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ my_macro() }}",
                "{{ utils.star(ref('a')) }}",
                "{{ adapter.dispatch('m')() }}",
                "{% call statement('x') %}select 1{% endcall %}",
                "{% set x = my_macro() %}",
                "{{ ref(var('x')) }}",
                "{{ config(materialized=var('m')) }} select 1",
                "{{ config(materialized='a' if target.name == 'b' else 'c') }} select 1",
                "{{ config(alias='x') if target.name == 'b' else '' }} select 1",
                "{% if var('x') %}{{ config(alias='x') }}{% endif %} select 1",
                "{{ config(**var('x')) }} select 1",
                "{% do config.set('alias', 'x') %} select 1",
            })
    void onlyRenderingTells(String text) {
        assertThat(plain(text)).isFalse();
    }

    private static boolean plain(String text) {
        return PlainTemplate.is(SqlModelReader.read(Path.of("/shop/models/m.sql"), text));
    }
}
