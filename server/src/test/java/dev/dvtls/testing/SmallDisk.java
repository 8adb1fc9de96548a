package dev.dvtls.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, mounted on a folder; only root can. */
public final class SmallDisk {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, saying why, where mounting is impossible. */
    public static SmallDisk on(Path folder, int megabytes) throws Exception {
        String size = "size=" + megabytes + "m";
        String problem = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString());
        Assumptions.assumeTrue(
                problem.isEmpty(),
                "A small disk cannot be mounted here, which needs root: " + problem);
        return new SmallDisk(folder);
    }

    public void readOnly() throws Exception {
        String problem = run("mount", "-o", "remount,ro", folder.toString());
        Assumptions.assumeTrue(problem.isEmpty(), problem);
    }

    public void close() throws Exception {
        String problem = run("umount", "-l", folder.toString());
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return command[0] + " did not end";
        }
        return process.exitValue() == 0 ? "" : command[0] + " failed: " + said.strip();
    }
}
