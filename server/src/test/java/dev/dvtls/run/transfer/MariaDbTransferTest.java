package dev.dvtls.run.transfer;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.testing.MariaDb;
import java.util.List;
import java.util.Optional;

class MariaDbTransferTest extends TransferCases {
    private final MariaDb server = MariaDb.server();
    private final Connection database = server.database();

    @Override
    Connection connection() {
        return database;
    }

    /** MariaDB's schemas are its databases. */
    @Override
    Relation relation(String name) {
        return new Relation(Optional.empty(), database.name() + "_marts", name);
    }

    @Override
    void exec(String sql) {
        rows(sql);
    }

    @Override
    List<String> rows(String sql) {
        return server.sql(database, sql.replace('"', '`'));
    }

    @Override
    String type(String duckType) {
        return MySqlTypes.of(DuckType.of(duckType)).sql();
    }

    @Override
    void manyOldLoads(String identifier, int count) {
        exec(
                "insert into "
                        + loads()
                        + " (load_id, relation) select concat('old', seq), '"
                        + identifier
                        + "' from seq_1_to_"
                        + count);
    }
}
