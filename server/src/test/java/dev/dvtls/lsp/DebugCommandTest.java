package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Debugging;
import dev.dvtls.run.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debugging as far as the server has to do with it. */
class DebugCommandTest {
    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/orders.py", "def model(dbt, session):\n    return 1\n")
                .file("models/s.sql", "select 1 as id");
    }

    @Test
    void aRunWaitsForItsDebugger() throws Exception {
        AtomicReference<Optional<Debugging>> asked = new AtomicReference<>(Optional.empty());
        try (TestServer lsp =
                project()
                        .engine(
                                (request, events, cancellation) -> {
                                    asked.set(request.debugging());
                                    events.accept(
                                            new RunEvent.DebuggerAwaited("model.p.orders", 5678));
                                    return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
                                })
                        .start()
                        .lenient()) {
            lsp.execute("dvt.run", "{\"select\":[\"orders\"],\"debug\":{\"listen\":5678}}");
            assertThat(asked.get()).contains(new Debugging(Debugging.Way.LISTEN, 5678));
            lsp.execute("dvt.run", "{\"select\":[\"orders\"],\"debug\":{\"connect\":41234}}");
            assertThat(asked.get()).contains(new Debugging(Debugging.Way.CONNECT, 41234));
            lsp.execute("dvt.run", "{\"select\":[\"orders\"]}");
            assertThat(asked.get()).isEmpty();
            assertThatThrownBy(() -> lsp.execute("dvt.run", "{\"debug\":{\"listen\":70000}}"))
                    .hasMessageContaining("debug is {\"listen\": port} or {\"connect\": port}");
        }
    }

    @Test
    void theAdapterIsThatOfTheModelsPython() throws Exception {
        Path root = folder.toRealPath();
        Path bin = Files.createDirectories(root.resolve(".venv/bin"));
        Files.createFile(bin.resolve("python")).toFile().setExecutable(true);
        Files.createFile(root.resolve(".venv/pyvenv.cfg"));
        Path adapter = root.resolve(".venv/lib/python3.11/site-packages/debugpy/adapter");
        Files.createDirectories(adapter);
        Files.createFile(adapter.resolve("__main__.py"));
        String python = bin.resolve("python").toString();
        String arguments =
                "{\"uri\":\"" + root.resolve("models/orders.py").toUri() + "\",\"python\":\"";
        try (TestServer lsp = project().start().lenient()) {
            JsonObject answer = answer(lsp, arguments + python + "\"}");
            assertThat(answer.get("command").getAsString()).isEqualTo(python);
            assertThat(answer.getAsJsonArray("args")).hasSize(1);
            assertThat(answer.getAsJsonArray("args").get(0).getAsString())
                    .endsWith("/site-packages/debugpy/adapter");
            assertThat(answer(lsp, arguments + "/no/python\"}").get("missing").getAsString())
                    .contains("dvt-ls env create");
        }
    }

    private static JsonObject answer(TestServer lsp, String arguments) {
        return JsonParser.parseString(lsp.execute("dvt.debugAdapter", arguments).toString())
                .getAsJsonObject();
    }

    @Test
    void nothingIsToldInAFolderThatIsNotTrusted() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        try (TestServer lsp = project().options(options).start().lenient()) {
            assertThatThrownBy(() -> lsp.execute("dvt.debugAdapter", "{}"))
                    .hasMessageContaining("not trusted");
        }
    }

    @Test
    void clientsThatSayTheyCanGetALens() throws Exception {
        JsonObject lenses = new JsonObject();
        lenses.addProperty("debug", true);
        JsonObject options = new JsonObject();
        options.add("lenses", lenses);
        try (TestServer lsp = project().options(options).start().lenient()) {
            CodeLens debug = lenses(lsp, "models/orders.py").get(3);
            assertThat(debug.getCommand().getTitle()).isEqualTo("Debug");
            assertThat(debug.getCommand().getCommand()).isEqualTo("dvt.debugModel");
            assertThat(debug.getCommand().getArguments().toString())
                    .contains(lsp.uri("models/orders.py"))
                    .doesNotContain("show");
            assertThat(titles(lsp, "models/s.sql")).doesNotContain("Debug");
        }
        try (TestServer lsp = project().start().lenient()) {
            assertThat(titles(lsp, "models/orders.py")).doesNotContain("Debug");
        }
    }

    private static List<String> titles(TestServer lsp, String file) throws Exception {
        return lenses(lsp, file).stream().map(lens -> lens.getCommand().getTitle()).toList();
    }

    private static List<? extends CodeLens> lenses(TestServer lsp, String file) throws Exception {
        lsp.openFromDisk(file);
        return TestServer.get(
                lsp.server.getTextDocumentService().codeLens(new CodeLensParams(lsp.id(file))));
    }
}
