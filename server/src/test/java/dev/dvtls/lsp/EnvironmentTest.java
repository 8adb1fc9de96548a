package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.MessageParams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs need of the machine, told and made over the wire; Python and pip are scripts. */
class EnvironmentTest {
    /** {@code python -m venv --clear FOLDER}. */
    private static final String PYTHON =
            """
            #!/bin/sh
            here=$(dirname "$0")
            echo "$@" >> "$here/calls"
            for folder; do :; done
            mkdir -p "$folder/bin" "$folder/lib/python3.12/site-packages"
            echo "version = 3.12.1" > "$folder/pyvenv.cfg"
            cp "$here/pip" "$folder/bin/python"
            """;

    /** {@code python -m pip install PACKAGE...}. */
    private static final String PIP =
            """
            #!/bin/sh
            here=$(dirname "$0")
            site="$here/../lib/python3.12/site-packages"
            if [ -e "$here/../../../wait" ]; then echo $$ > "$here/../../../pid"; exec sleep 300; fi
            case "$*" in
              *sling*)
                mkdir -p "$site/sling_x/bin" "$site/duckdb_cli"
                touch "$site/sling_x/bin/sling-x" "$site/duckdb_cli/duckdb";;
              *) mkdir -p "$site/duckdb" "$site/pandas";;
            esac
            """;

    private static final String HALF =
            """
            *)
                if [ -e "$here/../../../half" ]; then
                  mkdir -p "$site/duckdb" "$site/pandas"
                  echo $$ > "$here/../../../pid"; exec sleep 300
                fi
            """;

    @TempDir Path temp;
    private Path root = Path.of("");
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void machine() throws IOException {
        root = temp.toRealPath().resolve("shop");
        program("machine/python3.12", PYTHON);
        program("machine/pip", PIP);
        Files.createSymbolicLink(
                temp.toRealPath().resolve("machine/python3"), Path.of("python3.12"));
        // The scripts need the programs of a shell; no python is there under this name.
        Path tools = Files.createDirectories(temp.toRealPath().resolve("shell"));
        for (String name : List.of("sh", "dirname", "mkdir", "cp", "touch", "sleep", "echo")) {
            for (String bin : List.of("/bin", "/usr/bin")) {
                if (Files.exists(Path.of(bin, name)) && !Files.exists(tools.resolve(name))) {
                    Files.createSymbolicLink(tools.resolve(name), Path.of(bin, name));
                }
            }
        }
        variables.put("PATH", temp.toRealPath().resolve("machine") + ":" + tools);
        variables.put("HOME", temp.toRealPath().resolve("home").toString());
    }

