package dev.dvtls.run.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCreateTest {
    @TempDir Path project;
    private final List<String> lines = new ArrayList<>();

    private EnvCreate create(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("DVT_TOOLS_DIR");
        environment.remove("DVT_VENV");
        environment.remove("VIRTUAL_ENV");
        environment.putAll(more);
        return new EnvCreate(
                project,
                Machine.here(environment),
                Optional.empty(),
                new Cancellation(),
                lines::add);
    }

    @Test
    @Tag("heavy")
    void makesToolsThatRunAndIsQuickTheSecondTime() throws Exception {
        create(Map.of()).tools();
        Tools tools = Tools.in(project.resolve(".dvt/tools"));
        assertThat(Inspection.version(tools.sling(), project, new Cancellation()))
                .contains("1.4.11");
        assertThat(Inspection.version(tools.duckdb(), project, new Cancellation()).orElseThrow())
                .startsWith("v1.5.5");
        assertThat(tools.extensions().resolve("v1.5.5")).isDirectory();
        assertThat(Files.readString(project.resolve(".dvt/.gitignore"))).isEqualTo("*\n");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(project.resolve(".dvt"))))
                .isEqualTo("rwx------");
        lines.clear();
        create(Map.of()).tools();
        assertThat(lines).singleElement().asString().contains("up to date");
    }

    @Test
    void leavesAProjectsOwnEnvironmentAlone() throws Exception {
        Path python = project.resolve(".venv/bin/python");
        Files.createDirectories(python.getParent());
        Files.writeString(python, "");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        create(Map.of()).models();
        assertThat(lines).singleElement().asString().contains("project's own environment");
        assertThat(project.resolve(".dvt/venv")).doesNotExist();
    }

    @Test
    void saysWhatToDoWithoutPython() {
        assertThatThrownBy(() -> create(Map.of("PATH", project.toString())).tools())
                .hasMessageContaining("no Python on PATH")
                .hasMessageContaining("--python");
    }

    @Test
    void saysWhatToDoWithoutThePackageIndex() {
        Path tools = project.resolve("t");
        assertThatThrownBy(
                        () ->
                                create(
                                                Map.of(
                                                        "DVT_TOOLS_DIR",
                                                        tools.toString(),
                                                        "PIP_INDEX_URL",
                                                        "http://127.0.0.1:9/simple",
                                                        "PIP_RETRIES",
                                                        "0",
                                                        "PIP_NO_CACHE_DIR",
                                                        "1"))
                                        .tools())
                .hasMessageContaining("pip could not install")
                .hasMessageContaining("run `dvt-ls env create` again");
        assertThat(tools.resolve(".installed")).doesNotExist();
    }
}
