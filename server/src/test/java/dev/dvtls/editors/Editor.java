package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real editor without a screen. On its {@code PATH} {@code dvt-ls} is the server under test, and
 * its script writes a line for each step to {@code $DVT_RESULTS}.
 */
final class Editor {
    private static final Path PAGES = Path.of("../docs/editors");

    private Editor() {}

    /**
     * Runs an editor until it ends, and sees to it that no server is left behind.
     *
     * @param folder an empty one, for everything but the project
     * @return the lines that its script wrote
     */
    static List<String> run(
            List<String> command, Map<String, String> environment, Path project, Path folder)
            throws Exception {
        Path results = folder.resolve("results.txt");
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PATH", program(folder) + ":" + System.getenv("PATH"));
        builder.environment().put("DVT_RESULTS", results.toString());
        Process editor = start(builder);
        try {
            assertThat(editor.waitFor(2, TimeUnit.MINUTES))
                    .as(() -> "It did not end: " + text(results) + text(output))
                    .isTrue();
        } finally {
            List<ProcessHandle> children = editor.descendants().toList();
            editor.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(results).as(() -> text(output)).exists();
        for (String pid : Files.readAllLines(folder.resolve("servers.txt"))) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(Editor::awaitEnd);
        }
        return Files.readAllLines(results);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "There is no " + builder.command().get(0) + ": ./test installs the editors.",
                    e);
        }
    }

    private static void awaitEnd(ProcessHandle server) {
        assertThat(server.onExit())
                .as("the server ends with its editor")
                .succeedsWithin(10, TimeUnit.SECONDS);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The one block in a language on an editor's page, which users copy. */
    static String block(String page, String language) throws IOException {
        String document = Files.readString(PAGES.resolve(page));
        String fence = "```" + language + "\n";
        int start = document.indexOf(fence) + fence.length();
        return document.substring(start, document.indexOf("```", start));
    }

    /** A script below {@code src/test}. */
    static Path script(String name) {
        return Path.of("src/test").resolve(name).toAbsolutePath().normalize();
    }

    /** A folder with a program named dvt-ls: the classes under test. */
    private static Path program(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = bin.resolve("dvt-ls");
        Files.writeString(
                script,
                """
                #!/bin/sh
                echo $$ >>'%s'
                exec '%s' -cp '%s' dev.dvtls.cli.Main "$@"
                """
                        .formatted(
                                folder.resolve("servers.txt"),
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + script + " executable");
        }
        return bin;
    }
}
