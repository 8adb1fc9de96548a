package dev.dvtls.run;

import dev.dvtls.testing.MariaDb;

class RunVolumeMariaDbTest extends RunVolumeCases {
    @Override
    Connection target() {
        return MariaDb.server().database();
    }
}
