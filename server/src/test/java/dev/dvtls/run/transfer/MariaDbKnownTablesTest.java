package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Secrets;
import dev.dvtls.testing.MariaDb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MariaDbKnownTablesTest extends KnownTablesCases {
    private final MariaDb server = MariaDb.server();
    private final Connection database = server.database();

    @Override
    Connection connection() {
        return database;
    }

    @Override
    String schema() {
        return String.valueOf(database.fields().get("schema"));
    }

    @Override
    String emptyTable() {
        return "table " + schema() + ".orders engine=Aria as select 1 as id%s where 1 = 0";
    }

    @Override
    List<String> rows(String sql) {
        return server.sql(database, sql);
    }

    /**
     * Where it changed between the look and the rows, twice; the server's own words say nothing.
     */
    @Test
    void saysThatATableHasChanged() throws Exception {
        Sling.Target target =
                new Sling.Target(
                        database.name(),
                        Connections.sling(database, project),
                        Secrets.of(database.fields()));
        Frames frames = new Frames(project);
        Programs programs = frames.programs();
        Relation orders = new Relation(Optional.empty(), schema(), "orders");
        String table = schema() + ".orders";
        rows("create table " + table + " as select 1 as id");
        MySqlTable seen =
                new Catalog<>(target, programs, MySqlTable::question, MySqlTable::of).look(orders);
        rows("alter table " + table + " add column n integer");
        assertThatThrownBy(
                        () ->
                                new MySqlDatabase(target, programs)
                                        .extract(orders, seen, frames.file()))
                .hasMessage(Staging.changed(orders));
    }
}
