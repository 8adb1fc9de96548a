package dev.dvtls.run;

import dev.dvtls.testing.Postgres;

class RunVolumePostgresTest extends RunVolumeCases {
    @Override
    Connection target() {
        return Postgres.server().database();
    }
}
