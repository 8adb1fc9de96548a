package dev.dvtls.run;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("heavy")
class DuckDbKilledRunTest extends KilledRunCases {
    @Override
    Connection output() {
        return new Connection(
                "dev",
                "duckdb",
                Map.of("type", "duckdb", "path", folder.resolve("dev.duckdb").toString()));
    }

    @Override
    String extracting() {
        return "copy \\(select .*\"events\"";
    }

    @Override
    String loading() {
        return "begin;";
    }

    @Override
    List<String> rows(String sql) throws Exception {
        return project.rows(folder.resolve("dev.duckdb").toString(), sql);
    }

    @Override
    KillGate.When duringLoad() {
        return KillGate.When.INSIDE; // the transaction itself waits
    }

    @Override
    AutoCloseable holdLoad() {
        return () -> {};
    }

    @Override
    void awaitLoad() {}
}
