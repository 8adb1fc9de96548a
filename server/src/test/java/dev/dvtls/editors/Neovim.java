package dev.dvtls.editors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Neovim, configured as docs/editors/neovim.md says. */
enum Neovim {
    /** The oldest that the page names, and Debian's. */
    OLD,
    /** One whose client asks for problems and edits snippets itself; PyPI has it as a wheel. */
    NEW;

    /**
     * Runs a script in a project.
     *
     * @param script below {@code src/test/nvim}
     * @param folder an empty one, for everything but the project
     * @return the lines that it wrote
     */
    List<String> run(Path project, String script, Path folder) throws Exception {
        assumeTrue(
                this == OLD || System.getProperty("os.arch").equals("amd64"),
                "PyPI has that wheel for x86-64 alone");
        Path configuration =
                Files.writeString(folder.resolve("init.lua"), Editor.block("neovim.md", "lua"));
        return Editor.run(
                List.of(
                        this == OLD
                                ? "nvim"
                                : TestTools.testPython().resolveSibling("nvim").toString(),
                        "--headless",
                        "-u",
                        configuration.toString(),
                        "-c",
                        "luafile " + Editor.script("nvim/" + script),
                        "-c",
                        "qall!"),
                Map.of(
                        "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                        "XDG_DATA_HOME", folder.resolve("data").toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "XDG_CACHE_HOME", folder.resolve("cache").toString()),
                project,
                folder);
    }
}
