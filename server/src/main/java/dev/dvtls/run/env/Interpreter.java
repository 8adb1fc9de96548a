package dev.dvtls.run.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Python that models run in. It is found by files: nothing is started.
 *
 * @param why it was taken
 * @param version by the files around it; empty: only it could say
 */
public record Interpreter(Path python, Reason why, Optional<PythonVersion> version) {
    /** Where an interpreter is looked for, in this order; the first that exists is used. */
    public enum Reason {
        CHOSEN("it was chosen (--python, or the editor's setting)"),
        NAMED("DVT_VENV names its environment"),
        EDITOR("the editor's extension for Python uses it"),
        VIRTUAL_ENV("its environment is active (VIRTUAL_ENV)"),
        CONDA("its environment is active (CONDA_PREFIX)"),
        PROJECT("it is the project's own environment"),
        UV("UV_PROJECT_ENVIRONMENT names its environment"),
        POETRY("poetry keeps this environment for the project"),
        PYENV("the project's .python-version names it (pyenv)"),
        CONDA_FILE("the project's environment.yml names it (conda)"),
        MADE("`dvt-ls env create` made it"),
        PATH("it is the first on PATH"),
        /** Never taken unasked: to choose from. */
        THERE("it is installed on this machine");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Half a sentence. */
        public String words() {
            return words;
        }
    }

    /**
     * @param chosen by the user or the editor
     */
    public static Optional<Interpreter> find(
            Path projectDir, Optional<Path> chosen, Machine machine) {
        return find(projectDir, InterpreterChoice.of(chosen), machine);
    }

    /** The one that models of a project run in. */
    public static Optional<Interpreter> find(
            Path projectDir, InterpreterChoice choice, Machine machine) {
        return choice.named().isPresent()
                ? named(choice.named().get(), machine)
                : found(places(projectDir, choice.offered(), machine)).findFirst();
    }

    /** All that could be chosen for a project, those that would be taken first in front. */
    public static List<Interpreter> all(
            Path projectDir, InterpreterChoice choice, Machine machine) {
        Map<Path, Interpreter> all = new LinkedHashMap<>();
        Stream.of(
                        choice.named().flatMap(path -> named(path, machine)).stream(),
                        found(places(projectDir, choice.offered(), machine)),
                        InstalledPythons.on(machine).stream()
                                .flatMap(python -> at(python, Reason.THERE).stream())
                                .filter(python -> python.problem().isEmpty()))
                .flatMap(part -> part)
                .forEach(one -> all.putIfAbsent(one.python().toAbsolutePath().normalize(), one));
        return List.copyOf(all.values());
    }

    private static Optional<Interpreter> named(Path chosen, Machine machine) {
        Path path = chosen.toAbsolutePath();
        return Machine.isProgram(path)
                ? Optional.of(of(path, Reason.CHOSEN))
                : in(path, machine, Reason.CHOSEN);
    }

    private static Stream<Interpreter> found(Stream<Supplier<Optional<Interpreter>>> places) {
        return places.map(Supplier::get).flatMap(Optional::stream);
    }

    /**
     * Environments before interpreters of the machine: in those, packages are looked for in vain.
     */
    private static Stream<Supplier<Optional<Interpreter>>> places(
            Path projectDir, Optional<Path> offered, Machine machine) {
        ProjectEnvironments tools = new ProjectEnvironments(projectDir, machine);
        return Stream.of(
                () ->
                        machine.path("DVT_VENV")
                                .flatMap(home -> finished(home, machine, Reason.NAMED)),
                () -> editors(offered, machine).filter(Interpreter::isOfEnvironment),
                () -> active(machine, "VIRTUAL_ENV", Reason.VIRTUAL_ENV),
                () -> active(machine, "CONDA_PREFIX", Reason.CONDA),
                () ->
                        tools.own().stream()
                                .flatMap(home -> in(home, machine, Reason.PROJECT).stream())
                                .findFirst(),
                () -> tools.uv().flatMap(home -> in(home, machine, Reason.UV)),
                () -> tools.poetry().flatMap(home -> in(home, machine, Reason.POETRY)),
                () -> pyenv(tools, machine).filter(Interpreter::isOfEnvironment),
                () -> tools.conda().flatMap(home -> in(home, machine, Reason.CONDA_FILE)),
                () -> finished(made(projectDir, machine), machine, Reason.MADE),
                () -> editors(offered, machine),
                () -> pyenv(tools, machine),
                () ->
                        machine.onPath("python3", "python")
                                .map(python -> of(Pyenv.behind(python, machine), Reason.PATH)));
    }

