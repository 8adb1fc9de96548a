package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A URL of ours, with all that Sling leaves out of its own, opens a real connection. */
class ConnectionUrlTest {
    @TempDir Path project;

    @Test
    void opensPostgresWithMoreThanSlingsOwnUrlHas() throws Exception {
        Connection server = Postgres.server().database();
        Map<String, Object> fields = new HashMap<>(server.fields());
        fields.put("sslmode", "disable");
        fields.put("sslrootcert", "certs/ca & co.pem");
        Connection connection = new Connection("dev", "postgres", fields);
        assertThat(Connections.sling(connection, project).properties()).containsKey("url");
        assertThat(Frames.transfers(project, new Cancellation()).ping(connection)).isPositive();
    }
}
