package dev.dvtls.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Ends a program with everything that it started. */
final class ProcessTree {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private ProcessTree() {}

    /**
     * Ends the process, its descendants, and its process group: children whose parent has died are
     * no descendants any more, but still of the group. The process must lead a group of its own.
     */
    static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        endGroup(process.pid());
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends what is left of the group of a process that is over. */
    static void endGroup(long leader) {
        if (WINDOWS) {
            return; // no groups there; descendants are all there is
        }
        try {
            // The shell's own kill: a minimal system has no program of that name.
            new ProcessBuilder("/bin/sh", "-c", "kill -KILL -- -" + leader)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
