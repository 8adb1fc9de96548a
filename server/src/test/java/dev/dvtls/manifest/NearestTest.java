package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES =
            List.of(
                    "stg_orders",
                    "stg_customers",
                    "customers",
                    "orders",
                    "order_items",
                    "dim_date",
                    "fct_revenue",
                    "a",
                    "executive_report",
                    "API_users");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stg_order      | stg_orders,orders",
                "stg_ordesr     | stg_orders,orders", // swapped neighbours: one edit
                "STG_ORDERS     | stg_orders,orders",
                "custmers       | customers,stg_customers",
                "api_user       | API_users",
                "revenue        | fct_revenue",
                "report_executive | executive_report",
                "dim            | dim_date",
                "dim_dates_2024 | dim_date",
                "ordrs          | orders,stg_orders",
                "xyz            | ''",
                "b              | a",
                "''             | ''",
            })
    void ranksNearNames(String wrong, String expected) {
        assertThat(String.join(",", Nearest.of(wrong, NAMES))).isEqualTo(expected);
    }
}
