package dev.dvtls.run.transfer;

import dev.dvtls.run.Connection;
import dev.dvtls.testing.MariaDb;
import java.util.List;

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
}
