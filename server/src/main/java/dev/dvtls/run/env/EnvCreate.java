package dev.dvtls.run.env;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.FileLocks;
import dev.dvtls.run.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes what is missing, pinned: the engine's tools, and an environment for the models of a project
 * that has none of its own. A second time it looks at a stamp and is done.
 */
public final class EnvCreate {
    private static final String STAMP = ".installed";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Path projectDir;
    private final Machine machine;
    private final Optional<Path> python;
    private final Cancellation cancellation;
    private final Consumer<String> progress;

    /**
     * @param python to make environments with; empty: the first on PATH
     * @param progress a line a stage
     */
    public EnvCreate(
            Path projectDir,
            Machine machine,
            Optional<Path> python,
            Cancellation cancellation,
            Consumer<String> progress) {
        this.projectDir = projectDir.toAbsolutePath();
        this.machine = machine;
        this.python = python;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** Tools, and the environment where it is wanted. */
    public void run() throws EnvironmentException, InterruptedException {
        tools();
        models();
    }

    /** Sling, the DuckDB program with its httpfs, and a Python with jinja2. */
    public void tools() throws EnvironmentException, InterruptedException {
        List<String> pins =
                Pins.read()
                        .tools(machine)
                        .orElseThrow(
                                () ->
                                        new EnvironmentException(
                                                "There is no Sling to install for "
                                                        + machine.platform()
                                                        + ". Install Sling and DuckDB's command"
                                                        + " line program by hand and name them"
                                                        + " with DVT_SLING and DVT_DUCKDB."));
        Path folder = ToolFinder.folder(projectDir, machine);
        make(
                "Tools (Sling, the DuckDB program, jinja2)",
                folder,
                pins,
                List.of("--no-deps"),
                () -> hasTools(folder),
                () -> arrange(folder));
    }

    /** The project's own environment is left alone; without one, {@code .dvt/venv} is made. */
    public void models() throws EnvironmentException, InterruptedException {
        Path folder = Interpreter.made(projectDir, machine);
        Optional<Interpreter> own =
                Interpreter.find(projectDir, Optional.empty(), machine)
                        .filter(found -> !found.givesWay());
        if (own.isPresent() && machine.path("DVT_VENV").isEmpty()) {
            progress.accept(
                    "Models run in " + own.get().python() + ": " + own.get().why().words() + ".");
            return;
        }
        PythonVersion version = version(base());
        if (!version.isSupported()) {
            throw new EnvironmentException(
                    base()
                            + " is Python "
                            + version
                            + "; models run on "
                            + PythonVersion.OLDEST
                            + " to "
                            + PythonVersion.NEWEST
                            + ". Name another with --python.");
        }
        make(
                "Python environment of the models",
                folder,
                Pins.read().models(version),
                List.of(),
                () -> hasPackages(folder),
                () -> {});
    }

    /** What is left to do once the packages are in. */
    private interface Finish {
        void run() throws IOException, EnvironmentException;
    }

    private void make(
            String what,
            Path folder,
            List<String> pins,
            List<String> options,
            BooleanSupplier isWhole,
            Finish finish)
            throws EnvironmentException, InterruptedException {
        try {
            if (folder.startsWith(projectDir)) {
                DvtFolder.open(projectDir);
            }
            Path parent = Files.createDirectories(Objects.requireNonNull(folder.getParent()));
            Path lock = parent.resolve("." + folder.getFileName() + ".lock");
            FileLocks.Held held = FileLocks.lock(lock);
            try {
                if (isMade(folder, pins) && isWhole.getAsBoolean()) {
                    progress.accept(what + ": up to date in " + folder);
                    return;
                }
                progress.accept(what + ": installing into " + folder);
                venv(folder);
                install(folder, pins, options);
                finish.run();
                Files.writeString(folder.resolve(STAMP), String.join("\n", pins) + "\n");
                Unfinished.end(folder);
                progress.accept(what + ": " + String.join(", ", pins));
            } finally {
                held.close();
            }
        } catch (IOException e) {
            throw new EnvironmentException(folder + " could not be made: " + e.getMessage() + ".");
        }
    }

    private boolean isMade(Path folder, List<String> pins) throws IOException {
        Path stamp = folder.resolve(STAMP);
        return !Unfinished.is(folder)
                && Machine.isProgram(machine.python(folder))
                && Files.isRegularFile(stamp)
                && Files.readAllLines(stamp).equals(pins);
    }

    private boolean hasTools(Path folder) {
        return Machine.isProgram(machine.program(folder, "sling"))
                && Machine.isProgram(machine.program(folder, "duckdb"));
    }

    /** Someone may have taken out what was put in. */
    private boolean hasPackages(Path folder) {
        return SitePackages.of(machine.python(folder), machine)
                .map(SitePackages::names)
                .filter(names -> names.containsAll(List.of("duckdb", "pandas")))
                .isPresent();
    }

    private void venv(Path folder) throws EnvironmentException, InterruptedException, IOException {
        if (!Unfinished.is(folder)
                && Machine.isProgram(machine.python(folder))
                && Files.isRegularFile(folder.resolve("pyvenv.cfg"))) {
            return;
        }
        Path base = base();
        Unfinished.begin(folder);
        Program.Outcome made =
                start(List.of(base.toString(), "-m", "venv", "--clear", folder.toString()), folder);
        if (!made.succeeded()) {
            boolean packaged = (made.out() + made.err()).contains("ensurepip");
            throw new EnvironmentException(
                    base
                            + " could not make a virtual environment"
                            + (packaged
                                    ? ": its module `ensurepip` is missing. On Debian or Ubuntu"
                                            + " run `apt-get install python3-venv`, then this"
                                            + " again."
                                    : ": " + lastLine(made.out() + made.err())));
        }
    }

    private void install(Path folder, List<String> pins, List<String> options)
            throws EnvironmentException, InterruptedException, IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                machine.python(folder).toString(),
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--disable-pip-version-check",
                                "--no-input",
                                "--only-binary=:all:"));
        command.addAll(options);
        command.addAll(pins);
        Program.Outcome installed = start(command, folder);
        if (!installed.succeeded()) {
            throw new EnvironmentException(
                    "pip could not install "
                            + String.join(", ", pins)
                            + ": "
                            + error(installed)
                            + " Check the network or pip's index (PIP_INDEX_URL, a proxy), then"
                            + " run `dvt-ls env create` again; nothing of the project was"
                            + " changed.");
        }
    }

    /** What pip says, as the end of a sentence. */
    static String error(Program.Outcome outcome) {
        return switch (outcome.end()) {
            case CANCELLED -> "it was cancelled.";
            case TIMED_OUT -> "it took longer than " + LIMIT.toMinutes() + " minutes.";
            case EXITED -> {
                List<String> errors =
                        (outcome.out() + "\n" + outcome.err())
                                .lines()
                                .filter(line -> line.startsWith("ERROR:"))
                                .toList();
                yield errors.isEmpty() ? lastLine(outcome.err()) : errors.get(errors.size() - 1);
            }
        };
    }

    private static String lastLine(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it did not say why." : lines.get(lines.size() - 1).strip();
    }

    private Program.Outcome start(List<String> command, Path folder)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(machine.environment());
        environment.remove("PYTHONHOME");
        environment.remove("PYTHONPATH");
        environment.remove("VIRTUAL_ENV");
        return Program.run(
                command,
                environment,
                Objects.requireNonNull(folder.getParent()),
                LIMIT,
                cancellation);
    }

    /** Gives the programs that wheels hide a place and the right to run. */
    private void arrange(Path folder) throws IOException, EnvironmentException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        link(
                find(files, "sling_[a-z0-9_]+/bin/sling[^/]*", "Sling", folder),
                machine.program(folder, "sling"));
        link(
                find(files, "duckdb_cli/duckdb(\\.exe)?", "the DuckDB program", folder),
                machine.program(folder, "duckdb"));
        for (Path extension :
                files.stream()
                        .filter(file -> file.toString().endsWith(".duckdb_extension"))
                        .filter(file -> slashed(file).contains("/extensions/v"))
                        .toList()) {
            String release = Objects.requireNonNull(extension.getParent()).getFileName().toString();
            link(
                    extension,
                    Tools.in(folder)
                            .extensions()
                            .resolve(release)
                            .resolve(duckdbPlatform())
                            .resolve(extension.getFileName().toString()));
        }
    }

    private String duckdbPlatform() {
        return (machine.system().equals("mac") ? "osx" : machine.system())
                + "_"
                + machine.processor();
    }

    private static Path find(List<Path> files, String pattern, String what, Path where)
            throws EnvironmentException {
        return files.stream()
                .filter(file -> slashed(file).matches(".*/site-packages/" + pattern))
                .findFirst()
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "The packages in "
                                                + where
                                                + " hold no program for "
                                                + what
                                                + ". Delete that folder and run `dvt-ls env"
                                                + " create` again."));
    }

    private static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static void link(Path file, Path link) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        Files.createDirectories(Objects.requireNonNull(link.getParent()));
        Path aside = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(aside);
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, aside, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE); // a run may be using the old one
    }

    private Path base() throws EnvironmentException {
        return python.or(this::interpreterOfMachine)
                .map(Path::toAbsolutePath)
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "There is no Python on PATH. Install Python "
                                                + PythonVersion.OLDEST
                                                + " or later, or name one with --python."));
    }

    /** That of the project's {@code .python-version}, if it can be had, else the one of PATH. */
    private Optional<Path> interpreterOfMachine() {
        return new ProjectEnvironments(projectDir, machine)
                .pyenv()
                .map(machine::python)
                .filter(Machine::isProgram)
                .or(() -> machine.onPath("python3", "python"));
    }

    private PythonVersion version(Path base) throws EnvironmentException, InterruptedException {
        Optional<PythonVersion> known = PythonVersion.byFiles(base);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            Path made = Interpreter.made(projectDir, machine);
            Files.createDirectories(Objects.requireNonNull(made.getParent()));
            Program.Outcome said = start(List.of(base.toString(), "--version"), made);
            return PythonVersion.in(said.out() + said.err())
                    .orElseThrow(
                            () ->
                                    new EnvironmentException(
                                            base + " does not say which Python it is."));
        } catch (IOException e) {
            throw new EnvironmentException(base + " does not start: " + e.getMessage());
        }
    }
}
