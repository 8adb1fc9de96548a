package dev.dvtls.run.transfer;

import dev.dvtls.run.Connection;
import dev.dvtls.testing.Postgres;
import java.util.List;

class PostgresKnownTablesTest extends KnownTablesCases {
    private final Postgres server = Postgres.server();
    private final Connection database = server.database();

    @Override
    Connection connection() {
        return database;
    }

    @Override
    String schema() {
        return "public";
    }

    @Override
    List<String> rows(String sql) {
        return server.psql(database, sql);
    }
}
