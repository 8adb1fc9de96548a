package dev.dvtls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the tests' own database servers need: a free port, a folder, an unprivileged user. */
final class OwnServer {
    private OwnServer() {}

    /** Gives the folder to the user that the server runs as. */
    static void handOver(Path folder) throws IOException {
        if (isRoot()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            run(List.of("chown", "-R", "nobody", folder.toString()), Map.of());
        }
    }

    /** By one program: tens of thousands of files take longer than an ending JVM has. */
    static void delete(Path folder) {
        run(List.of("rm", "-rf", folder.toString()), Map.of());
    }

    /** Database servers refuse to run as root. */
    static List<String> unprivileged(String... command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        all.addAll(List.of(command));
        return all;
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The server must not hold our pipe open, so output goes to a file. */
    static String run(List<String> command, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile("dvt-server", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command);
                builder.environment().putAll(environment);
                builder.directory(Path.of("/").toFile());
                builder.redirectErrorStream(true).redirectOutput(out.toFile());
                Process process = builder.start();
                if (!process.waitFor(90, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                String text = Files.readString(out);
                if (process.waitFor() != 0) {
                    throw new AssertionError(command.get(0) + " failed: " + text);
                }
                return text;
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
