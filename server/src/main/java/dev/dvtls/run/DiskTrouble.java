package dev.dvtls.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the system's refusal of a file or a program means, and what to do. Pure. */
final class DiskTrouble {
    private DiskTrouble() {}

    /**
     * Sentences.
     *
     * @param folder that the files are in, named where the refusal names none
     */
    static String explained(IOException refusal, Path folder) {
        String said = String.valueOf(refusal.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (said.startsWith("Cannot run program")) {
            return said
                    + ". That file is no program of this machine: choose another interpreter with"
                    + " --python or in the editor; `dvt-ls doctor` says which is used and why.";
        }
        Path file = file(refusal).orElse(folder);
        if (lower.contains("read-only file system")) {
            return file
                    + " cannot be written: it is on a read-only file system. Runs keep their"
                    + " cache, logs and work in .dvt of the project: copy the project to a place"
                    + " that can be written.";
        }
        if (lower.contains("no space left") || lower.contains("disk quota")) {
            return file + " cannot be written: its disk is full. Free some space and run it again.";
        }
        if (refusal instanceof AccessDeniedException) {
            return file
                    + " may not be read or written by you. Check its owner and rights; .dvt of the"
                    + " project may have been made by another user (sudo?): delete it then.";
        }
        if (refusal instanceof NoSuchFileException) {
            return file + " is gone: something removed it during the run. Run it again.";
        }
        return file + " cannot be used: " + said + ".";
    }

    private static Optional<Path> file(IOException refusal) {
        return refusal instanceof FileSystemException named && named.getFile() != null
                ? Optional.of(Path.of(named.getFile()))
                : Optional.empty();
    }
}
