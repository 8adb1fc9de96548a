package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.LocalEngine;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from the editor with the real engine, into a DuckDB file. */
class RealRunTest {
    private static final String PROFILES =
            """
            p:
              target: dev
              outputs:
                dev: {type: duckdb, path: dev.duckdb}
            """;
    private static final String ONE =
            """
            def model(dbt, session):
                print("hello")
                return session.sql("select 1 as id")
            """;
    private static final String BAD =
            """
            def model(dbt, session):
                return {}["nope"]
            """;
    private static final String SLOW =
            """
            def model(dbt, session):
                print("begun", flush=True)
                while True:
                    pass
            """;

    @TempDir Path folder;

    @Test
    void runsFailsAndIsCancelled() throws Exception {
        assertThat(TestTools.venv()).isDirectory();
        try (LocalEngine engine = LocalEngine.create(true);
                TestServer lsp =
                        TestServer.in(folder)
                                .project()
                                .file("profiles.yml", PROFILES)
                                .file("models/one.py", ONE)
                                .file("models/bad.py", BAD)
                                .file("models/slow.py", SLOW)
                                .engine(engine)
                                .progress()
                                .start()
                                .lenient()) {
            lsp.openFromDisk("models/bad.py");
            assertThat(lsp.diagnostics("models/bad.py")).isEmpty();
            assertThat(TestServer.json(run(lsp, "one bad")))
                    .contains("\"succeeded\":1", "\"failed\":1");
            lsp.client.awaitLog("one | hello");
            assertThat(Files.exists(folder.resolve("dev.duckdb"))).isTrue();
            assertThat(lsp.diagnostics("models/bad.py"))
                    .singleElement()
                    .asString()
                    .startsWith("1:11-")
                    .contains("DVT126", "KeyError");
            CompletableFuture<Object> slow = run(lsp, "slow");
            lsp.client.awaitLog("slow | begun");
            TestServer.get(
                    lsp.server
                            .getWorkspaceService()
                            .executeCommand(new ExecuteCommandParams("dvt.cancel", List.of())));
            assertThat(TestServer.json(slow)).contains("\"cancelled\":true");
        }
    }

    private static CompletableFuture<Object> run(TestServer lsp, String selection) {
        JsonObject arguments = new JsonObject();
        JsonArray select = new JsonArray();
        select.add(selection);
        arguments.add("select", select);
        return lsp.server
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams("dvt.run", List.of(arguments)));
    }
}
