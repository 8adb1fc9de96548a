package dev.dvtls.run.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Python that models run in.
 *
 * @param why it was taken
 * @param version by the files around it; empty: only it could say
 */
public record Interpreter(Path python, Reason why, Optional<PythonVersion> version) {
    /** Where an interpreter is looked for, in this order; the first that exists is used. */
    public enum Reason {
        CHOSEN("it was chosen (--python, or the editor's interpreter)"),
        NAMED("DVT_VENV names its environment"),
        VIRTUAL_ENV("its environment is active (VIRTUAL_ENV)"),
        CONDA("its environment is active (CONDA_PREFIX)"),
        PROJECT("it is the project's own environment"),
        MADE("`dvt-ls env create` made it"),
        PATH("it is the first on PATH");

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
        if (chosen.isPresent()) {
            Path path = chosen.get().toAbsolutePath();
            Path python = Machine.isProgram(path) ? path : machine.python(path);
            return Machine.isProgram(python)
                    ? Optional.of(of(python, Reason.CHOSEN))
                    : Optional.empty();
        }
        Stream<Supplier<Optional<Interpreter>>> places =
                Stream.of(
                        () -> active(machine, "DVT_VENV", Reason.NAMED),
                        () -> active(machine, "VIRTUAL_ENV", Reason.VIRTUAL_ENV),
                        () -> active(machine, "CONDA_PREFIX", Reason.CONDA),
                        () -> at(machine.python(projectDir.resolve(".venv")), Reason.PROJECT),
                        () -> at(machine.python(projectDir.resolve("venv")), Reason.PROJECT),
                        () -> at(machine.python(made(projectDir, machine)), Reason.MADE),
                        () ->
                                machine.onPath("python3", "python")
                                        .map(python -> of(python, Reason.PATH)));
        return places.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    /** The environment that {@code env create} makes: {@code .dvt/venv}, or {@code DVT_VENV}. */
    static Path made(Path projectDir, Machine machine) {
        return machine.path("DVT_VENV")
                .orElseGet(() -> projectDir.resolve(".dvt").resolve("venv"))
                .toAbsolutePath();
    }

    private static Optional<Interpreter> active(Machine machine, String variable, Reason why) {
        return machine.path(variable)
                .flatMap(
                        home ->
                                at(machine.python(home), why)
                                        .or(() -> at(home.resolve("python.exe"), why)));
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
    boolean isOfEnvironment() {
        return prefix(python)
                .filter(
                        home ->
                                Files.isRegularFile(home.resolve("pyvenv.cfg"))
                                        || Files.isDirectory(home.resolve("conda-meta")))
                .isPresent();
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
