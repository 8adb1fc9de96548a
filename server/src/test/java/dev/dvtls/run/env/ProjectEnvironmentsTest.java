package dev.dvtls.run.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dvtls.run.env.Interpreter.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments that tools keep for a project. The programs are no programs: none is started. */
class ProjectEnvironmentsTest {
    @TempDir Path temp;
    private Path folder = Path.of("");
    private Path project = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void repository() throws IOException {
        folder = temp.toRealPath();
        project = folder.resolve("repo/dvt");
        Files.createDirectories(project);
        Files.createDirectories(folder.resolve("repo/.git"));
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("PATH", folder.resolve("bin").toString());
        program("bin/python3");
    }

    private Path program(String path) throws IOException {
        Path file = file(path, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** A virtual environment with an interpreter. */
    private Path venv(String path) throws IOException {
        file(path + "/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.3\n");
        return program(path + "/bin/python");
    }

    private Interpreter found() {
        return found(InterpreterChoice.NONE);
    }

    private Interpreter found(InterpreterChoice choice) {
        return Interpreter.find(
                        project, choice, new Machine(Map.copyOf(environment), "linux", "amd64"))
                .orElseThrow();
    }

    private void assertFound(Path python, Reason why) {
        assertThat(found())
                .extracting(Interpreter::python, Interpreter::why)
                .containsExactly(python, why);
    }

    @Test
    void theEnvironmentOfTheRepositoryIsTheProjectsToo() throws IOException {
        Path above = venv(".venv"); // above the repository: somebody else's
        assertThat(found().why()).isEqualTo(Reason.PATH);
        Path python = venv("repo/.venv");
        assertFound(python, Reason.PROJECT);
        assertFound(venv("repo/dvt/venv"), Reason.PROJECT);
        assertThat(above).exists();
    }

    @Test
    void uvsVariableCountsWhereUvKeepsTheProject() throws IOException {
        Path python = venv("repo/elsewhere");
        environment.put("UV_PROJECT_ENVIRONMENT", "elsewhere");
        assertThat(found().why()).isEqualTo(Reason.PATH);
        file("repo/uv.lock", "");
        assertFound(python, Reason.UV);
    }

    @Test
    void poetrysNameOfAnEnvironment() {
        // As poetry's EnvManager.generate_env_name("My Shop", "/") says.
        assertThat(ProjectEnvironments.poetryStem("My Shop", Path.of("/")))
                .isEqualTo("my_shop-il7asoJj");
        assertThat(ProjectEnvironments.poetryStem("My_.Shop", Path.of("/")))
                .as("as packages are named")
                .isEqualTo("my-shop-il7asoJj");
    }

    @Test
    void poetryKeepsEnvironmentsInItsCache() throws IOException {
        file("repo/pyproject.toml", "[tool.poetry]\nname = \"shop\"\n");
        String stem = ProjectEnvironments.poetryStem("shop", folder.resolve("repo"));
        String kept = "home/.cache/pypoetry/virtualenvs/";
        Path old = venv(kept + stem + "-py3.9");
        Path newest = venv(kept + stem + "-py3.12");
        venv(kept + "shop-00000000-py3.13"); // of another folder
        assertFound(newest, Reason.POETRY);
        file(kept + "envs.toml", "[" + stem + "]\nminor = \"3.9\"\npatch = \"3.9.1\"\n");
        assertFound(old, Reason.POETRY);
        environment.put("POETRY_VIRTUALENVS_PATH", folder.resolve("kept").toString());
        assertThat(found().why()).isEqualTo(Reason.PATH);
        assertFound(venv("kept/" + stem + "-py3.11"), Reason.POETRY);
    }

    @Test
    void poetrysOwnSettingsSayWhereEnvironmentsAre() throws IOException {
        file("repo/pyproject.toml", "[project]\nname = \"Shop\"\n");
        file("repo/poetry.lock", "");
        file("home/.config/pypoetry/config.toml", "[virtualenvs]\npath = \"~/envs\"\n");
        String stem = ProjectEnvironments.poetryStem("Shop", folder.resolve("repo"));
        Path byUser = venv("home/envs/" + stem + "-py3.12");
        assertFound(byUser, Reason.POETRY);
        file("repo/poetry.toml", "[virtualenvs]\npath = \"envs\"\n");
        assertFound(venv("repo/envs/" + stem + "-py3.12"), Reason.POETRY);
        file("repo/pyproject.toml", "[project\nname = "); // broken: nothing can be told
        assertThat(found().why()).isEqualTo(Reason.PATH);
    }

    @Test
    void pyenvsVersionsAreForProjectsWithoutAnEnvironment() throws IOException {
        Path old = program("home/.pyenv/versions/3.11.9/bin/python");
        Path last = program("home/.pyenv/versions/3.11.10/bin/python");
        file("repo/.python-version", "# the team's\n3.11\n");
        assertFound(last, Reason.PYENV);
        file("repo/dvt/.python-version", "3.11.9");
        assertFound(old, Reason.PYENV);
        assertFound(venv("repo/dvt/.dvt/venv"), Reason.MADE);
        file("repo/dvt/.python-version", "of-the-shop\n");
        assertFound(venv("home/.pyenv/versions/of-the-shop"), Reason.PYENV);
        environment.put("PYENV_VERSION", "gone");
        assertThat(found().why()).isEqualTo(Reason.MADE);
    }

    @Test
    void aPythonVersionIsNoPath() throws IOException {
        Files.createDirectories(folder.resolve("home/.pyenv/versions/3.12.1"));
        program("home/evil/bin/python");
        for (String text : new String[] {"../../evil", "..", "/evil", "3.12.1/../../../evil"}) {
            file("repo/dvt/.python-version", text);
            assertThat(found().why()).as(text).isEqualTo(Reason.PATH);
        }
    }

    @Test
    void aShimIsTheInterpreterBehindIt() throws IOException {
        program("home/.pyenv/shims/python3");
        Path python = program("home/.pyenv/versions/3.12.1/bin/python");
        environment.put("PATH", folder.resolve("home/.pyenv/shims").toString());
        assertThat(found().python()).endsWith(Path.of("shims/python3"));
        file("home/.pyenv/version", "3.12.1\n");
        assertFound(python, Reason.PATH);
    }

    @Test
    void condasEnvironmentOfTheNameInTheFile() throws IOException {
        file("repo/environment.yml", "channels: [x]\nname: \"shop\" # ours\ndependencies: []\n");
        assertThat(found().why()).isEqualTo(Reason.PATH);
        Path usual = program("home/miniforge3/envs/shop/bin/python");
        assertFound(usual, Reason.CONDA_FILE);
        Path written = program("elsewhere/shop/bin/python");
        file(
                "home/.conda/environments.txt",
                folder + "/gone/shop\n" + folder + "/elsewhere/shop\n");
        assertFound(written, Reason.CONDA_FILE);
        Files.createDirectories(folder.resolve("repo/dvt/.conda/conda-meta"));
        assertFound(program("repo/dvt/.conda/bin/python"), Reason.PROJECT);
    }

    @Test
    void theEditorsInterpreterCountsBeforeTheProjectsIfItIsAnEnvironment() throws IOException {
        Path machines = program("usr/bin/python3");
        Path own = venv("repo/.venv");
        Path other = venv("other");
        assertThat(found(offered(other)).why()).isEqualTo(Reason.EDITOR);
        assertThat(found(offered(folder.resolve("other"))).python()).isEqualTo(other);
        assertThat(found(offered(machines)).python()).isEqualTo(own);
        Files.delete(own);
        assertThat(found(offered(machines)).python()).isEqualTo(machines);
        Path made = venv("repo/dvt/.dvt/venv");
        assertThat(found(offered(machines)).python()).isEqualTo(made);
        Path named = program("named/python");
        assertThat(found(new InterpreterChoice(Optional.of(named), Optional.of(other))).why())
                .isEqualTo(Reason.CHOSEN);
    }

    private static InterpreterChoice offered(Path path) {
        return new InterpreterChoice(Optional.empty(), Optional.of(path));
    }

    @Test
    void allThatCanBeChosenOnceEach() throws IOException {
        Path own = venv("repo/.venv");
        Path conda = program("home/miniconda3/envs/other/bin/python");
        Path pyenv = program("home/.pyenv/versions/3.12.1/bin/python");
        Path tooOld = program("home/.pyenv/versions/3.6.15/bin/python");
        Files.writeString(tooOld.resolveSibling("../pyvenv.cfg"), "version = 3.6.15\n");
        Path versioned = program("bin/python3.13");
        Machine machine = new Machine(Map.copyOf(environment), "linux", "amd64");
        assertThat(Interpreter.all(project, InterpreterChoice.of(Optional.of(own)), machine))
                .extracting(Interpreter::python, Interpreter::why)
                .containsExactly(
                        tuple(own, Reason.CHOSEN),
                        tuple(folder.resolve("bin/python3"), Reason.PATH),
                        tuple(conda, Reason.THERE),
                        tuple(pyenv, Reason.THERE),
                        tuple(versioned, Reason.THERE));
    }
}
