package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.testing.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageTest {
    private static final String PROJECT =
            """
            //- models/stg_orders.py
            def helper(): pass
            def model(dbt, session):
                a = dbt.ref("codes").df()
                return dbt.source("ops", "orders").df()
            //- models/totals.py
            def model(dbt, session):
                for n in ["stg_orders", "codes"]:
                    dbt.ref(n)
                session.sql("from __model__stg_orders")
                return dbt.ref("stg_orders")
            //- models/last.sql
            select * from {{ ref('totals') }}
            //- models/props.yml
            sources:
              - name: ops
                tables:
                  - name: orders
            //- snapshots/snap.sql
            {% snapshot snap %}select * from {{ ref('totals') }}{% endsnapshot %}
            //- seeds/codes.csv
            id
            """;

    private static List<String> steps(
            Workspace workspace, List<Lineage.Step> steps, String reader) {
        return steps.stream()
                .map(
                        s -> {
                            String file =
                                    reader.isEmpty()
                                            ? workspace
                                                    .root()
                                                    .relativize(s.item().node().file())
                                                    .toString()
                                            : reader;
                            return s.item().title()
                                    + " "
                                    + s.places().stream()
                                            .map(p -> p.of(workspace.text(file)))
                                            .toList();
                        })
                .toList();
    }

    @Test
    void downstreamIsWithThePlacesInTheReaders() {
        Workspace workspace = Workspace.of(PROJECT);
        Manifest manifest = workspace.manifest();
        assertThat(steps(workspace, Lineage.downstream(manifest, "model.shop.stg_orders"), ""))
                .containsExactly(
                        "totals [dbt.ref(n), __model__stg_orders, dbt.ref(\"stg_orders\")]");
        assertThat(steps(workspace, Lineage.downstream(manifest, "model.shop.totals"), ""))
                .containsExactly("last [ref('totals')]", "snap [ref('totals')]");
        assertThat(steps(workspace, Lineage.downstream(manifest, "source.shop.ops.orders"), ""))
                .containsExactly("stg_orders [dbt.source(\"ops\", \"orders\")]");
        assertThat(steps(workspace, Lineage.downstream(manifest, "seed.shop.codes"), ""))
                .containsExactly("stg_orders [dbt.ref(\"codes\")]", "totals [dbt.ref(n)]");
    }

    @Test
    void upstreamIsWithThePlacesInTheModelItself() {
        Workspace workspace = Workspace.of(PROJECT);
        Manifest manifest = workspace.manifest();
        assertThat(
                        steps(
                                workspace,
                                Lineage.upstream(manifest, "model.shop.stg_orders"),
                                "models/stg_orders.py"))
                .containsExactly(
                        "codes [dbt.ref(\"codes\")]",
                        "ops.orders [dbt.source(\"ops\", \"orders\")]");
        assertThat(Lineage.upstream(manifest, "seed.shop.codes")).isEmpty();
        assertThat(Lineage.upstream(manifest, "model.shop.gone")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models/m.py  | def mo$0del(dbt, s): return 1       | m",
                "models/m.py  | def model(dbt, s): dbt.ref('sn$0ap') | snap",
                "models/m.py  | def model(dbt, s): dbt.ref('co$0des  | codes",
                "models/m.py  | def model(dbt, s): dbt.source('ops','or$0ders') | ops.orders",
                "models/m.sql | select * from {{ ref('last$0') }}   | last",
                "models/m.sql | sel$0ect 1                          | m",
            })
    void beginsAt(String file, String text, String expected) {
        Workspace workspace = Workspace.of(PROJECT + "//- " + file + "\n" + text + "\n");
        Workspace.Cursor cursor = workspace.cursor();
        assertThat(Lineage.at(workspace.manifest(), cursor.file(), cursor.offset()))
                .extracting(Lineage.Item::title)
                .containsExactly(expected);
    }

    @Test
    void anItemIsTheFunctionOrTheTable() {
        Workspace workspace = Workspace.of(PROJECT);
        Manifest manifest = workspace.manifest();
        Lineage.Item model = Lineage.downstream(manifest, "seed.shop.codes").get(0).item();
        String text = workspace.text("models/stg_orders.py");
        assertThat(model.span().of(text)).startsWith("def model(").endsWith(".df()");
        assertThat(model.name().of(text)).isEqualTo("model");
        Lineage.Item table = Lineage.upstream(manifest, "model.shop.stg_orders").get(1).item();
        assertThat(table.name().of(workspace.text("models/props.yml"))).isEqualTo("orders");
    }
}
