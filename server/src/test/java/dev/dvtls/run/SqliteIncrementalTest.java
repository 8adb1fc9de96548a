package dev.dvtls.run;

import dev.dvtls.run.transfer.SqliteClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("heavy")
class SqliteIncrementalTest extends IncrementalCases {
    @Override
    Connection[] outputs() {
        return new Connection[] {output("dev"), output("other")};
    }

    private Connection output(String name) {
        return new Connection(
                name,
                "sqlite",
                Map.of("type", "sqlite", "path", folder.resolve(name + ".db").toString()));
    }

    @Override
    void exec(Connection output, String sql) throws Exception {
        client(output).exec(sql);
    }

    @Override
    List<String> rows(Connection output, String sql) throws Exception {
        return client(output).rows(sql);
    }

    private SqliteClient client(Connection output) {
        return new SqliteClient(folder.resolve(output.name() + ".db"));
    }

    @Override
    String integer() {
        return "INT4";
    }
}
