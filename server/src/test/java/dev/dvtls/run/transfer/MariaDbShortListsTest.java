package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.testing.MariaDb;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A server that cuts the lists of its catalog (MySQL's default is 1024): nothing can be compared.
 */
@Isolated
class MariaDbShortListsTest {
    @TempDir Path project;

    @Test
    void loadsAndExtractsWithoutComparing() throws Exception {
        MariaDb server = MariaDb.server();
        Connection shop = server.database();
        Relation orders =
                new Relation(
                        Optional.empty(), String.valueOf(shop.fields().get("schema")), "orders");
        SlingTransfers transfers = Frames.transfers(project, new Cancellation());
        Frames frames = new Frames(project);
        server.sql(shop, "set global group_concat_max_len = 64");
        try {
            for (String id : new String[] {"1", "2", "3"}) {
                String select = "select " + id + " as id, 'a' as t";
                transfers.load(shop, orders, frames.load(Mode.REPLACE, select));
                assertThat(server.sql(shop, "select * from orders")).containsExactly(id + "|a");
                Path rows =
                        transfers.extract(shop, new Source.Table(orders), frames.file()).parquet();
                assertThat(frames.rows("select t from $1", rows)).hasSize(1);
            }
            transfers.build(shop, orders, new dev.dvtls.run.Transfers.Build.View("select 4 as id"));
            assertThat(server.sql(shop, "select * from orders")).containsExactly("4");
        } finally {
            server.sql(shop, "set global group_concat_max_len = default");
        }
    }
}
