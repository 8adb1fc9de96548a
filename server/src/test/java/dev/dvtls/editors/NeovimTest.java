package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Neovim, configured as docs/editors/neovim.md says, in a project of its own. */
@Tag("editor")
class NeovimTest {
    private static final Path DOCUMENT = Path.of("../docs/editors/neovim.md");
    private static final Path SESSION = Path.of("src/test/nvim/session.lua");

    @TempDir Path folder;

    @Test
    void checksCompletesNavigatesAndRuns() throws Exception {
        Workspace project =
                Workspace.of(
                        """
                        //- profiles.yml
                        shop:
                          target: dev
                          outputs:
                            dev: {type: duckdb, path: dev.duckdb}
                        //- models/stg_customers.py
                        def model(dbt, session):
                            return session.sql("select 1 as id, 'Ann' as name")
                        //- models/report.py
                        def model(dbt, session):
                            dbt.config(materialized="table")
                            return dbt.ref("stg_custmers")
                        //- models/broken.py
                        def model(dbt, session):
                            return 1 / 0
                        """);
        Path results = folder.resolve("results.txt");
        Path output = folder.resolve("nvim.txt");
        ProcessBuilder neovim =
                new ProcessBuilder(
                                "nvim",
                                "--headless",
                                "-u",
                                configuration().toString(),
                                "-c",
                                "luafile " + SESSION.toAbsolutePath().normalize())
                        .directory(project.root().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        neovim.environment().put("PATH", program() + ":" + System.getenv("PATH"));
        neovim.environment().put("DVT_RESULTS", results.toString());
        // Handed on as they are; named here for a clear word when they are missing.
        assertThat(TestTools.tools().sling()).exists();
        assertThat(TestTools.venv()).exists();
        neovim.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        neovim.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        neovim.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        run(neovim, output);
        assertThat(Files.readAllLines(results))
                .as(Files.readString(output))
                .containsExactly(
                        "ok diagnostics",
                        "ok completion",
                        "ok completion inserts",
                        "ok diagnostics cleared",
                        "ok code lenses",
                        "ok run with upstream",
                        "ok definition",
                        "ok a run that fails",
                        "ok the failing line",
                        "ok the failing line, edited",
                        "ok session");
        try (var connection =
                        DriverManager.getConnection("jdbc:duckdb:" + project.path("dev.duckdb"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name from report")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Ann");
        }
    }

    private static void run(ProcessBuilder builder, Path output) throws Exception {
        Process neovim;
        try {
            neovim = builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "Neovim (nvim) is not installed: apt-get install -y neovim", e);
        }
        try {
            assertThat(neovim.waitFor(5, TimeUnit.MINUTES))
                    .as(() -> "Neovim did not end: " + text(output))
                    .isTrue();
        } finally {
            List<ProcessHandle> children = neovim.descendants().toList();
            neovim.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The document's one block of Lua, as a configuration file. */
    private Path configuration() throws IOException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf("```lua\n") + "```lua\n".length();
        String lua = document.substring(start, document.indexOf("```", start));
        return Files.writeString(folder.resolve("init.lua"), lua);
    }

    /** A folder with a program named dvt-ls: the classes under test. */
    private Path program() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = bin.resolve("dvt-ls");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -cp '"
                        + System.getProperty("java.class.path")
                        + "' dev.dvtls.cli.Main \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + script + " executable");
        }
        return bin;
    }
}
