package dev.dvtls.run.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.env.Interpreter.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What uv and poetry themselves make for a project, from PyPI; by what files they are found. */
@Tag("heavy")
class RealEnvironmentsTest {
    @TempDir static Path installed;
    private static Path base = Path.of("");

    @TempDir Path temp;
    private Path repository = Path.of("");
    private Path project = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void tools() throws Exception {
        Map<String, String> user = System.getenv();
        String script = "import os, sys; print(os.path.realpath(sys.executable))";
        base = Path.of(start(installed, user, "python3", "-c", script));
        start(installed, user, base.toString(), "-m", "venv", "tools");
        start(
                installed,
                user,
                installed.resolve("tools/bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "uv",
                "poetry");
    }

    /** A DVT project in a part of a repository, whose environment is that of all of it. */
    @BeforeEach
    void repository() throws IOException {
        Path folder = temp.toRealPath();
        repository = folder.resolve("our repository");
        project = Files.createDirectories(repository.resolve("dvt"));
        Files.createDirectories(repository.resolve(".git"));
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String name : List.of("python3", "python")) {
            Files.createSymbolicLink(bin.resolve(name), base);
        }
        environment.put("PATH", bin + ":/usr/bin:/bin");
    }

    /** What a program prints; a test's failure where it fails. */
    private static String start(Path folder, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile(installed, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(() -> String.join(" ", command) + "\n" + out + read(errors))
                .isZero();
        return out.strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** One of the tools, where its {@code pyproject.toml} is. */
    private String run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(installed.resolve("tools/bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        return start(repository, environment, command.toArray(String[]::new));
    }

    private void pyproject(String text) throws IOException {
        Files.writeString(repository.resolve("pyproject.toml"), text);
    }

    private Interpreter found(Path folder) {
        return Interpreter.find(folder, InterpreterChoice.NONE, Machine.here(environment))
                .orElseThrow();
    }

    /** Whose environment it is says its Python itself. */
    private void assertFound(Path home, Reason why) throws Exception {
        Interpreter found = found(project);
        assertThat(found.why()).isEqualTo(why);
        String python = found.python().toString();
        assertThat(start(temp, environment, python, "-c", "import sys; print(sys.prefix)"))
                .isEqualTo(home.toString());
        assertThat(found.isOfEnvironment()).isTrue();
        assertThat(found.version().map(PythonVersion::toString).orElse("not known"))
                .isEqualTo(
                        start(
                                temp,
                                environment,
                                python,
                                "-c",
                                "import sys; print('%d.%d' % sys.version_info[:2])"));
    }

    private void uvSync() throws Exception {
        run("uv", "sync", "--offline", "--no-cache", "--python", base.toString());
    }

    @Test
    void uvsBesideTheFiles() throws Exception {
        pyproject("[project]\nname = \"shop\"\nversion = \"0\"\nrequires-python = \">=3.9\"\n");
        assertThat(found(project).why()).isEqualTo(Reason.PATH);
        uvSync();
        assertFound(repository.resolve(".venv"), Reason.PROJECT);
        assertThat(run("uv", "python", "find", "--offline"))
                .isEqualTo(found(project).python().toString());
    }

    @Test
    void uvsWhereAVariableSaysSo() throws Exception {
        pyproject("[project]\nname = \"shop\"\nversion = \"0\"\nrequires-python = \">=3.9\"\n");
        environment.put("UV_PROJECT_ENVIRONMENT", "made/here");
        uvSync();
        assertFound(repository.resolve("made/here"), Reason.UV);
    }

    private void poetryProject(String name) throws IOException {
        pyproject(
                "[tool.poetry]\npackage-mode = false\n"
                        + (name.isEmpty() ? "" : "name = \"" + name + "\"\n")
                        + "[tool.poetry.dependencies]\npython = \">=3.9\"\n");
    }

    private void poetryInstall() throws Exception {
        run("poetry", "install", "--no-interaction", "--no-root");
    }

    private Path poetrysOwnWord() throws Exception {
        return repository.resolve(run("poetry", "env", "info", "--path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "",
                "Shop of Ours",
                "our_shop.of__2026",
                "shop-whose-name-is-so-long-that-poetry-cuts-it-off-somewhere"
            })
    void poetrysInItsCache(String name) throws Exception {
        poetryProject(name);
        assertThat(found(project).why()).isEqualTo(Reason.PATH);
        poetryInstall();
        Path kept = Path.of(environment.get("HOME"), ".cache/pypoetry/virtualenvs");
        assertThat(poetrysOwnWord()).hasParent(kept);
        assertFound(poetrysOwnWord(), Reason.POETRY);
        assertThat(found(Files.createSymbolicLink(temp.resolve("link"), project)).why())
                .as("a link to the part alone is in no repository")
                .isEqualTo(Reason.PATH);
        run("poetry", "env", "use", base.toString());
        assertThat(kept.resolve("envs.toml")).exists();
        assertFound(poetrysOwnWord(), Reason.POETRY);
        run("poetry", "env", "remove", "--all");
        assertThat(found(project).why()).isEqualTo(Reason.PATH);
    }

    @Test
    void poetrysOfAProjectInPythonsOwnWords() throws Exception {
        pyproject("[project]\nname = \"Shop.of_ours\"\nversion = \"0\"\n");
        poetryInstall();
        assertFound(poetrysOwnWord(), Reason.POETRY);
    }

    @Test
    void poetrysBehindALink() throws Exception {
        poetryProject("shop");
        poetryInstall();
        Path link = Files.createSymbolicLink(temp.resolve("link"), repository);
        assertThat(found(link.resolve("dvt")))
                .extracting(Interpreter::python, Interpreter::why)
                .containsExactly(poetrysOwnWord().resolve("bin/python"), Reason.POETRY);
    }

    @Test
    void poetrysWhereItsSettingsSay() throws Exception {
        poetryProject("shop");
        run("poetry", "config", "virtualenvs.path", "~/kept");
        poetryInstall();
        assertThat(poetrysOwnWord()).hasParent(Path.of(environment.get("HOME"), "kept"));
        assertFound(poetrysOwnWord(), Reason.POETRY);
        run("poetry", "config", "--local", "virtualenvs.path", "kept");
        poetryInstall();
        assertThat(poetrysOwnWord()).hasParent(repository.resolve("kept"));
        assertFound(poetrysOwnWord(), Reason.POETRY);
        run("poetry", "config", "--local", "--unset", "virtualenvs.path");
        run("poetry", "config", "virtualenvs.path", "{cache-dir}/in-cache");
        String cache = temp.toRealPath().resolve("cache").toString();
        run("poetry", "config", "cache-dir", cache);
        poetryInstall();
        assertThat(poetrysOwnWord()).hasParent(Path.of(cache, "in-cache"));
        assertFound(poetrysOwnWord(), Reason.POETRY);
        environment.put("POETRY_VIRTUALENVS_PATH", temp.toRealPath().resolve("other").toString());
        poetryInstall();
        assertThat(poetrysOwnWord()).hasParent(temp.toRealPath().resolve("other"));
        assertFound(poetrysOwnWord(), Reason.POETRY);
    }

    @Test
    void poetrysBesideTheFiles() throws Exception {
        poetryProject("shop");
        run("poetry", "config", "--local", "virtualenvs.in-project", "true");
        poetryInstall();
        assertThat(poetrysOwnWord()).isEqualTo(repository.resolve(".venv"));
        assertFound(poetrysOwnWord(), Reason.PROJECT);
    }
}
