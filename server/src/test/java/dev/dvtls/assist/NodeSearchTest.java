package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.testing.Workspace;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSearchTest {
    private static final Manifest SHOP =
            Workspace.of(
                            """
                            //- models/orders.py
                            def model(dbt, session): return 1
                            //- models/marts/stg_orders.sql
                            select 1
                            //- models/reorders_all.sql
                            select 1
                            //- models/old_riders.sql
                            select 1
                            //- models/sources.yml
                            sources:
                              - name: ops
                                tables:
                                  - name: orders
                            models:
                              - name: v
                                versions:
                                  - v: 2
                            //- models/v_v2.sql
                            select 1
                            //- snapshots/history.sql
                            {% snapshot customers_then %}select 1 as id{% endsnapshot %}
                            //- seeds/order_codes.csv
                            a
                            //- dbt_packages/tools/dbt_project.yml
                            name: tools
                            profile: x
                            //- dbt_packages/tools/models/orders_tool.sql
                            select 1
                            """)
                    .manifest();

    private static List<String> found(String query) {
        return NodeSearch.of(List.of(SHOP), query).stream().map(f -> f.label()).toList();
    }

    @Test
    void bestFirst() {
        assertThat(found("orders"))
                .containsExactly(
                        "orders",
                        "orders_tool",
                        "ops.orders",
                        "stg_orders",
                        "reorders_all",
                        "order_codes",
                        "old_riders");
        assertThat(found("ord"))
                .containsExactly(
                        "orders",
                        "order_codes",
                        "orders_tool",
                        "ops.orders",
                        "stg_orders",
                        "reorders_all",
                        "old_riders");
        assertThat(found("ORDERS")).startsWith("orders");
        assertThat(found("so")).startsWith("stg_orders");
        assertThat(found("o c")).startsWith("order_codes");
        assertThat(found("v.v2")).containsExactly("v.v2");
        assertThat(found("xyz")).isEmpty();
        assertThat(found("custhen")).containsExactly("customers_then");
        assertThat(found("")).hasSize(9);
    }

    @Test
    void saysWhereItStands() {
        assertThat(NodeSearch.of(List.of(SHOP), "stg_orders").get(0).container())
                .isEqualTo("models/marts/stg_orders.sql");
        assertThat(NodeSearch.of(List.of(SHOP), "orders_tool").get(0).container())
                .isEqualTo("tools · dbt_packages/tools/models/orders_tool.sql");
        assertThat(NodeSearch.of(List.of(SHOP), "customers_then").get(0).container())
                .isEqualTo("snapshots/history.sql");
    }

    /** The names, best first. */
    @ParameterizedTest
    @CsvSource({
        "cust, customers stg_customers dim_customer_cust c_u_s_t",
        "sc, scan_xyz stg_customers disc xsxc",
        "dc, dim_customer adc",
        "fooBar, foo_bar",
    })
    void ranks(String query, String names) {
        Fuzzy fuzzy = new Fuzzy(query.replace("fooBar", "fb"));
        List<String> wanted = List.of(names.split(" "));
        List<String> ranked =
                wanted.stream()
                        .sorted(Comparator.comparingInt((String n) -> -score(fuzzy, n)))
                        .toList();
        List<Integer> scores = ranked.stream().map(n -> score(fuzzy, n)).toList();
        assertThat(ranked).as("%s", scores).containsExactlyElementsOf(wanted);
    }

    private static int score(Fuzzy fuzzy, String name) {
        OptionalInt score = fuzzy.score(name);
        assertThat(score).as(name).isPresent();
        return score.getAsInt();
    }

    @Test
    void findsTheBestWayToPlaceTheLetters() {
        // Greedily, "st" would take the s of "dist" and miss the beginning of a word.
        assertThat(score(new Fuzzy("sto"), "dis_tx_store"))
                .isGreaterThan(score(new Fuzzy("sto"), "dis_tx_sxtxoxx"));
    }

    @Test
    void isCappedAndQuickOnTenThousand() {
        String yaml =
                "sources:\n  - name: s\n    tables:\n"
                        + IntStream.range(0, 10_000)
                                .mapToObj(i -> "      - name: orders_of_day_" + i + "\n")
                                .collect(Collectors.joining());
        Manifest large = Workspace.of("//- models/s.yml\n" + yaml).manifest();
        NodeSearch.of(List.of(large), "ood9"); // warm
        long start = System.nanoTime();
        List<NodeSearch.Found> found = NodeSearch.of(List.of(large), "ood99");
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(found).hasSize(200);
        assertThat(found.get(0).label()).isEqualTo("s.orders_of_day_99");
        assertThat(millis).isLessThan(2000); // 15 on a laptop
    }
}
