package dev.dvtls.cli;

import java.io.IOException;

/** Whether somebody watches. */
final class Terminal {
    private Terminal() {}

    /**
     * True when the standard output is a terminal. The shell is asked: Java says something else in
     * each release.
     */
    static boolean isOutput() {
        try {
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