    private Path program(String path, String text) throws IOException {
        Path file = temp.toRealPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private TestServer.Builder project() {
        return TestServer.in(root)
                .project()
                .access(new DiskProjects())
                .machine(Machine.here(variables));
    }

    private static JsonArray environments(TestServer lsp) {
        return TestServer.get(lsp.server.environment(new JsonObject()));
    }

    private static JsonObject environment(TestServer lsp) {
        return environments(lsp).get(0).getAsJsonObject();
    }

    /** {@code Sling createEnvironment}. */
    private static List<String> missing(JsonObject environment) {
        return StreamSupport.stream(environment.getAsJsonArray("missing").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(
                        one ->
                                one.get("name").getAsString()
                                        + " "
                                        + one.getAsJsonObject("fix").get("kind").getAsString())
                .toList();
    }

    private static String interpreter(JsonObject environment, String key) {
        return environment.getAsJsonObject("interpreter").get(key).getAsString();
    }

    @Test
    void whatIsFoundIsToldWithoutStartingAnything() throws Exception {
        try (TestServer lsp = project().start()) {
            JsonObject found = environment(lsp);
            assertThat(interpreter(found, "path")).endsWith("machine/python3");
            assertThat(interpreter(found, "version")).isEqualTo("3.12");
            assertThat(interpreter(found, "reason")).isEqualTo("path");
            assertThat(missing(found))
                    .containsExactly(
                            "Sling createEnvironment", "the DuckDB program createEnvironment");
            // As somebody makes it in a terminal.
            program("shop/.venv/bin/python", PIP);
            Files.writeString(lsp.path(".venv/pyvenv.cfg"), "version = 3.8.1\n");
            Files.createDirectories(lsp.path(".venv/lib/python3.8/site-packages/pandas"));
            found = environment(lsp);
            assertThat(interpreter(found, "why")).isEqualTo("it is the project's own environment");
            assertThat(missing(found)).contains("DuckDB installPackage").hasSize(3);
            assertThat(found.getAsJsonObject("problem").get("text").getAsString())
                    .contains("is Python 3.8; models run on 3.9 to");
            assertThat(found.getAsJsonArray("choices")).hasSize(3);
            assertThat(lsp.path(".dvt")).doesNotExist();
            assertThat(temp.resolve("machine/calls")).doesNotExist();
        }
    }

    @Test
    void eachFolderHasItsOwnInterpreterAndTarget() throws Exception {
        Path other = temp.toRealPath().resolve("other");
        Files.createDirectories(other);
        Files.writeString(other.resolve("dbt_project.yml"), "name: o\nprofile: p\n");
        Path one = program("one/bin/python", PIP);
        Path two = program("other/env/bin/python", PIP);
        TestServer.Builder builder = project().configuration().folders(root, other);
        try (TestServer lsp = builder.start().lenient()) {
            lsp.client.settings(settings(one.toString(), ""));
            lsp.client.settings(Uris.of(other), settings("env/bin/python", ""));
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(new DidChangeConfigurationParams(new JsonObject()));
            awaitInterpreters(lsp, two, one);
            // The extension for Python has another for one of them; what is named wins.
            Path offered = program("offered/bin/python", PIP);
            Files.writeString(temp.resolve("offered/pyvenv.cfg"), "version = 3.12.1\n");
            lsp.client.settings(settings("", offered.toString()));
            lsp.client.settings(
                    Uris.of(other), settings("${workspaceFolder}/env", offered.toString()));
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(new DidChangeConfigurationParams(new JsonObject()));
            awaitInterpreters(lsp, two, offered);
            assertThat(interpreter(environments(lsp).get(1).getAsJsonObject(), "reason"))
                    .isEqualTo("editor");
        }
    }

    private static JsonObject settings(String interpreter, String offered) {
        JsonObject python = new JsonObject();
        python.addProperty("interpreter", interpreter);
        python.addProperty("ofExtension", offered);
        JsonObject settings = new JsonObject();
        settings.add("python", python);
        return settings;
    }

    /** Settings come after they were asked for. */
    private static void awaitInterpreters(TestServer lsp, Path first, Path second) {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        List<String> wanted = List.of(first.toString(), second.toString());
        List<String> now = List.of();
        while (!now.equals(wanted)) {
            assertThat(System.nanoTime()).as("%s, not %s", now, wanted).isLessThan(end);
            now =
                    StreamSupport.stream(environments(lsp).spliterator(), false)
                            .map(one -> interpreter(one.getAsJsonObject(), "path"))
                            .toList();
        }
    }

    @Test
    void anEnvironmentIsMadeAndModelsRunInIt() throws Exception {
        try (TestServer lsp = project().progress().start().lenient()) {
            String answer = TestServer.json(lsp.command("dvt.createEnvironment", "{}"));
            JsonObject made = JsonParser.parseString(answer).getAsJsonObject();
            assertThat(made.getAsJsonArray("missing")).isEmpty();
            assertThat(interpreter(made, "reason")).isEqualTo("made");
            assertThat(lsp.path(".dvt/tools/bin/sling")).isExecutable();
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .contains("The environment of p is ready. Models run in ")
                    .contains(".dvt/venv/bin/python");
            lsp.client.awaitProgress(all -> all.toString().contains("Making the environment of p"));
            lsp.client.awaitProgress(all -> all.toString().contains("installing into"));
            // Somebody takes a package out again: it is made whole.
            Files.delete(lsp.path(".dvt/venv/lib/python3.12/site-packages/pandas"));
            assertThat(missing(environment(lsp))).containsExactly("pandas createEnvironment");
            answer = TestServer.json(lsp.command("dvt.createEnvironment", "{}"));
            assertThat(JsonParser.parseString(answer).getAsJsonObject().getAsJsonArray("missing"))
                    .isEmpty();
        }
    }

    @Test
    void aProjectWithItsOwnEnvironmentGetsTheToolsAlone() throws Exception {
        program("shop/.venv/bin/python", PIP);
        Files.writeString(root.resolve(".venv/pyvenv.cfg"), "version = 3.12.1\n");
        try (TestServer lsp = project().start().lenient()) {
            TestServer.get(lsp.command("dvt.createEnvironment", "{}"));
            assertThat(lsp.path(".dvt/tools/bin/sling")).exists();
            assertThat(lsp.path(".dvt/venv")).doesNotExist();
        }
    }

    @Test
    void cancelledItLeavesNoProcess() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            Files.writeString(lsp.path("wait"), "");
            CompletableFuture<Object> making = lsp.command("dvt.createEnvironment", "{}");
            long pid = pid(lsp.path("pid"));
            making.cancel(true);
            ProcessHandle.of(pid).ifPresent(p -> TestServer.get(p.onExit()));
            assertThat(missing(environment(lsp))).contains("Sling createEnvironment");
        }
    }

