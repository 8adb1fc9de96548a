package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTargetsTest {
    @TempDir Path root;

    @Test
    void namesTargetsWithoutTheirFields() throws Exception {
        String profiles =
                """
                p:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: w.duckdb}
                    prod: {type: postgres, host: h, password: secret}
                """;
        assertThat(ask(TestServer.in(root).project().file("profiles.yml", profiles)))
                .isEqualTo(
                        """
                        [{"name":"p","root":"%s","target":"dev","targets":[\
                        {"name":"dev","type":"duckdb"},{"name":"prod","type":"postgres"}]}]\
                        """
                                .formatted(root));
    }

    @Test
    void aProjectWithoutItsProfileHasNoTarget() throws Exception {
        String profiles = "other:\n  outputs:\n    dev: {type: duckdb}\n";
        assertThat(ask(TestServer.in(root).project().file("profiles.yml", profiles)))
                .isEqualTo("[{\"name\":\"p\",\"root\":\"%s\",\"targets\":[]}]".formatted(root));
    }

    private static String ask(TestServer.Builder builder) throws Exception {
        try (TestServer server = builder.start()) {
            return server.server
                    .projects(new JsonObject())
                    .get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .toString();
        }
    }
}
