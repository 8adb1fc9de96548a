package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.testing.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageGraphTest {
    private static final Manifest SHOP =
            Workspace.of(
                            """
                            //- models/stg.py
                            def model(dbt, session):
                                dbt.config(materialized="incremental", tags=["raw"])
                                return dbt.source("ops", "orders").df()
                            //- models/totals.sql
                            select * from {{ ref('stg') }} join {{ ref('codes') }} using (id)
                            //- models/last.py
                            def model(dbt, session):
                                dbt.ref("gone")
                                return dbt.ref("totals")
                            //- models/props.yml
                            sources:
                              - name: ops
                                tables:
                                  - name: orders
                            exposures:
                              - name: board
                                label: The board
                                type: dashboard
                                tags: [weekly]
                                depends_on:
                                  - ref('totals')
                                  - source('ops', 'orders')
                              - name: off
                                config: {enabled: false}
                                depends_on: [ref('totals')]
                              - name: unfinished
                            //- snapshots/snap.sql
                            {% snapshot snap %}select * from {{ ref('totals') }}{% endsnapshot %}
                            //- seeds/codes.csv
                            id
                            """)
                    .manifest();

    private static List<String> edges(LineageGraph graph) {
        return graph.edges().stream()
                .map(
                        e ->
                                graph.items().get(e.from()).name()
                                        + " > "
                                        + graph.items().get(e.to()).name())
                .sorted()
                .toList();
    }

    private static List<String> names(LineageGraph graph) {
        return graph.items().stream().map(LineageGraph.Item::name).sorted().toList();
    }

    @Test
    void theWholeProjectWithItsExposures() {
        LineageGraph graph = LineageGraph.of(SHOP);
        assertThat(graph.items())
                .extracting(
                        i ->
                                i.id()
                                        + " "
                                        + i.language().orElse("-")
                                        + " "
                                        + i.materialization().orElse("-")
                                        + " "
                                        + i.tags())
                .containsExactly(
                        "model.shop.last python table []",
                        "model.shop.stg python incremental [raw]",
                        "model.shop.totals sql view []",
                        "seed.shop.codes - - []",
                        "snapshot.shop.snap - - []",
                        "source.shop.ops.orders - - []",
                        "exposure.shop.board - - [weekly]",
                        "exposure.shop.unfinished - - []");
        assertThat(edges(graph))
                .containsExactly(
                        "codes > totals",
                        "ops.orders > The board",
                        "ops.orders > stg",
                        "stg > totals",
                        "totals > The board",
                        "totals > last",
                        "totals > snap");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.shop.totals      | 1 | 1 | The board, codes, last, snap, stg, totals",
                "model.shop.totals      | 2 | 0 | codes, ops.orders, stg, totals",
                "model.shop.totals      | 0 | 0 | totals",
                "source.shop.ops.orders | 5 | 1 | The board, ops.orders, stg",
                "exposure.shop.board    | 1 | 9 | The board, ops.orders, totals",
                "model.shop.nowhere     | 2 | 2 | ''",
            })
    void theNeighboursOfOne(String id, int up, int down, String expected) {
        assertThat(String.join(", ", names(LineageGraph.around(SHOP, id, up, down))))
                .isEqualTo(expected);
    }

    @Test
    void aCircleIsGoneRoundOnce() {
        Manifest circle =
                Workspace.of(
                                """
                                //- models/a.sql
                                select * from {{ ref('b') }}
                                //- models/b.sql
                                select * from {{ ref('a') }}
                                """)
                        .manifest();
        LineageGraph graph = LineageGraph.around(circle, "model.shop.a", 99, 99);
        assertThat(edges(graph)).containsExactly("a > b", "b > a");
    }

    @Test
    void exposuresAreThereWhileTheFileIsBroken() {
        Manifest broken =
                Workspace.of(
                                """
                                //- models/a.sql
                                select 1
                                //- models/props.yml
                                exposures:
                                  - name: board
                                    depends_on:
                                      - ref('a')
                                models:
                                  - name: "unfinished
                                """)
                        .manifest();
        assertThat(edges(LineageGraph.of(broken))).containsExactly("a > board");
    }
}
