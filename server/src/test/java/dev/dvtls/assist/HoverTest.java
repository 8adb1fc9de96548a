package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Code;
import dev.dvtls.testing.Workspace;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoverTest {
    private static final String PROJECT =
            """
            //- models/stg_orders.py
            def model(dbt, session):
                return dbt.source("ops", "orders").df()
            //- models/totals.sql
            select * from {{ ref('stg_orders') }} join {{ ref('codes') }} using (id)
            //- models/props.yml
            sources:
              - name: ops
                tables:
                  - name: orders
                    description: One row an order.
            models:
              - name: stg_orders
                description: Orders, *tidied*.
                config:
                  tags: [daily]
                columns:
                  - name: id
                    data_type: bigint
                    description: a|key
            //- seeds/codes.csv
            id
            //- dbt_project.yml
            name: shop
            profile: shop
            vars: {vip_spend: 500}
            """;

    private static Optional<Hover> at(NodeFacts facts, String file, String text) {
        Workspace workspace = Workspace.of(PROJECT + "//- " + file + "\n" + text);
        Workspace.Cursor cursor = workspace.cursor();
        return Hover.at(
                workspace.manifest(), cursor.file(), workspace.text(file), cursor.offset(), facts);
    }

    @Test
    void aDescriptionIsShownWithItsDocBlock() {
        String described =
                "models: [{name: base, description: \"{{ doc('b') }}\","
                        + " columns: [{name: id, description: \"{{ doc('k') }}\"}]}]\n"
                        + "//- models/d.md\n{% docs b %}The *base*.{% enddocs %}"
                        + "{% docs k %}Its key{% enddocs %}\n"
                        + "//- models/base.sql\nselect 1 as id\n"
                        + "//- models/reads.sql\nselect * from {{ ref('ba$0se') }}\n";
        Workspace workspace = Workspace.of("//- models/own.yml\n" + described);
        Workspace.Cursor cursor = workspace.cursor();
        assertThat(
                        Hover.at(
                                workspace.manifest(),
                                cursor.file(),
                                workspace.text("models/reads.sql"),
                                cursor.offset(),
                                KnownFacts.NONE))
                .hasValueSatisfying(
                        hover ->
                                assertThat(hover.page().plain())
                                        .contains("The *base*.", "Its key")
                                        .doesNotContain("doc("));
    }

    /** {@code words < first line}, of a line of a Python model. */
    private static Optional<String> line(String line) {
        String text = "def model(dbt, session):\n    " + line + "\n    return x\n";
        return at(KnownFacts.NONE, "models/here.py", text)
                .map(
                        hover ->
                                hover.span().of(text.replace("$0", ""))
                                        + " < "
                                        + hover.page().plain().lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"stg_$0orders\")                  | stg_orders < stg_orders",
                "x = dbt.source(\"o$0ps\", \"orders\")          | ops < ops.orders",
                "x = session.sql(f\"from __model__cod$0es\")    | __model__codes < codes",
                "x = session.sql(\"from 😀, ops__or$0ders\")    | ops__orders < ops.orders",
                "x = session.sql(\"from __mod$0el__here\")       | __model__here < here",
                "x = session.sql(\"from __model__codes where __model__co$0des.id = 1\") |"
                        + " __model__codes < codes",
                "x = dbt.ref(\"stg_orders\").d$0f()             | df < df · df()",
                "x = session.sq$0l(\"select 1\")                | sql < sql · sql(query)",
                "x = dbt.var(\"vip_$0spend\")                   | vip_spend < vip_spend ·"
                        + " variable of dbt_project.yml",
                "x = dbt.re$0f(\"stg_orders\")                  | ref < ref · ref(\"model\")",
                "x = dbt.ref$0                                  | ref < ref · ref(\"model\")",
                "x = dbt.is_incre$0mental                       | is_incremental <"
                        + " is_incremental · bool",
                "x = dbt.this.sche$0ma                          | schema < schema · str",
                "dbt.config(mat$0erialized=\"table\")           | materialized <"
                        + " materialized · \"table\" or \"incremental\"",
                "x = dbt.config.get(\"uni$0que_key\")           | unique_key < unique_key ·"
                        + " column or list of columns",
                "x = 1  # dvt: ignore[cycle, dvt1$020]          | dvt120 < DVT120 · ref()"
                        + " target not found · error",
            })
    void tellsOf(String line, String expected) {
        assertThat(line(line)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = dbt.ref(\"now$0here\")",
                "x = dbt.nothi$0ng",
                "x = dbt.var(\"not_s$0et\")",
                "x = dbt.ref(\"stg_orders\").df().hea$0d()",
                "x = print(\"vip_spe$0nd\")",
                "x = \"dbt.re$0f\"",
                "x = 1  # dbt.re$0f",
                "x = other.re$0f(1)",
                "x = 1  # dvt: ignore[nothi$0ng]",
                "x = 1  # dvt: igno$0re[DVT120]",
                "x = '# dvt: ignore[cyc$0le]'",
                "x = 1  # ignore[cyc$0le]",
                "x = 1  # cyc$0le",
            })
    void isSilentOn(String line) {
        assertThat(line(line)).isEmpty();
    }

    @Test
    void materializationsAreThoseOfTheLanguage() {
        assertThat(
                        at(
                                        KnownFacts.NONE,
                                        "models/here.sql",
                                        "{{ config(mater$0ialized='view') }} select 1")
                                .orElseThrow()
                                .page()
                                .plain())
                .startsWith("materialized · \"view\", \"table\", \"incremental\"")
                .contains("Of this model: view")
                .doesNotContain("Python");
    }

    @Test
    void aVariableInJinjaHasItsValue() {
        assertThat(
                        at(KnownFacts.NONE, "models/here.sql", "select {{ var('vip_sp$0end') }}")
                                .orElseThrow()
                                .page()
                                .markdown())
                .contains("Value: `500`");
    }

    @Test
    void aNodeIsToldWhole() {
        KnownFacts facts = KnownFacts.cached("model.shop.stg_orders", 1234, "id", "BIGINT");
        Page page =
                at(facts, "models/here.py", "def model(dbt, s):\n    dbt.ref('stg_or$0ders')\n")
                        .orElseThrow()
                        .page();
        assertThat(page.markdown().replace("  \n", "<br>"))
                .isEqualTo(
                        """
                        **stg_orders**<br>Python model (table) in `models/stg_orders.py`<br>\
                        Lands at `main.stg_orders` on dev (duckdb)<br>Upstream: 1 (`ops.orders`)<br>\
                        Downstream: 2 (`here`, `totals`)<br>Tags: daily

                        Orders, *tidied*.

                        | column | type |  |
                        |---|---|---|
                        | id | BIGINT |  |

                        Cache: 1,234 rows, 5 min old\
                        """);
        assertThat(page.plain())
                .isEqualTo(
                        """
                        stg_orders
                        Python model (table) in models/stg_orders.py
                        Lands at main.stg_orders on dev (duckdb)
                        Upstream: 1 (ops.orders)
                        Downstream: 2 (here, totals)
                        Tags: daily

                        Orders, *tidied*.

                          column  type
                          id      BIGINT

                        Cache: 1,234 rows, 5 min old\
                        """);
    }

    @Test
    void aModelThatIsGivenUpSaysSince() {
        String text =
                """
                select * from {{ ref('o$0ld') }}
                //- models/old.sql
                select 1 as id
                //- models/old.yml
                models: [{name: old, deprecation_date: 2001-02-03}]
                """;
        assertThat(at(KnownFacts.NONE, "models/here.sql", text).orElseThrow().page().plain())
                .contains("Deprecation date: 2001-02-03");
    }

    @Test
    void columnsComeFromPropertiesWhereNothingIsCached() {
        assertThat(
                        at(
                                        KnownFacts.NONE,
                                        "models/here.sql",
                                        "select * from {{ ref('stg_$0orders') }}")
                                .orElseThrow()
                                .page()
                                .markdown())
                .contains("| id | bigint | a\\|key |");
    }

    @Test
    void aRunThatFailedIsTold() {
        KnownFacts facts =
                KnownFacts.failed("seed.shop.codes", "load-failed", "No <space> on *disk*.");
        assertThat(at(facts, "models/here.sql", "{{ ref('co$0des') }}").orElseThrow().page())
                .satisfies(
                        page ->
                                assertThat(page.markdown())
                                        .endsWith(
                                                "Last run failed 2026-05-04 12:00 on dev:"
                                                        + " load-failed No \\<space\\> on"
                                                        + " \\*disk\\*."))
                .satisfies(
                        page ->
                                assertThat(page.plain())
                                        .endsWith("load-failed No <space> on *disk*."));
    }

    @Test
    void theModelFunctionTellsItsPlaceInTheDag() {
        assertThat(
                        at(
                                        KnownFacts.succeeded("model.shop.here", 1),
                                        "models/here.py",
                                        "def mo$0del(dbt, session):\n\treturn 1\n"
                                                .replace("1", "dbt.ref('stg_orders')")
                                                .replace("\n", "\r\n"))
                                .orElseThrow()
                                .page()
                                .plain())
                .contains("Upstream: 1 (stg_orders)", "Downstream: none")
                .endsWith("Last run 11:00 on dev: 1 row, 2.1 s");
    }

    @Test
    void unfinishedTextIsTellingToo() {
        assertThat(
                        at(
                                KnownFacts.NONE,
                                "models/here.py",
                                "def model(dbt, session):\n    x = dbt.ref(\"stg_or$0ders"))
                .isPresent();
    }

    @Test
    void anEphemeralModelLandsNowhere() {
        assertThat(
                        at(
                                        KnownFacts.NONE,
                                        "models/part.sql",
                                        "{{ config(materialized='ephemeral') }} {{ ref('part$0')"
                                                + " }}")
                                .orElseThrow()
                                .page()
                                .plain())
                .contains("SQL model (ephemeral)")
                .doesNotContain("Lands at");
    }

    private static Optional<String> inJinja(String text) {
        return at(KnownFacts.NONE, "models/here.sql", text)
                .flatMap(hover -> hover.page().plain().lines().findFirst());
    }

    @Test
    void jinjaHasTheWordsToo() {
        assertThat(inJinja("{{ re$0f('codes') }}")).hasValue("ref · ref(\"model\")");
        assertThat(inJinja("{% if is_incre$0mental() %}"))
                .hasValue("is_incremental · is_incremental()");
        assertThat(inJinja("{{ sour$0ce('ops', 'orders') }}"))
                .hasValue("source · source(\"source\", \"table\")");
        assertThat(inJinja("{{ this.sche$0ma }}")).hasValue("schema · str");
        assertThat(inJinja("{{ target.sche$0ma }}")).isEmpty();
        assertThat(inJinja("{{ other.re$0f() }}")).isEmpty();
        assertThat(inJinja("{# re$0f #}")).isEmpty();
        assertThat(at(KnownFacts.NONE, "models/here.sql", "{{ config(ta$0gs=['x']) }}"))
                .hasValueSatisfying(
                        hover ->
                                assertThat(hover.page().plain())
                                        .contains("tags · list of strings", "Of this model: [x]"));
        assertThat(at(KnownFacts.NONE, "models/here.sql", "select re$0f from t")).isEmpty();
        assertThat(at(KnownFacts.NONE, "models/here.sql", "-- dvt: ignore[cy$0cle]\nselect 1"))
                .hasValueSatisfying(
                        hover ->
                                assertThat(hover.page().markdown())
                                        .contains("**cycle**", "error")
                                        .contains("read each other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dvt.toml|[rules]\\n"
                        + " DVT1$022 = 'off'|DVT122|DVT122 · {} · error · off in this project",
                "dvt.toml|rules.cyc$0le = 'error'|cycle|cycle · {} · error · error in this project",
                "dvt.toml|[rules]\\ncyc$0le = 'of'|cycle|cycle · {} · error",
                "dvt.toml|x = 1 # dvt: ignore[bad-set$0ting]|bad-setting|bad-setting · {} ·"
                        + " error",
                "pyproject.toml|[tool.dvt.rules]\\ncyc$0le = 1|cycle|cycle · {} · error",
                "models/o.yml|a: 1 # dvt: ignore[unknown-pro$0perties]|unknown-properties"
                        + "|unknown-properties · {} · warning",
                "dvt.toml|[rules]\\nnothi$0ng = 'off'||",
                "dvt.toml|[other]\\ncyc$0le = 'off'||",
                "pyproject.toml|[tool.other.rules]\\ncyc$0le = 'off'||",
                "models/o.yml|a#dvt: ignore[cyc$0le]||",
            })
    void aRulesCodeIsToldWhereverItStands(String file, String text, String words, String expected) {
        String written = text.replace("\\n", "\r\n");
        Optional<Hover> found = at(KnownFacts.NONE, file, written);
        assertThat(found.map(h -> h.span().of(written.replace("$0", ""))))
                .isEqualTo(Optional.ofNullable(words));
        assertThat(found.map(h -> h.page().plain().lines().findFirst().orElse("")))
                .isEqualTo(
                        Optional.ofNullable(expected)
                                .map(e -> e.replace("{}", Code.of(words).orElseThrow().title())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- name: stg_or$0ders                | stg_orders",
                "- name: 'co$0des'                   | codes",
                "description: a😀 {{ ref('tot$0als') }} | totals",
                "config: {ta$0gs: [x]}               | tags · list of strings",
                "config: {sch$0ema: x                | schema · schema",
                "columns: [{na$0me: x                | name · column",
                "data_tests: [uni$0que]              | unique",
                "data_tests: [{accepted_val$0ues:    | accepted_values · keys",
                "version$0s: [                       | versions · list",
                "mi$0ne: x                           | ",
                "columns: [{name: i$0d, data_type: int}] | id · int · column of totals",
                "descr$0iption: x                    | description",
                "descr$0iption: [x, {                | description",
            })
    void propertiesFilesAreTellingToo(String line, String expected) {
        String entry =
                line.startsWith("-")
                        ? (line.contains("co$0des") ? "seeds:" : "models:") + "\n  " + line
                        : "models:\r\n  - name: totals\r\n    " + line;
        assertThat(
                        at(KnownFacts.NONE, "models/more.yml", entry + "\n")
                                .map(h -> h.page().plain().lines().findFirst().orElse("")))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aSourceTellsItsTables() {
        assertThat(
                        at(
                                KnownFacts.NONE,
                                "models/more.yml",
                                """
                                sources:
                                  - name: w$0eb
                                    tables:
                                      - name: hits
                                      - name: views
                                """))
                .hasValueSatisfying(
                        hover ->
                                assertThat(hover.page().plain())
                                        .isEqualTo("web\nsource of 2 tables: hits, views"));
    }
}