    @Test
    void whatWasCutOffIsNeverTakenAndIsMadeAnew() throws Exception {
        // Cut off while packages are unpacked: their folders are there, not all of their files.
        program("machine/pip", PIP.replace("*) mkdir -p \"$site", HALF + "mkdir -p \"$site"));
        try (TestServer lsp = project().start().lenient()) {
            Files.writeString(lsp.path("half"), "");
            CompletableFuture<Object> making = lsp.command("dvt.createEnvironment", "{}");
            long pid = pid(lsp.path("pid"));
            making.cancel(true);
            ProcessHandle.of(pid).ifPresent(p -> TestServer.get(p.onExit()));
            assertThat(lsp.path(".dvt/venv/bin/python")).exists();
            assertThat(interpreter(environment(lsp), "reason")).isEqualTo("path");
            Files.delete(lsp.path("half"));
            String answer = TestServer.json(lsp.command("dvt.createEnvironment", "{}"));
            JsonObject made = JsonParser.parseString(answer).getAsJsonObject();
            assertThat(interpreter(made, "reason")).isEqualTo("made");
            assertThat(Files.readString(temp.resolve("machine/calls")))
                    .as("tools once, the environment twice")
                    .hasLineCount(3);
        }
    }

    private static long pid(Path file) throws IOException {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        while (!Files.exists(file) || Files.readString(file).isBlank()) {
            assertThat(System.nanoTime()).as("the process begins").isLessThan(end);
            Thread.onSpinWait();
        }
        return Long.parseLong(Files.readString(file).strip());
    }

    @Test
    void theReportSaysWhatMendsEachThing() throws Exception {
        JsonObject options = settings("gone/python", "");
        try (TestServer lsp = project().options(options).start().lenient()) {
            String answer = TestServer.json(lsp.command("dvt.doctor", "{\"show\": true}"));
            JsonObject report = JsonParser.parseString(answer).getAsJsonObject();
            assertThat(report.get("ok").getAsBoolean()).isFalse();
            List<String> items =
                    StreamSupport.stream(report.getAsJsonArray("items").spliterator(), false)
                            .map(JsonElement::toString)
                            .toList();
            assertThat(items)
                    .anySatisfy(
                            item ->
                                    assertThat(item)
                                            .contains("\"name\":\"interpreter\"")
                                            .contains("\"status\":\"failed\"")
                                            .contains("There is no interpreter ")
                                            .contains("\"kind\":\"chooseInterpreter\""))
                    .anySatisfy(
                            item ->
                                    assertThat(item)
                                            .contains("\"area\":\"profile\"")
                                            .contains("\"kind\":\"openFile\"")
                                            .contains("dbt_project.yml"));
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .contains("interpreter: There is no interpreter ");
        }
    }

    @Test
    void whatOnlyDebuggingNeedsIsInTheReportAndNoFailure() throws Exception {
        program("shop/.venv/bin/python", "#!/bin/sh\nexit 3\n");
        Path site = root.resolve(".venv/lib/python3.12/site-packages");
        Files.createDirectories(site);
        Files.createFile(root.resolve(".venv/pyvenv.cfg"));
        try (TestServer lsp = project().start().lenient()) {
            assertThat(item(lsp, "debugpy"))
                    .contains("\"area\":\"tools\"", "\"status\":\"warning\"")
                    .contains("\"fix\":{\"kind\":\"installPackage\"")
                    .contains("\"argument\":\"debugpy\"");
            Files.createDirectories(site.resolve("debugpy/adapter"));
            Files.createFile(site.resolve("debugpy/adapter/__main__.py"));
            assertThat(item(lsp, "debugpy")).contains("\"status\":\"ok\"");
        }
    }

    private static String item(TestServer lsp, String name) {
        String answer = TestServer.json(lsp.command("dvt.doctor", "{}"));
        JsonArray items = JsonParser.parseString(answer).getAsJsonObject().getAsJsonArray("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(JsonElement::toString)
                .filter(item -> item.contains("\"name\":\"" + name + "\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsStartedInAFolderThatIsNotTrusted() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        try (TestServer lsp = project().options(options).start()) {
            for (String command : List.of("dvt.doctor", "dvt.createEnvironment")) {
                assertThatThrownBy(() -> TestServer.get(lsp.command(command, "{}")))
                        .hasMessageContaining("not trusted");
            }
            assertThat(interpreter(environment(lsp), "reason")).isEqualTo("path");
            assertThat(lsp.path(".dvt")).doesNotExist();
        }
    }
}
