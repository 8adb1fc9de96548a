package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Neovim, without a screen, configured as docs/editors/neovim.md says. */
final class Neovim {
    private static final Path DOCUMENT = Path.of("../docs/editors/neovim.md");

    private Neovim() {}

    /**
     * Runs a script in a project.
     *
     * @param script below {@code src/test/nvim}; writes its lines to {@code $DVT_RESULTS}
     * @param folder an empty one, for everything but the project
     * @return the lines
     */
    static List<String> run(Path project, String script, Path folder) throws Exception {
        Path results = folder.resolve("results.txt");
        Path output = folder.resolve("nvim.txt");
        Path lua = Path.of("src/test/nvim").resolve(script).toAbsolutePath().normalize();
        ProcessBuilder neovim =
                new ProcessBuilder(
                                "nvim",
                                "--headless",
                                "-u",
                                configuration(folder).toString(),
                                "-c",
                                "luafile " + lua)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        neovim.environment().put("PATH", program(folder) + ":" + System.getenv("PATH"));
        neovim.environment().put("DVT_RESULTS", results.toString());
        neovim.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        neovim.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        neovim.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        run(neovim, output);
        assertThat(results).as(() -> text(output)).exists();
        return Files.readAllLines(results);
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
    private static Path configuration(Path folder) throws IOException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf("```lua\n") + "```lua\n".length();
        String lua = document.substring(start, document.indexOf("```", start));
        return Files.writeString(folder.resolve("init.lua"), lua);
    }

    /** A folder with a program named dvt-ls: the classes under test. */
    private static Path program(Path folder) throws IOException {
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
