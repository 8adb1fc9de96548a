package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.PropertiesFile;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlModelReaderTest {
    private static final Path FILE = Path.of("/shop/models/m.sql");

    private static ModelFile read(String text) {
        return SqlModelReader.read(FILE, text.replace("¶", "\n"));
    }

    private static String target(Reference.Target target) {
        if (target instanceof Reference.ModelTarget model) {
            return model.packageName().map(p -> p + ":").orElse("")
                    + model.name()
                    + model.version().map(v -> "@" + v).orElse("");
        }
        Reference.SourceTarget source = (Reference.SourceTarget) target;
        return source.source() + "." + source.table();
    }

    /** References and, in brackets, the text under their names' spans; then what is not known. */
    private static String picture(String text) {
        ModelFile file = read(text);
        String found =
                file.references().stream()
                        .map(
                                r ->
                                        target(r.target())
                                                + "["
                                                + r.names().stream()
                                                        .map(span -> span.of(file.text()))
                                                        .collect(Collectors.joining(";"))
                                                + "]")
                        .collect(Collectors.joining(" "));
        String unknown =
                file.unknownReferences().stream()
                        .map(
                                u ->
                                        (u.wrongArguments() ? "wrong:" : "dynamic:")
                                                + u.span().of(file.text()))
                        .collect(Collectors.joining(" "));
        return (found + " " + unknown).strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from {{ ref('a') }} | a[a]",
                "{{ref(\"a\")}}{{- ref('b') -}}{{+ ref('c') +}} | a[a] b[b] c[c]",
                "{{ ref('pkg', 'a') }} {{ ref('a', v=2) }} {{ ref('a', version='3') }} |"
                        + " pkg:a[pkg;a] a@2[a] a@3[a]",
                "{{ source('s', 't') }} {{ source(\"s\",table_name='t') }} | s.t[s;t] s.t[s;t]",
                "{# {{ ref('a') }} #} {% raw %}{{ ref('b') }}{% endraw %} {{ ref('c') }} | c[c]",
                "{%- raw -%}{{ ref('b') }}{%- endraw -%} {{ ref('c') }} | c[c]",
                "-- {{ ref('a') }} | a[a]", // dbt too reads Jinja in SQL comments
                "{% set x = ref('a') %}{{ x }} | a[a]",
                "{% set x %}{{ ref('a') }}{% endset %} | a[a]",
                "{% if is_incremental() and ref('a') %}{{ ref('b') }}{% endif %} | a[a] b[b]",
                "{{ dbt_utils.star(from=ref('a'), except=['x}}', \"{%\"]) }} | a[a]",
                "{% do log(ref('a')) %}{% call f(ref('b')) %}{% endcall %} | a[a] b[b]",
                "{% call(x) f(ref('a')) %}{% endcall %} | a[a]",
                "{% for n in ['a', 'b'] %}{{ ref(n) }}{% endfor %} | a[n] b[n]",
                "{% set names = ['a', 'b'] %}{% for n in names %}{{ ref('stg_' ~ n) }}{% endfor %}"
                        + " | stg_a['stg_' ~ n] stg_b['stg_' ~ n]",
                "{% set n = 'a' %}{{ ref(n) }} | a[n]",
                "{{ ref('a' if x else 'b') }} | dynamic:'a' if x else 'b'",
                "{{ ref(var('x')) }} {{ ref(n) }} | dynamic:var('x') dynamic:n",
                "{% set n = 'a' %}{% set n = 'b' %}{{ ref(n) }} | dynamic:n",
                "{% set n = n %}{{ ref(n) }} | dynamic:n",
                "{{ ref() }} {{ ref('a','b','c') }} {{ ref(5) }} | wrong:ref()"
                        + " wrong:ref('a','b','c') wrong:5",
                "{{ builtins.ref('a') }} {{ other.ref('b') }} | a[a]",
                "{{ {'x': ref('a')}['x'] }} {{ [ref('b')] == 1 }} | a[a] b[b]",
                "{{ 'it''s' }} {{ ref('a') }} | a[a]",
                "{{ \"don't\" }} {{ ref('a') }} | a[a]",
                "{{ config(post_hook=\"insert {{ this }} ¶ {{ ref('no') }}\") }}{{ ref('a') }} |"
                        + " a[a]",
                // Unfinished text: the names are there, and the rest of the file is read.
                "select * from {{ ref(' | []",
                "select * from {{ ref('ab | ab[ab]",
                "select * from {{ ref('ab }}¶{{ ref('c') }} | ab[ab] c[c]",
                "select * from {{ ref('ab¶{{ ref('c') }} | ab[ab] c[c]",
                "select * from {{ ref('') }}¶{{ ref('c') }} | [] c[c]",
                "{{ source(' }}¶{{ ref('c') }} | .[] c[c]",
                "{{ source('s', ' }}¶{{ ref('c') }} | s.[s;] c[c]",
                "{{ source('s') }} | s.[s]",
                "{{ ref('a' }} {{ ref('b') }} | a[a] b[b]",
                "{% if ref('a') ¶{{ ref('b') }} | a[a] b[b]",
                "{{ ref('a'), {{ ref('b') }} | a[a] b[b]",
            })
    void findsReferences(String text, String expected) {
        assertThat(picture(text)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void namesInUnfinishedTextHaveTheirPlace() {
        String text = "select * from {{ ref('";
        Reference reference = read(text).references().get(0);
        assertThat(reference.names()).containsExactly(new Span(text.length(), text.length()));
        assertThat(read(text).problems()).hasSize(1);
    }

    @Test
    void filtersAreNoTrouble() {
        assertThat(picture("{{ [ref('a')] | length }} {{ ref('b') | as_text(lambda=ref('c')) }}"))
                .isEqualTo("a[a] b[b] c[c]");
    }

    @Test
    void positionsAreThoseOfTheFile() {
        String text = "-- é😀\r\nselect {{ ref('a') }}";
        Reference reference = read(text).references().get(0);
        assertThat(reference.span().of(text)).isEqualTo("ref('a')");
        assertThat(reference.names().get(0).of(text)).isEqualTo("a");
    }

    @Test
    void readsConfig() {
        ModelFile file =
                read(
                        "{{ config(materialized='table', tags=['a', 'b'], x=1, y=2.5, z=true,"
                                + " n=none, d={'k': 'v'}, u=var('x'), h=\"{{ this }}\") }}{{"
                                + " config({'alias': 'other'}) }}{{ config.get('nothing') }}");
        assertThat(file.config())
                .extracting(e -> e.key() + "=" + e.value().map(Object::toString).orElse("?"))
                .containsExactly(
                        "materialized=table",
                        "tags=[a, b]",
                        "x=1",
                        "y=2.5",
                        "z=true",
                        "n=null",
                        "d={k=v}",
                        "u=?",
                        "h={{ this }}",
                        "alias=other");
        assertThat(file.config().get(0).keySpan().of(file.text())).isEqualTo("materialized");
        assertThat(file.config().get(0).valueSpan().of(file.text())).isEqualTo("'table'");
        assertThat(file.config().get(9).keySpan().of(file.text())).isEqualTo("alias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ ref('a') | 0",
                "{% if x | 0",
                "{# no end | 0",
                "{% raw %} no end | 0",
            })
    void saysWhatHasNoEnd(String text, int at) {
        assertThat(read(text).problems()).hasSize(1);
        assertThat(read(text).problems().get(0).span().start()).isEqualTo(at);
    }

    @Test
    void noFalseAlarm() {
        assertThat(
                        List.of(
                                "select '{' || x || '}' from t",
                                "select a->'{}'->>'b' from t",
                                "{{ {'a': {'b': 1}} }}",
                                "{{ {'a':{'b':{}}}}}",
                                "{{ x | default('%}') }}",
                                "{% set q %} select 1 {% endset %}",
                                "{{ '\\'' }}",
                                ""))
                .allSatisfy(text -> assertThat(read(text).problems()).isEmpty());
    }

    @Test
    void findsSnapshots() {
        String text =
                "{% snapshot orders_snapshot %}{{ config(unique_key='id') }}{% endsnapshot %}"
                        + "{%- snapshot b -%}{% endsnapshot %}{% snapshot %}";
        assertThat(SqlModelReader.snapshots(text))
                .extracting(PropertiesFile.Name::text)
                .containsExactly("orders_snapshot", "b");
    }
}
