package dev.dvtls.editors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Emacs with Eglot, configured as docs/editors/emacs.md says. */
final class Emacs {
    private Emacs() {}

    /**
     * Runs a script in a project, on a terminal, for in batch mode nobody is ever idle.
     *
     * @param script below {@code src/test/emacs}
     * @param folder an empty one, for everything but the project
     * @return the lines that it wrote
     */
    static List<String> run(Path project, String script, Path folder) throws Exception {
        Path init = Files.createDirectories(folder.resolve(".emacs.d")).resolve("init.el");
        Files.writeString(init, Editor.block("emacs.md", "elisp"));
        return Editor.run(
                List.of(
                        "script",
                        "--quiet",
                        "--command",
                        """
                        emacs -nw --eval '(unwind-protect
                            (let (native-comp-deferred-compilation) (load "%s"))
                          (kill-emacs))'
                        """
                                .formatted(Editor.script("emacs/" + script)),
                        "/dev/null"),
                Map.of("HOME", folder.toString(), "TERM", "xterm"),
                project,
                folder);
    }
}
