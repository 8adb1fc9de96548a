package dev.dvtls.run;

import java.util.Map;

class RunVolumeDuckDbTest extends RunVolumeCases {
    @Override
    Connection target() {
        return new Connection(
                "duckdb", "duckdb", Map.of("type", "duckdb", "path", "volume.duckdb"));
    }
}