    /** The environment that {@code env create} makes: {@code .dvt/venv}, or {@code DVT_VENV}. */
    static Path made(Path projectDir, Machine machine) {
        return machine.path("DVT_VENV")
                .orElseGet(() -> projectDir.resolve(".dvt").resolve("venv"))
                .toAbsolutePath();
    }

    private static Optional<Interpreter> active(Machine machine, String variable, Reason why) {
        return machine.path(variable).flatMap(home -> in(home, machine, why));
    }

    /** That of an environment which {@code env create} may be making. */
    private static Optional<Interpreter> finished(Path home, Machine machine, Reason why) {
        return Unfinished.is(home) ? Optional.empty() : in(home, machine, why);
    }

    private static Optional<Interpreter> editors(Optional<Path> offered, Machine machine) {
        return offered.map(Path::toAbsolutePath)
                .flatMap(
                        path -> at(path, Reason.EDITOR).or(() -> in(path, machine, Reason.EDITOR)));
    }

    private static Optional<Interpreter> pyenv(ProjectEnvironments tools, Machine machine) {
        return tools.pyenv().flatMap(home -> in(home, machine, Reason.PYENV));
    }

    /** That of an environment, or of an installation; conda on Windows has it in the folder. */
    private static Optional<Interpreter> in(Path home, Machine machine, Reason why) {
        return at(machine.python(home), why).or(() -> at(home.resolve("python.exe"), why));
    }

    private static Optional<Interpreter> at(Path python, Reason why) {
        return Machine.isProgram(python) ? Optional.of(of(python, why)) : Optional.empty();
    }

    /** The folder that an interpreter and its packages lie in. */
    static Optional<Path> prefix(Path python) {
        Optional<Path> folder = Optional.ofNullable(python.toAbsolutePath().getParent());
        return folder.filter(f -> f.endsWith("bin") || f.endsWith("Scripts"))
                .flatMap(f -> Optional.ofNullable(f.getParent()))
                .or(() -> folder);
    }

    /** True in an environment of venv or conda; false for the machine's own Python. */
    public boolean isOfEnvironment() {
        return prefix(python)
                .filter(
                        home ->
                                Files.isRegularFile(home.resolve("pyvenv.cfg"))
                                        || Files.isDirectory(home.resolve("conda-meta")))
                .isPresent();
    }

    /** True where models run in another as soon as {@code env create} has made one. */
    public boolean givesWay() {
        return switch (why) {
            case PATH, THERE, MADE, NAMED -> true;
            case EDITOR, PYENV -> !isOfEnvironment();
            case CHOSEN, VIRTUAL_ENV, CONDA, PROJECT, UV, POETRY, CONDA_FILE -> false;
        };
    }

    private static Interpreter of(Path python, Reason why) {
        return new Interpreter(python, why, PythonVersion.byFiles(python));
    }

    /** What is wrong with the version, as a sentence; empty: nothing, or it is not known. */
    public Optional<String> problem() {
        return version.filter(known -> !known.isSupported())
                .map(
                        known ->
                                python
                                        + " is Python "
                                        + known
                                        + "; models run on "
                                        + PythonVersion.OLDEST
                                        + " to "
                                        + PythonVersion.NEWEST
                                        + ". Choose another with --python.");
    }
}
