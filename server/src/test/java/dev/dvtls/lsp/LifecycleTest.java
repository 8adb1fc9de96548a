package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From initialize to exit. */
class LifecycleTest {
    private static final String MODEL =
            """
            def model(dbt, session):
                return dbt.ref("nope")
            """;

    @TempDir Path folder;

    @Test
    void exitWithoutShutdownIsAnError() throws Exception {
        try (TestServer lsp = TestServer.in(folder).start()) {
            lsp.server.exit();
            assertThat(lsp.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void theClientHangingUpEndsTheServer() throws Exception {
        try (TestServer lsp = TestServer.in(folder).start()) {
            lsp.hangUp();
            assertThat(lsp.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void theParentsEndEndsTheServer() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        try (TestServer lsp = TestServer.in(folder).processId((int) parent.pid()).start()) {
            parent.destroy();
            assertThat(lsp.exitCode()).isEqualTo(1);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void nothingIsAnsweredAfterShutdown() throws Exception {
        try (TestServer lsp = TestServer.in(folder).start()) {
            TestServer.get(lsp.server.shutdown());
            assertThatThrownBy(
                            () ->
                                    lsp.server
                                            .getTextDocumentService()
                                            .codeLens(new CodeLensParams(lsp.id("m.py")))
                                            .get())
                    .hasMessageContaining("shut down");
        }
    }

    @Test
    void servesOverStandardInputAndOutput() throws Exception {
        Path model = folder.resolve("models/m.py");
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("dbt_project.yml"), "name: p\nprofile: p\n");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.dvtls.cli.Main",
                                "lsp",
                                "--stdio")
                        .redirectError(folder.resolve("stderr.txt").toFile())
                        .start();
        try {
            TestClient client = new TestClient();
            Launcher<LanguageServer> launcher =
                    new Launcher.Builder<LanguageServer>()
                            .setLocalService(client)
                            .setRemoteInterface(LanguageServer.class)
                            .setInput(process.getInputStream())
                            .setOutput(process.getOutputStream())
                            .create();
            var unused = launcher.startListening();
            LanguageServer server = launcher.getRemoteProxy();
            InitializeParams params = new InitializeParams();
            params.setProcessId((int) ProcessHandle.current().pid());
            params.setCapabilities(new org.eclipse.lsp4j.ClientCapabilities());
            params.setWorkspaceFolders(List.of(new WorkspaceFolder(Uris.of(folder), "p")));
            InitializeResult result = TestServer.get(server.initialize(params));
            assertThat(result.getServerInfo().getName()).isEqualTo("dvt-ls");
            assertThat(result.getCapabilities().getPositionEncoding()).isEqualTo("utf-16");
            server.initialized(new InitializedParams());
            server.getTextDocumentService()
                    .didOpen(
                            new DidOpenTextDocumentParams(
                                    new TextDocumentItem(Uris.of(model), "python", 1, MODEL)));
            PublishDiagnosticsParams published =
                    client.take(PublishDiagnosticsParams.class, p -> true);
            assertThat(published.getDiagnostics())
                    .singleElement()
                    .satisfies(d -> assertThat(d.getCode().getLeft()).isEqualTo("DVT120"));
            TestServer.get(server.shutdown());
            server.exit();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(errors()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private String errors() throws IOException {
        return new String(Files.readAllBytes(folder.resolve("stderr.txt")), StandardCharsets.UTF_8);
    }
}
