package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.assist.outline.Source;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.LineIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final String PROJECT =
            """
            //- models/stg_orders.py
            def model(dbt, session): return 1
            //- models/v_v2.sql
            select 1
            //- models/sources.yml
            sources:
              - name: ops
                tables:
                  - name: orders
            //- seeds/codes.csv
            a
            """;

    /** {@code name > unique id}. */
    private static List<String> links(String yaml) {
        Workspace workspace = Workspace.of(PROJECT + "//- models/p.yml\n" + yaml);
        Manifest manifest = workspace.manifest();
        String text = workspace.text("models/p.yml");
        Source source =
                Source.of(manifest, workspace.path("models/p.yml"), text, LineIndex.of(text));
        return Links.of(manifest, source).stream()
                .map(l -> l.span().of(text) + " > " + l.node().uniqueId())
                .toList();
    }

    @Test
    void ofNames() {
        assertThat(
                        links(
                                """
                                models:
                                  - name: "stg_orders"
                                    description: see ref('stg_orders')
                                  - name: nowhere
                                  - name: v
                                    versions:
                                      - v: 2
                                seeds:
                                  - name: codes
                                sources:
                                  - name: here
                                    tables:
                                      - name: codes
                                """))
                .containsExactly(
                        "stg_orders > model.shop.stg_orders",
                        "v > model.shop.v.v2",
                        "codes > seed.shop.codes");
    }

    @Test
    void ofCalls() {
        assertThat(
                        links(
                                """
                                exposures:
                                  - name: board
                                    depends_on:
                                      - ref('stg_orders')
                                      - source("ops", "orders")
                                      - "ref('shop', 'codes')"
                                      - ref('nowhere')
                                models:
                                  - name: x
                                    columns:
                                      - name: y
                                        tests:
                                          - relationships:
                                              to: "{{ ref('codes') }}"
                                              field: a
                                """))
                .containsExactly(
                        "stg_orders > model.shop.stg_orders",
                        "orders > source.shop.ops.orders",
                        "codes > seed.shop.codes",
                        "codes > seed.shop.codes");
    }

    @Test
    void ofWhatStandsAboveAFault() {
        assertThat(links("models:\n  - name: stg_orders\n  - name: codes\n    x: [\n"))
                .startsWith("stg_orders > model.shop.stg_orders");
    }
}
