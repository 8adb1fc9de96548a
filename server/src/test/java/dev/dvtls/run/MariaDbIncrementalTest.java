package dev.dvtls.run;

import dev.dvtls.testing.MariaDb;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("heavy")
class MariaDbIncrementalTest extends IncrementalCases {
    private final Connection[] outputs = {MariaDb.server().database(), MariaDb.server().database()};

    @Override
    Connection[] outputs() {
        return outputs;
    }

    @Override
    void exec(Connection output, String sql) {
        MariaDb.server().sql(output, sql);
    }

    @Override
    List<String> rows(Connection output, String sql) {
        return MariaDb.server().sql(output, sql);
    }

    @Override
    String integer() {
        return "int";
    }
}
