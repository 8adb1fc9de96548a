package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The mark of an environment that is being made. It lies beside the folder, for venv empties that;
 * where it was left, the making was cut off, and nothing is taken from the folder.
 */
final class Unfinished {
    private Unfinished() {}

    static boolean is(Path folder) {
        return Files.exists(mark(folder));
    }

    static void begin(Path folder) throws IOException {
        Files.writeString(mark(folder), "");
    }

    static void end(Path folder) throws IOException {
        Files.deleteIfExists(mark(folder));
    }

    private static Path mark(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".unfinished");
    }
}
