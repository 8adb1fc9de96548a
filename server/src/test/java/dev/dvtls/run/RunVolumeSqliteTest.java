package dev.dvtls.run;

import java.util.Map;

class RunVolumeSqliteTest extends RunVolumeCases {
    @Override
    Connection target() {
        return new Connection(
                "sqlite", "sqlite", Map.of("type", "sqlite", "path", "volume.sqlite"));
    }
}
