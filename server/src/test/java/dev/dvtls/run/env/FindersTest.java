package dev.dvtls.run.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.env.Interpreter.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindersTest {
    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Machine machine() {
        return new Machine(Map.copyOf(environment), "linux", "amd64");
    }

    private Path program(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Reason reason() {
        return Interpreter.find(folder, Optional.empty(), machine())
                .map(Interpreter::why)
                .orElseThrow();
    }

    @Test
    void takesTheFirstInterpreterThatExists() throws IOException {
        environment.put("PATH", folder.resolve("nothing") + ":" + folder.resolve("bin"));
        assertThat(Interpreter.find(folder, Optional.empty(), machine())).isEmpty();
        program("bin/python3");
        assertThat(reason()).isEqualTo(Reason.PATH);
        program(".dvt/venv/bin/python");
        assertThat(reason()).isEqualTo(Reason.MADE);
        program("venv/bin/python");
        assertThat(reason()).isEqualTo(Reason.PROJECT);
        environment.put("CONDA_PREFIX", folder.resolve("conda").toString());
        assertThat(reason()).isEqualTo(Reason.PROJECT); // its environment is not there
        program("conda/bin/python");
        assertThat(reason()).isEqualTo(Reason.CONDA);
        program("active/bin/python");
        environment.put("VIRTUAL_ENV", folder.resolve("active").toString());
        assertThat(reason()).isEqualTo(Reason.VIRTUAL_ENV);
        Path named = program("named/bin/python");
        environment.put("DVT_VENV", folder.resolve("named").toString());
        assertThat(reason()).isEqualTo(Reason.NAMED);
        Path chosen = program("chosen/bin/python");
        assertThat(Interpreter.find(folder, Optional.of(chosen), machine()).orElseThrow().why())
                .isEqualTo(Reason.CHOSEN);
        assertThat(Interpreter.find(folder, Optional.of(named.resolve("not")), machine()))
                .isEmpty();
        assertThat(
                        Interpreter.find(
                                        folder,
                                        Optional.of(folder.resolve("chosen")), // an environment
                                        machine())
                                .orElseThrow()
                                .python())
                .isEqualTo(chosen);
    }

    @Test
    void knowsAnEnvironmentByTheFilesAround() throws IOException {
        program("v/bin/python");
        program("c/bin/python");
        program("w/Scripts/python.exe");
        program("p/python.exe");
        program("own/bin/python");
        Files.writeString(folder.resolve("v/pyvenv.cfg"), "home = /usr\n");
        Files.writeString(folder.resolve("w/pyvenv.cfg"), "home = C:\\Python\n");
        Files.createDirectories(folder.resolve("c/conda-meta"));
        Files.createDirectories(folder.resolve("p/conda-meta"));
        for (String python :
                List.of("v/bin/python", "c/bin/python", "w/Scripts/python.exe", "p/python.exe")) {
            assertThat(isOfEnvironment(python)).as(python).isTrue();
        }
        assertThat(isOfEnvironment("own/bin/python")).isFalse();
    }

    private boolean isOfEnvironment(String python) {
        return Interpreter.find(folder, Optional.of(folder.resolve(python)), machine())
                .orElseThrow()
                .isOfEnvironment();
    }

    @Test
    void takesNothingInPlaceOfAChosenSling() throws IOException {
        program(".dvt/tools/bin/sling");
        Path gone = folder.resolve("gone");
        ToolFinder found = ToolFinder.find(folder, Optional.of(gone), machine());
        assertThat(found.sling()).isEmpty();
        assertThatThrownBy(found::require).hasMessageContaining(gone + ", which was chosen");
        assertThat(ToolFinder.find(folder, Optional.empty(), machine()).sling()).isPresent();
    }

    @Test
    void knowsAVersionByTheFilesAround() throws IOException {
        Path venv = program(".venv/bin/python");
        Files.writeString(folder.resolve(".venv/pyvenv.cfg"), "home = /usr\nversion = 3.8.10\n");
        Interpreter found = Interpreter.find(folder, Optional.of(venv), machine()).orElseThrow();
        assertThat(found.version()).contains(new PythonVersion(3, 8));
        assertThat(found.problem().orElseThrow()).contains("3.8").contains("3.9 to 3.14");
        Path conda = program("c/bin/python");
        Files.createDirectories(folder.resolve("c/conda-meta"));
        Files.writeString(folder.resolve("c/conda-meta/python-3.12.1-h1_0.json"), "{}");
        assertThat(PythonVersion.byFiles(conda)).contains(new PythonVersion(3, 12));
        program("usr/bin/python3.13");
        Files.createSymbolicLink(folder.resolve("usr/bin/python3"), Path.of("python3.13"));
        assertThat(PythonVersion.byFiles(folder.resolve("usr/bin/python3")))
                .contains(new PythonVersion(3, 13));
    }

    @Test
    void takesTheFirstToolThatExists() throws Exception {
        environment.put("PATH", folder.resolve("bin").toString());
        assertThatThrownBy(() -> ToolFinder.find(folder, Optional.empty(), machine()).require())
                .hasMessageContaining("Sling and the DuckDB program are missing")
                .hasMessageContaining("env create");
        Path onPath = program("bin/sling");
        assertThatThrownBy(() -> ToolFinder.find(folder, Optional.empty(), machine()).require())
                .hasMessageContaining("The DuckDB program is missing");
        program("bin/duckdb");
        assertThat(sling()).isEqualTo(onPath);
        Path made = program(".dvt/tools/bin/sling");
        assertThat(sling()).isEqualTo(made);
        Path shared = program("shared/bin/sling");
        environment.put("DVT_TOOLS_DIR", folder.resolve("shared").toString());
        assertThat(sling()).isEqualTo(shared);
        Path named = program("own/sling");
        environment.put("DVT_SLING", named.toString());
        assertThat(sling()).isEqualTo(named);
        Path chosen = program("chosen/sling");
        assertThat(ToolFinder.find(folder, Optional.of(chosen), machine()).require().sling())
                .isEqualTo(chosen);
    }

    private Path sling() throws EnvironmentException {
        return ToolFinder.find(folder, Optional.empty(), machine()).require().sling();
    }

    @Test
    void pinsFitThePythonAndTheMachine() {
        Pins pins = Pins.read();
        assertThat(pins.models(new PythonVersion(3, 14))).contains("duckdb==1.5.6");
        assertThat(pins.models(new PythonVersion(3, 10))).contains("pandas==2.3.3");
        assertThat(pins.models(new PythonVersion(3, 9))).contains("duckdb==1.4.4");
        assertThat(pins.tools(machine()).orElseThrow()).contains("sling-linux-amd64==1.4.11");
        assertThat(pins.tools(new Machine(Map.of(), "windows", "arm64"))).isEmpty();
    }
}
