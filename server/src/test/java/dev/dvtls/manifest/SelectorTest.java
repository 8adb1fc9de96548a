package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.testing.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    /** s.t -> a -> b -> d -> e, c -> d, seed x -> c. */
    private static final ProjectManifest MANIFEST =
            Workspace.of(
                            """
                            //- dbt_project.yml
                            name: shop
                            seeds:
                              +tags: raw
                            //- models/staging/a.sql
                            {{ config(materialized='table', tags=['nightly', 'hot']) }}
                            select * from {{ source('s', 't') }}
                            //- models/staging/deep/b.sql
                            {{ config(tags='nightly', meta={'owner': 'ann', 'level': 3}) }}
                            select * from {{ ref('a') }}
                            //- models/c.py
                            def model(dbt, session):
                                return dbt.ref("x")
                            //- models/marts/d.sql
                            select * from {{ ref('b') }}, {{ ref('c') }}
                            //- models/marts/e.py
                            def model(dbt, session):
                                dbt.config(materialized="incremental")
                                return dbt.ref("d")
                            //- models/sources.yml
                            sources:
                              - name: s
                                tables: [{name: t}, {name: other}]
                            //- seeds/x.csv
                            id
                            """)
                    .manifest();

    private static String select(List<String> select, List<String> exclude) throws Exception {
        return Selector.select(MANIFEST, select, exclude).stream()
                .map(
                        id -> {
                            Node node = MANIFEST.node(id).orElseThrow();
                            return node.sourceName().map(s -> s + ".").orElse("") + node.name();
                        })
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                              | a",
                "a b                            | a b",
                "+d                             | a b c d s.t x",
                "1+d                            | b c d",
                "2+d                            | a b c d x",
                "a+                             | a b d e",
                "a+1                            | a b",
                "1+b+1                          | a b d",
                "0+b                            | b",
                "+b+                            | a b d e s.t",
                "@a                             | a b c d e s.t x",
                "@d                             | a b c d e s.t x",
                "tag:nightly                    | a b",
                "tag:n*                         | a b",
                "tag:raw                        | x",
                "tag:nightly,tag:hot            | a",
                "tag:nightly+,d                 | d",
                "path:models/staging            | a b",
                "path:models/staging/           | a b",
                "path:./models/marts/d.sql      | d",
                "models/marts                   | d e",
                "path:models/*/d.sql            | d",
                "path:seeds                     | x",
                "file:d.sql                     | d",
                "d.sql                          | d",
                "file:d                         | d",
                "source:s                       | s.other s.t",
                "source:s.t                     | s.t",
                "source:shop.s.t                | s.t",
                "source:s.t+                    | a b d e s.t",
                "source:*                       | s.other s.t",
                "config.materialized:table      | a c",
                "config.materialized:incremental| e",
                "config.materialized:view       | b d",
                "config.tags:hot                | a",
                "config.meta.owner:ann          | b",
                "config.meta.level:3            | b",
                "package:shop,resource_type:model | a b c d e",
                "package:this,resource_type:seed  | x",
                "resource_type:source           | s.other s.t",
                "shop                           | a b c d e x",
                "shop.staging                   | a b",
                "staging                        | a b",
                "shop.staging.deep.b            | b",
                "staging.*                      | a b",
                "shop.*.deep                    | b",
                "fqn:marts.e                    | e",
                "*                              | a b c d e x",
                "[ab]                           | a b",
                "nothing*                       | ''",
            })
    void selects(String selection, String expected) throws Exception {
        assertThat(select(List.of(selection), List.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+d; +b            | c d x",
                "; source:* tag:raw | a b c d e",
                "path:models; a,b c | a b d e s.other s.t",
            })
    void excludes(String both, String expected) throws Exception {
        String[] parts = both.split(";");
        List<String> select = Arrays.stream(parts[0].split(" ")).filter(s -> !s.isEmpty()).toList();
        assertThat(select(select, List.of(parts[1]))).isEqualTo(expected);
    }

    @Test
    void selectsEverythingByDefault() throws Exception {
        assertThat(select(List.of(), List.of())).isEqualTo("a b c d e s.other s.t x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag:nigthly | Nearest: nightly.",
                "source:s.otter | Nearest: s.other.",
                "path:models/stagin | Nearest: models/staging",
                "stging | Nearest: shop.staging",
                "config.materialized:tabel | Nearest: table.",
                "tga:x | Did you mean 'tag'?",
                "zzzzzz | dvt-ls list",
                "a,, | nothing on one side of a comma",
                "@a+ | both @ and +",
                "+ | names nothing",
                "tag: | names nothing",
            })
    void saysWhatIsNear(String selection, String message) {
        assertThatThrownBy(() -> select(List.of(selection), List.of()))
                .isInstanceOf(Selector.UnknownSelection.class)
                .hasMessageContaining(message);
    }
}
