package dev.dvtls.run.env;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Installs a package into the Python that a project's models run in: only on the user's word, and
 * never into the machine's own Python.
 */
public final class PackageInstall {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Path projectDir;
    private final Machine machine;
    private final Optional<Path> chosen;
    private final Cancellation cancellation;

    /**
     * @param chosen interpreter, by the user or the editor
     */
    public PackageInstall(
            Path projectDir, Machine machine, Optional<Path> chosen, Cancellation cancellation) {
        this.projectDir = projectDir;
        this.machine = machine;
        this.chosen = chosen;
        this.cancellation = cancellation;
    }

    /**
     * @param name of the package, extras with it; nothing that pip would take for an option
     * @param progress a line a stage
     * @return the interpreter that has it now
     */
    public Path run(String name, Consumer<String> progress)
            throws EnvironmentException, InterruptedException {
        Path python = python(name);
        progress.accept("into " + python);
        try {
            // Isolated: a module of the folder that is called pip is not the one that is meant.
            Program.Outcome outcome =
                    start(
                            List.of(
                                    python.toString(),
                                    "-I",
                                    "-m",
                                    "pip",
                                    "install",
                                    "--quiet",
                                    "--disable-pip-version-check",
                                    "--no-input",
                                    name));
            Optional<Path> uv = machine.onPath("uv");
            if (hasNoPip(outcome) && uv.isPresent()) {
                outcome =
                        start(
                                List.of(
                                        uv.get().toAbsolutePath().toString(),
                                        "pip",
                                        "install",
                                        "--quiet",
                                        "--python",
                                        python.toString(),
                                        name));
            }
            if (!outcome.succeeded()) {
                throw new EnvironmentException(refusal(name, python, outcome));
            }
            return python;
        } catch (IOException e) {
            throw new EnvironmentException(
                    python
                            + " does not start: "
                            + e.getMessage()
                            + ". Choose another interpreter, then install "
                            + name
                            + " again.");
        }
    }

    private Path python(String name) throws EnvironmentException {
        Optional<Interpreter> found = Interpreter.find(projectDir, chosen, machine);
        if (found.isEmpty()) {
            throw new EnvironmentException(
                    chosen.map(path -> "There is no Python at " + path)
                                    .orElse("There is no Python for the models of " + projectDir)
                            + ". Run `dvt-ls env create` or choose another interpreter, then"
                            + " install "
                            + name
                            + " again.");
        }
        if (!found.get().isOfEnvironment()) {
            throw new EnvironmentException(
                    "Models run in this machine's own Python ("
                            + found.get().python()
                            + "), into which nothing is installed for a project. Run `dvt-ls env"
                            + " create` and let models run in what it makes, or choose the"
                            + " interpreter of another environment, then install "
                            + name
                            + " again.");
        }
        return found.get().python().toAbsolutePath();
    }

    private static boolean hasNoPip(Program.Outcome outcome) {
        return !outcome.succeeded() && outcome.err().contains("No module named pip");
    }

    private String refusal(String name, Path python, Program.Outcome outcome) {
        if (hasNoPip(outcome)) {
            return python
                    + " has no pip. Install "
                    + name
                    + " with the tool that made this environment, or run `"
                    + python
                    + " -m ensurepip`, then install it again.";
        }
        String error = Secrets.ofEnvironment(machine.environment()).hide(EnvCreate.error(outcome));
        return name
                + " could not be installed into "
                + python
                + ": "
                + error
                + (outcome.end() == Program.End.CANCELLED
                        ? ""
                        : " Check the package's name and the network or pip's index"
                                + " (PIP_INDEX_URL, a proxy), then install it again.");
    }

    private Program.Outcome start(List<String> command) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(machine.environment());
        environment.remove("PYTHONHOME");
        environment.remove("PYTHONPATH");
        environment.remove("VIRTUAL_ENV");
        Path output = Path.of(System.getProperty("java.io.tmpdir", "."));
        return Program.run(command, environment, home(), output, LIMIT, cancellation);
    }

    /** pip and uv look for files where they are started: not where others may put some. */
    private static Path home() {
        Path home = Path.of(System.getProperty("user.home", "")).toAbsolutePath();
        return Files.isDirectory(home) ? home : Optional.ofNullable(home.getRoot()).orElse(home);
    }
}
