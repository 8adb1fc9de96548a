package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine lacks, each with its next step. */
class MachineTroubleTest {
    @TempDir Path folder;
    @TempDir Path elsewhere;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.model("m", "return session.sql('select 1 as id')");
    }

    private Path program(String text) throws Exception {
        Path file = Files.writeString(elsewhere.resolve("python"), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void anInterpreterThatIsNotThere() {
        Path nowhere = elsewhere.resolve("no/python");
        assertThatThrownBy(() -> project.python(nowhere).run())
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("There is no interpreter " + nowhere)
                .hasMessageContaining("--python");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!/bin/sh\nexit 3\n", "#!/bin/sh\necho hello\n", "\u0001\u0002"})
    void anInterpreterThatIsNoPython(String text) throws Exception {
        Path python = program(text);
        RunEvent.Failure failure = project.python(python).run().failure("m");
        assertThat(failure.message())
                .contains(python.toString(), "--python", "dvt-ls doctor")
                .containsPattern("It is no Python|is no program of this machine");
        assertThat(failure.line()).isEqualTo(1);
    }

    @Test
    void anInterpreterWithoutDuckDb() throws Exception {
        Path venv = elsewhere.resolve("venv");
        Process made =
                new ProcessBuilder(
                                TestTools.venv().resolve("bin/python").toString(),
                                "-m",
                                "venv",
                                "--without-pip",
                                venv.toString())
                        .inheritIO()
                        .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Path python = venv.resolve("bin/python");
        RunEvent.Failure failure = project.python(python).run().failure("m");
        assertThat(failure.code()).isEqualTo("python-environment");
        assertThat(failure.message())
                .contains(python + " has no duckdb", python + " -m pip install duckdb==")
                .contains("dvt-ls env create");
    }

    @Test
    void aSlingThatIsNotThere() {
        project.environment("DVT_SLING", elsewhere.resolve("sling").toString());
        assertThatThrownBy(() -> project.run())
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("There is no program at " + elsewhere.resolve("sling"))
                .hasMessageContaining("DVT_SLING");
    }

    @Test
    void toolsThatWereNeverInstalled() {
        project.environment("DVT_TOOLS_DIR", elsewhere.toString());
        project.environment("PATH", elsewhere.toString());
        assertThatThrownBy(() -> project.run())
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("Sling and the DuckDB program are missing")
                .hasMessageContaining("dvt-ls env create");
    }

    @Test
    void aSlingThatIsNoSling() throws Exception {
        project.environment("DVT_SLING", program("#!/bin/sh\necho hello >&2\nexit 3\n").toString());
        project.outputs(
                new Connection(
                        "pg",
                        "postgres",
                        java.util.Map.of(
                                "type",
                                "postgres",
                                "host",
                                "h",
                                "user",
                                "u",
                                "password",
                                "p-word",
                                "dbname",
                                "d")));
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.message()).contains("hello");
        assertThat(List.of(failure.message())).noneMatch(m -> m.contains("p-word"));
    }
}
