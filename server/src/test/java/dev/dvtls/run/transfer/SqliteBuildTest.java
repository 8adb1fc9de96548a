package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import org.junit.jupiter.api.Test;

class SqliteBuildTest extends BuildCases {
    SqliteBuildTest() {
        super(new SqliteTransferTest());
    }

    @Test
    void keepsDeclaredTypesAndFindsTheOthers() throws Exception {
        at.exec(
                "create table raw (id INT4, d DECIMAL(10,2), big TEXT_DECIMAL(38,4), at DATE, o"
                        + " any_name); insert into raw values (1, 1.5, '12345678901234567890.1234',"
                        + " '2024-01-01', 'x')");
        table(
                Mode.REPLACE,
                "with r as (select * from raw) select id, d, big, at, id + 1 as n, id / 2.0 as h,"
                        + " 'k' || id as k, x'00' as b, null as none from r");
        assertThat(
                        at.transfers
                                .extract(at.shop, new Source.Table(at.orders), at.frames.file())
                                .columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly(
                        "id INTEGER",
                        "d DECIMAL(10,2)",
                        "big DECIMAL(38,4)",
                        "at DATE",
                        "n BIGINT",
                        "h DOUBLE",
                        "k VARCHAR",
                        "b BLOB",
                        "none VARCHAR");
        assertThat(at.rows("select big, n, h, k from orders"))
                .containsExactly("12345678901234567890.1234|2|0.5|k1");
    }
}
