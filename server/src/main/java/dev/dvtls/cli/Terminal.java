package dev.dvtls.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody watches. */
final class Terminal {
    private Terminal() {}

    private static final Path LINUX = Path.of("/proc/self/fd/1");

    /**
     * True when the standard output is a terminal. Linux tells by a link, elsewhere the shell is
     * asked: Java says something else in each release.
     */
    static boolean isOutput() {
        try {
            if (Files.isSymbolicLink(LINUX)) {
                Path file = Files.readSymbolicLink(LINUX);
                return file.startsWith("/dev/pts") || file.toString().startsWith("/dev/tty");
            }
            return new ProcessBuilder("/bin/sh", "-c", "test -t 1").inheritIO().start().waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such shell, as on Windows: plain lines are right everywhere
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
