package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
    private static final String PROJECT =
            """
            //- models/stg_orders.py
            import os
            def model(dbt, session):
                return dbt.source("ops", "orders").df()
            //- models/stg_customers.sql
            select 1 as id
            //- models/sources.yml
            sources:
              - name: ops
                tables:
                  - name: customers
                  - name: orders
                    description: One row an order.
            //- seeds/codes.csv
            code
            """;

    /** {@code file:place of the target < words that lead there}. */
    private static List<String> at(String file, String text) {
        Workspace workspace = Workspace.of(PROJECT + "//- " + file + "\n" + text);
        String here = workspace.text(file);
        return found(workspace).map(d -> told(workspace, d) + " < " + d.origin().of(here)).toList();
    }

    private static Stream<Definition> found(Workspace workspace) {
        Workspace.Cursor cursor = workspace.cursor();
        return Definition.at(workspace.manifest(), cursor.file(), cursor.offset(), there(workspace))
                .stream();
    }

    private static String told(Workspace workspace, Definition definition) {
        String target = workspace.root().relativize(definition.file()).toString();
        String there = workspace.text(target).substring(definition.place());
        return target + ":" + there.split("\\W", 2)[0];
    }

    private static Function<Path, Optional<String>> there(Workspace workspace) {
        return path ->
                Files.isRegularFile(path)
                        ? Optional.of(workspace.text(workspace.root().relativize(path).toString()))
                        : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"stg_$0orders\")       | models/stg_orders.py:model < stg_orders",
                "x = dbt.ref(\"stg_orders$0\")       | models/stg_orders.py:model < stg_orders",
                "x = dbt.ref(\"stg_cus$0tomers\")    | models/stg_customers.sql:select <"
                        + " stg_customers",
                "x = dbt.ref(\"co$0des\")            | seeds/codes.csv:code < codes",
                "x = dbt.source(\"ops\", \"or$0ders\") | models/sources.yml:orders < orders",
                "x = dbt.source(\"o$0ps\", \"orders\") | models/sources.yml:orders < ops",
                "x = session.sql(\"from __model__stg_$0orders\") | models/stg_orders.py:model <"
                        + " __model__stg_orders",
                "x = session.sql(\"from __model__he$0re\") | models/here.py:model < __model__here",
                "x = session.sql(\"from ops__cus$0tomers\") | models/sources.yml:customers <"
                        + " ops__customers",
            })
    void leadsTo(String line, String expected) {
        assertThat(
                        at(
                                "models/here.py",
                                "def model(dbt, session):\n    " + line + "\n    return x\n"))
                .containsExactly(expected);
    }

    @Test
    void aSnapshotOfYamlAloneIsItsEntry() {
        Workspace workspace =
                Workspace.of(
                        PROJECT
                                + """
                                //- models/past.yml
                                snapshots:
                                  - name: past
                                    relation: ref('stg_orders')
                                //- models/here.py
                                def model(dbt, session):
                                    return dbt.ref("pa$0st")
                                """);
        assertThat(found(workspace).map(d -> told(workspace, d)))
                .containsExactly("models/past.yml:past");
    }

    @Test
    void leadsFromSqlModels() {
        assertThat(at("models/here.sql", "select * from {{ ref('stg_$0orders') }}\n"))
                .containsExactly("models/stg_orders.py:model < stg_orders");
        assertThat(at("models/here.sql", "select * from {{ source('ops', 'cust$0omers') }}\n"))
                .containsExactly("models/sources.yml:customers < customers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = dbt.re$0f('stg_orders')",
                "x = dbt.ref('no_$0where')",
                "x = 's$0tg_orders'"
            })
    void leadsNowhere(String line) {
        assertThat(
                        at(
                                "models/here.py",
                                "def model(dbt, session):\n    " + line + "\n    return x\n"))
                .isEmpty();
    }

    @Test
    void aLoopLeadsToEachOfItsItems() {
        assertThat(
                        at(
                                "models/here.py",
                                """
                                def model(dbt, session):
                                    return [dbt.ref(n$0) for n in ["stg_orders", "codes"]]
                                """))
                .containsExactly("models/stg_orders.py:model < n", "seeds/codes.csv:code < n");
    }

    @Test
    void leadsIntoPackagesAndVersions() {
        String more =
                """
                //- dbt_packages/dates/dbt_project.yml
                name: dates
                //- dbt_packages/dates/models/calendar.py
                def model(dbt, session): return 1
                //- models/dim_v1.py
                def model(dbt, session): return 1
                //- models/dim_v2.sql
                select 2
                //- models/versions.yml
                models:
                  - name: dim
                    versions: [{v: 1}, {v: 2}]
                //- models/here.py
                def model(dbt, session):
                """;
        assertThat(lead(more, "    dbt.ref('dates', 'cal$0endar')"))
                .containsExactly("dbt_packages/dates/models/calendar.py:model");
        assertThat(lead(more, "    dbt.ref('cal$0endar')"))
                .containsExactly("dbt_packages/dates/models/calendar.py:model");
        assertThat(lead(more, "    dbt.ref('d$0im', v=1)"))
                .containsExactly("models/dim_v1.py:model");
        assertThat(lead(more, "    dbt.ref('d$0im')")).containsExactly("models/dim_v2.sql:select");
    }

    @Test
    void aConfigKeyLeadsToTheProperties() {
        String more =
                """
                //- models/props.yml
                models:
                  - name: here
                    tags: [x]
                    config:
                      materialized: table
                //- models/here.py
                def model(dbt, session):
                """;
        assertThat(lead(more, "    dbt.config(mater$0ialized='table')"))
                .containsExactly("models/props.yml:materialized");
        assertThat(lead(more, "    dbt.config(ta$0gs='a')"))
                .containsExactly("models/props.yml:tags");
        assertThat(lead(more, "    dbt.config(ali$0as='a')"))
                .containsExactly("models/props.yml:here");
        assertThat(lead("//- models/here.py\ndef model(dbt, s):\n", "    dbt.config(ta$0gs='a')"))
                .isEmpty();
    }

    @Test
    void aKeyOfJinjaLeadsToTheProperties() {
        String more =
                """
                //- models/props.yml
                models:
                  - name: here
                    config: {materialized: table, tags: [x]}
                //- models/here.sql
                select '😀',
                """;
        assertThat(lead(more, "{{ config(mater$0ialized='view') }}"))
                .containsExactly("models/props.yml:materialized");
        assertThat(lead(more, "{{ config(alias='a', ta$0gs=['a']"))
                .containsExactly("models/props.yml:tags");
        assertThat(lead(more, "{{ config(ali$0as='a') }}"))
                .containsExactly("models/props.yml:here");
    }

    /** In a file that ends there, too, whatever is open. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models:⏎- name: stg_or$0ders           | models/stg_orders.py:model",
                "models: [{name: 'stg_or$0ders          | models/stg_orders.py:model",
                "seeds:⏎- name: co$0des                 | seeds/codes.csv:code",
                "exposures:⏎- depends_on: [ref('co$0des') | seeds/codes.csv:code",
                "models:⏎- tests: [{relationships: {to: \"{{ source('ops', 'or$0ders') }}\""
                        + " | models/sources.yml:orders",
                "sources:⏎- name: o$0ps                 | ``",
                "models:⏎- name: c⏎  versions:⏎  - {v: 1$0, defined_in: stg_customers}"
                        + " | models/stg_customers.sql:select",
                "models:⏎- name: c⏎  versions:⏎  - v: 1⏎    defined_in: stg_cus$0tomers"
                        + " | models/stg_customers.sql:select",
                "models:⏎- name: stg_orders⏎  columns: [{name: i$0d}]    | ``",
                "models:⏎- name: stg_orders⏎  description: stg_or$0ders  | ``",
            })
    void propertiesLeadToTheirModels(String yaml, String expected) {
        String lines = yaml.replace("⏎", "\n");
        assertThat(String.join(", ", lead("//- models/p.yml\n", lines))).isEqualTo(expected);
        String broken = lines + "\nmore: [{x: '";
        assertThat(String.join(", ", lead("//- models/p.yml\n", broken))).isEqualTo(expected);
    }

    @Test
    void theProjectFileLeadsToModels() {
        String project = "//- dbt_project.yml\nname: shop\nprofile: shop\nmodels:\n  shop:\n";
        assertThat(lead(project, "    stg_or$0ders: {+tags: x}"))
                .containsExactly("models/stg_orders.py:model");
        assertThat(lead(project, "    stg_orders: {+ta$0gs: x}")).isEmpty();
    }

    private static List<String> lead(String more, String lastLine) {
        Workspace workspace = Workspace.of(PROJECT + more + lastLine + "\n");
        return found(workspace).map(d -> told(workspace, d)).toList();
    }
}
