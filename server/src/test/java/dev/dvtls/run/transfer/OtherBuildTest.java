package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements only: none of these engines runs here. */
class OtherBuildTest {
    private static final Relation ORDERS = new Relation(Optional.of("db"), "marts", "orders");

    private static Build.Table table(Mode mode) {
        return new Build.Table("select 1 as id", mode, List.of("id"), "load", true);
    }

    @ParameterizedTest
    @CsvSource({
        "snowflake, create or replace view, copy grants as",
        "bigquery, create or replace view, as",
        "databricks, create or replace view, as",
        "trino, create or replace view, as",
        "redshift, create or replace view, as",
        "oracle, create or replace view, as",
        "sqlserver, create or alter view, as"
    })
    void makesAViewInOneStatement(String type, String before, String after) throws Exception {
        assertThat(OtherBuild.sql(type, ORDERS, new Build.View("select 1 as id")))
                .isEqualTo(before + " db.marts.orders " + after + "\nselect 1 as id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snowflake", "bigquery", "databricks", "trino"})
    void replacesATableInOneStatement(String type) throws Exception {
        assertThat(OtherBuild.sql(type, ORDERS, table(Mode.REPLACE)))
                .startsWith("create or replace table db.marts.orders ")
                .endsWith("as\nselect 1 as id");
        for (Mode mode : List.of(Mode.APPEND, Mode.UPSERT)) {
            assertThatThrownBy(() -> OtherBuild.sql(type, ORDERS, table(mode)))
                    .hasMessageContaining("incremental")
                    .hasMessageContaining("--full-refresh");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redshift", "oracle", "sqlserver", "clickhouse", "starrocks", "mysql"})
    void refusesATableThatNoStatementReplacesWhole(String type) {
        assertThatThrownBy(() -> OtherBuild.sql(type, ORDERS, table(Mode.REPLACE)))
                .hasMessageContaining("db.marts.orders cannot be built inside " + type);
    }

    @Test
    void refusesNamesThatWouldNeedQuotes() {
        for (String name : List.of("or ders", "o;rders", "o\"rders", "or-ders")) {
            Relation odd = new Relation(Optional.empty(), "marts", name);
            assertThatThrownBy(() -> OtherBuild.sql("trino", odd, table(Mode.REPLACE)))
                    .hasMessageContaining(name)
                    .hasMessageContaining("alias");
        }
    }
}
