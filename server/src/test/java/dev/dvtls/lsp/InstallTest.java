package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.ExecuteCommandCapabilities;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package that is missing, installed from the editor by a pip that is not one. */
class InstallTest {
    private static final String SITE = ".venv/lib/python3.11/site-packages/";
    private static final String MODEL =
            """
            from sklearn.linear_model import Ridge


            def model(dbt, session):
                return session.sql("select 1").df()
            """;

    /** Keeps its arguments, then does what the package's name says. */
    private static final String PIP =
            """
            #!/bin/sh
            here=$(dirname "$0")
            echo "$@" >> "$here/calls"
            pwd -P > "$here/cwd"
            case "$*" in
              *no-such*) echo "ERROR: No matching distribution found for no-such" >&2; exit 1;;
              *slow*) echo $$ > "$here/pid"; exec sleep 300;;
              *) cd "$here/../lib/python3.11/site-packages" && mkdir n && touch n/__init__.py && mv n sklearn;;
            esac
            """;

    @TempDir Path folder;

    private TestServer.Builder project(String pip, boolean trusted) throws Exception {
        Path root = folder.toRealPath();
        JsonObject options = new JsonObject();
        JsonObject python = new JsonObject();
        python.addProperty("interpreter", root.resolve(".venv/bin/python").toString());
        options.add("python", python);
        options.addProperty("trusted", trusted);
        TestServer.Builder builder =
                new TestServer.Builder(root)
                        .project()
                        .access(new DiskProjects())
                        .file(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.4\n")
                        .file(".venv/bin/python", pip)
                        .file(SITE + "duckdb/__init__.py", "")
                        .options(options)
                        .client(
                                c ->
                                        c.getWorkspace()
                                                .setExecuteCommand(
                                                        new ExecuteCommandCapabilities()));
        assertThat(root.resolve(".venv/bin/python").toFile().setExecutable(true)).isTrue();
        return builder;
    }

    private static List<CodeAction> installs(TestServer lsp) {
        Position at = new Position(0, 8);
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .codeAction(
                                        new CodeActionParams(
                                                lsp.id("models/m.py"),
                                                new Range(at, at),
                                                new CodeActionContext(List.of()))))
                .stream()
                .map(Either::getRight)
                .filter(action -> action.getTitle().startsWith("Install "))
                .toList();
    }

