package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Transfers.Mode;
import org.junit.jupiter.api.Test;

class DuckDbBuildTest extends BuildCases {
    DuckDbBuildTest() {
        super(new DuckDbTransferTest());
    }

    @Test
    void keepsTheTypesOfTheQuery() throws Exception {
        String sql =
                "select 1::utinyint as a, 2::hugeint as b, 'x'::enum('x', 'y') as c, {'k': 1} as d,"
                        + " map {'m': 2} as e, '101'::bit as f, 1.50::decimal(9,2) as g";
        table(Mode.REPLACE, sql);
        assertThat(at.columns(at.orders))
                .containsExactly(
                        "a UTINYINT",
                        "b HUGEINT",
                        "c ENUM('x', 'y')",
                        "d STRUCT(k INTEGER)",
                        "e MAP(VARCHAR, INTEGER)",
                        "f BIT",
                        "g DECIMAL(9,2)");
        table(Mode.UPSERT, sql, "a");
        assertThat(at.columns(at.orders)).contains("c ENUM('x', 'y')").hasSize(7);
    }
}
