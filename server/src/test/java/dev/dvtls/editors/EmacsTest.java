package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that Eglot can do with the server, by its own commands. */
@Tag("editor")
class EmacsTest {
    @TempDir Path folder;

    @Test
    void doesAllThatEglotCan() throws Exception {
        assertThat(Emacs.run(Shop.write().root(), "session.el", folder))
                .containsExactly(
                        "ok completion",
                        "ok definition",
                        "ok diagnostics",
                        "ok files-from-elsewhere",
                        "ok fix-all",
                        "ok highlight",
                        "ok hover",
                        "ok no-formatting",
                        "ok outline",
                        "ok quick-fix",
                        "ok references",
                        "ok rename-model",
                        "ok rename-source",
                        "ok run",
                        "ok signature",
                        "ok snippet",
                        "ok sql",
                        "ok workspace-symbols",
                        "ok yaml",
                        "ok shutdown");
    }
}
