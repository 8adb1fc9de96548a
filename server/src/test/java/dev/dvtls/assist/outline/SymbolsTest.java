package dev.dvtls.assist.outline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {
    /** {@code kind label (detail) [text of its name] {children}}, ends of lines as {@code ¶}. */
    private static List<String> symbols(String file, String text) {
        Texts.Text at = Texts.of(file, text);
        List<Symbol> symbols = Symbols.of(at.source());
        symbols.forEach(s -> assertNested(new Span(0, at.source().text().length()), s));
        return symbols.stream().map(s -> picture(at.source().text(), s)).toList();
    }

    private static void assertNested(Span outer, Symbol symbol) {
        assertThat(outer.encloses(symbol.range())).as("%s in %s", symbol, outer).isTrue();
        assertThat(symbol.range().encloses(symbol.name())).as("%s", symbol).isTrue();
        assertThat(symbol.label()).isNotBlank();
        symbol.children().forEach(child -> assertNested(symbol.range(), child));
    }

    private static String picture(String text, Symbol symbol) {
        String own =
                symbol.kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + symbol.label()
                        + (symbol.detail().isEmpty() ? "" : " (" + symbol.detail() + ")")
                        + " ["
                        + symbol.name().of(text)
                        + "]";
        List<String> children = symbol.children().stream().map(s -> picture(text, s)).toList();
        return children.isEmpty() ? own : own + " {" + String.join(", ", children) + "}";
    }

    @Test
    void ofAPythonModel() {
        assertThat(
                        symbols(
                                "models/m.py",
                                """
                                import pandas as pd

                                class Cleaner:
                                    def clean(self, df):
                                        return df

                                def helper(dbt):
                                    return dbt.ref("codes")

                                if True:
                                    async def late(): pass

                                def model(dbt, session):
                                    dbt.config(materialized="incremental", tags=["a", "b"])
                                    df = dbt.ref("stg_orders").df()
                                    again = dbt.ref("stg_orders")
                                    o = dbt.source("ops", "orders")
                                    def inner(x): return x
                                    return session.sql("from __model__codes join ops__orders")
                                """))
                .containsExactly(
                        "class Cleaner (class) [Cleaner] {method clean [clean]}",
                        "function helper [helper] {ref codes (ref) [codes]}",
                        "function late [late]",
                        "model model (model) [model] {config materialized (incremental)"
                                + " [materialized], config tags ([a, b]) [tags], ref stg_orders"
                                + " (ref) [stg_orders], source ops.orders (source) [orders],"
                                + " function inner [inner], source ops__orders (table in SQL)"
                                + " [ops__orders]}");
    }

    @Test
    void ofASqlModel() {
        assertThat(
                        symbols(
                                "models/m.sql",
                                """
                                {{ config(materialized='view') }}
                                {# with ghost as (select 1) #}
                                with orders as (
                                    with deep as (select * from {{ ref('codes') }})
                                    select * from deep
                                ), recent as (
                                    select * from {{ ref('stg_orders') }} -- with no as (
                                )
                                select * from recent
                                """))
                .containsExactly(
                        "model m (model) [] {config materialized (view) [materialized],"
                                + " query orders (with) [orders] {query deep (with) [deep] {ref"
                                + " codes (ref) [codes]}}, query recent (with) [recent] {ref"
                                + " stg_orders (ref) [stg_orders]}}");
    }

    @Test
    void ofMacrosAndSnapshots() {
        assertThat(
                        symbols(
                                "macros/money.sql",
                                """
                                {% macro cents(x) %}{{ x }} / 100{% endmacro %}
                                {%- macro open(x) -%}
                                """))
                .containsExactly("macro cents (macro) [cents]");
        assertThat(
                        symbols(
                                "snapshots/s.sql",
                                """
                                {% snapshot orders_then %}
                                select * from {{ ref('codes') }}
                                {% endsnapshot %}
                                """))
                .containsExactly(
                        "model orders_then (snapshot) [orders_then] {ref codes (ref) [codes]}");
    }

    @Test
    void ofProperties() {
        assertThat(
                        symbols(
                                "models/p.yml",
                                """
                                version: 2
                                models:
                                  - name: stg_orders
                                    columns:
                                      - name: "id"
                                        data_type: bigint
                                      - description: no name

                                    versions:
                                      - v: 1
                                  - name: 😀 other
                                sources:
                                - name: shop
                                  tables:
                                  - name: carts
                                    columns: [{name: n}]
                                exposures:
                                  - name: board
                                """))
                .containsExactly(
                        "section models [models] {node stg_orders [stg_orders] {column id (bigint)"
                                + " [\"id\"], node 1 [1]}, node 😀 other [😀 other]}",
                        "section sources [sources] {source shop [shop] {table carts [carts]"
                                + " {column n [n]}}}",
                        "section exposures [exposures] {node board [board]}");
    }

    @Test
    void ofAProjectFile() {
        assertThat(
                        symbols(
                                "dbt_project.yml",
                                """
                                name: shop
                                profile: shop
                                model-paths: [models, more]
                                models:
                                  shop:
                                    +materialized: table
                                """))
                .containsExactly(
                        "key name (shop) [name]",
                        "key profile (shop) [profile]",
                        "key model-paths (models, more) [model-paths]",
                        "key models [models] {key shop [shop] {key +materialized (table)"
                                + " [+materialized]}}");
    }

    @Test
    void ofYamlWithAliases() {
        assertThat(
                        symbols(
                                "models/p.yml",
                                """
                                models:
                                  - &one
                                    name: a
                                    columns: &columns
                                      - name: x
                                  - name: b
                                    columns: *columns
                                  - *one
                                seeds: *columns
                                """))
                .containsExactly("section models [models] {node a [a] {column x [x]}, node b [b]}");
    }

    @Test
    void ofYamlWithAnOpenQuote() {
        assertThat(
                        symbols(
                                "models/p.yml",
                                "models:\n  - name: a\n  - name: \"b\n"
                                        + "    description: x\n".repeat(3)))
                .containsExactly("section models [models] {node a [a], node b [\"b]}");
    }

    @Test
    void ofYamlThatIsBeingWritten() {
        assertThat(
                        symbols(
                                "models/p.yml",
                                "models:\n  - name: a\n  - name: b\n    columns: [\n  - na: {\n"))
                .containsExactly("section models [models] {node a [a], node b [b]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def model(dbt, session):¶    x = dbt.ref(\"¶    return x",
                "def model(dbt, session:¶    dbt.config(materialized=¶¶class",
                "def¶def model(dbt, session):¶\treturn session.sql(\"\"\"from __model__co",
                "SQL = \"from __model__codes\"¶def model(dbt, session):¶  return session.sql(SQL)",
                "class A:¶    def¶def model(dbt, session):\r"
                        + "¶    return [dbt.ref(n) for n in [\"a\",",
            })
    void ofBrokenText(String text) {
        assertThat(symbols("models/m.py", text)).isNotEmpty(); // and each within its parent
    }

    @Test
    void ofEveryBeginningOfAText() {
        String model =
                """
                def helper(dbt): return dbt.ref("codes")
                def model(dbt, session):
                    dbt.config(tags=["😀"])
                    return session.sql(f"select * from __model__codes, {dbt.ref('a')}")
                """;
        String template = "{{ config(tags=['x']) }} with a as (select 1 from {{ ref('b') }}) {% if";
        String yaml = "models:\n  - name: \"a b\"\n    columns:\n    - {name: x, data_type: '1'}\n";
        Stream.of("models/m.py:" + model, "models/m.sql:" + template, "models/p.yml:" + yaml)
                .forEach(SymbolsTest::everyBeginning);
    }

    private static void everyBeginning(String fileAndText) {
        String[] parts = fileAndText.split(":", 2);
        Texts.Text whole = Texts.of(parts[0], parts[1]);
        for (int end = 1; end < parts[1].length(); end++) {
            Source typed = Texts.typed(whole, parts[1].substring(0, end));
            Span all = new Span(0, end);
            Symbols.of(typed).forEach(s -> assertNested(all, s));
            Folds.of(typed).forEach(f -> assertThat(all.encloses(f.hidden())).isTrue());
            Tokens.of(whole.manifest(), typed)
                    .forEach(t -> assertThat(all.encloses(t.span())).isTrue());
            assertThat(Selections.at(typed, end)).isNotEmpty();
        }
    }
}