    private static CompletableFuture<Object> execute(TestServer lsp, String name) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("uri", lsp.uri("models/m.py"));
        arguments.addProperty("package", name);
        return lsp.server
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams("dvt.install", List.of(arguments)));
    }

    private static boolean misses(PublishDiagnosticsParams params) {
        return params.getDiagnostics().stream()
                .anyMatch(d -> d.getCode().getLeft().equals("DVT125"));
    }

    @Test
    void theActionInstallsAndTheProblemGoes() throws Exception {
        try (TestServer lsp = project(PIP, true).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            lsp.client.take(PublishDiagnosticsParams.class, InstallTest::misses);
            CodeAction install = installs(lsp).get(0);
            assertThat(install.getTitle()).isEqualTo("Install scikit-learn");
            assertThat(install.getEdit()).isNull();
            assertThat(lsp.path(".venv/bin/calls")).as("nothing happens unasked").doesNotExist();
            Command command = install.getCommand();
            String answer =
                    TestServer.json(
                            lsp.server
                                    .getWorkspaceService()
                                    .executeCommand(
                                            new ExecuteCommandParams(
                                                    command.getCommand(), command.getArguments())));
            assertThat(answer)
                    .contains("\"installed\":\"scikit-learn\"")
                    .contains(lsp.path(".venv/bin/python").toString());
            assertThat(Files.readString(lsp.path(".venv/bin/calls")))
                    .isEqualTo(
                            "-I -m pip install --quiet --disable-pip-version-check --no-input"
                                    + " scikit-learn\n");
            assertThat(Files.readString(lsp.path(".venv/bin/cwd")).strip())
                    .as("where nobody else can put files that pip would read")
                    .isEqualTo(Path.of(System.getProperty("user.home")).toRealPath().toString());
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .startsWith("scikit-learn was installed into ");
            lsp.client.take(
                    PublishDiagnosticsParams.class, p -> p.getUri().endsWith("m.py") && !misses(p));
            assertThat(installs(lsp)).isEmpty();
        }
    }

    @Test
    void notOfferedWhereTheClientSendsNoCommands() throws Exception {
        try (TestServer lsp =
                project(PIP, true)
                        .client(c -> c.getWorkspace().setExecuteCommand(null))
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL);
            lsp.client.take(PublishDiagnosticsParams.class, InstallTest::misses);
            assertThat(installs(lsp)).isEmpty();
        }
    }

    @Test
    void whatFailsIsSaidWithTheNextStep() throws Exception {
        try (TestServer lsp = project(PIP, true).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThatThrownBy(() -> TestServer.get(execute(lsp, "no-such")))
                    .hasMessageContaining("no-such could not be installed into ")
                    .hasMessageContaining("No matching distribution found")
                    .hasMessageContaining("then install it again");
            for (String name :
                    List.of(
                            "",
                            "--index-url=http://x",
                            "-r x",
                            "git+https://x",
                            "a b",
                            "x-1-py3-none-any.whl",
                            "x.ZIP[a]",
                            "x.tar.gz",
                            "x.tgz")) {
                assertThatThrownBy(() -> TestServer.get(execute(lsp, name)))
                        .as(name)
                        .hasMessageContaining("Which package?");
            }
        }
        try (TestServer lsp = project(PIP, false).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThatThrownBy(() -> TestServer.get(execute(lsp, "requests")))
                    .hasMessageContaining("not trusted");
        }
    }

    @Test
    void nothingIsInstalledIntoAPythonOfNoEnvironment() throws Exception {
        TestServer.Builder builder = project(PIP, true).file("own/bin/python", PIP);
        Path own = folder.toRealPath().resolve("own/bin/python");
        assertThat(own.toFile().setExecutable(true)).isTrue();
        JsonObject python = new JsonObject();
        python.addProperty("interpreter", own.toString());
        JsonObject options = new JsonObject();
        options.add("python", python);
        options.addProperty("trusted", true);
        try (TestServer lsp = builder.options(options).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThatThrownBy(() -> TestServer.get(execute(lsp, "requests")))
                    .hasMessageContaining("this machine's own Python (" + own + ")")
                    .hasMessageContaining("Run `dvt-ls env create`");
            assertThat(lsp.path("own/bin/calls")).doesNotExist();
        }
    }

    @Test
    void anEnvironmentWithoutPip() throws Exception {
        String none = "#!/bin/sh\necho \"$0: No module named pip\" >&2\nexit 1\n";
        try (TestServer lsp = project(none, true).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThatThrownBy(() -> TestServer.get(execute(lsp, "requests")))
                    .hasMessageMatching(
                            "(?s).*(has no pip\\. Install requests with|could not be).*");
        }
    }

    @Test
    void cancelledAndAtTheEndOfTheServerNothingIsLeft() throws Exception {
        long last;
        try (TestServer lsp = project(PIP, true).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CompletableFuture<Object> first = execute(lsp, "slow");
            long pid = pid(lsp);
            first.cancel(true);
            awaitEnd(pid);
            Files.delete(lsp.path(".venv/bin/pid"));
            var unused = execute(lsp, "slow");
            last = pid(lsp);
        }
        awaitEnd(last);
    }

    private static void awaitEnd(long pid) {
        ProcessHandle.of(pid)
                .ifPresent(p -> TestServer.get(p.onExit().thenApply(ProcessHandle::pid)));
    }

    /** Of the process that installs, once it has begun. */
    private static long pid(TestServer lsp) throws Exception {
        Path file = lsp.path(".venv/bin/pid");
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        while (!Files.exists(file) || Files.readString(file).isBlank()) {
            assertThat(System.nanoTime()).as("the process begins").isLessThan(end);
            Thread.onSpinWait();
        }
        return Long.parseLong(Files.readString(file).strip());
    }
}
