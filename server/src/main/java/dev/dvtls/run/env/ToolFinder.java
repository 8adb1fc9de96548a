package dev.dvtls.run.env;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the engine's programs: what was chosen, a variable, {@code .dvt/tools}, PATH.
 *
 * @param python an interpreter with jinja2: that of the tools folder
 * @param anyPython the one to take where there is no tools folder
 * @param chosenSling what the user named for Sling; nothing else is taken in its place
 */
public record ToolFinder(
        Optional<Found> sling,
        Optional<Found> duckdb,
        Optional<Path> python,
        Path anyPython,
        Path folder,
        Optional<Path> chosenSling) {
    /**
     * @param why half a sentence
     */
    public record Found(Path program, String why) {}

    /**
     * @param sling that the user chose
     */
    public static ToolFinder find(Path projectDir, Optional<Path> sling, Machine machine) {
        Path folder = folder(projectDir, machine);
        Path python = machine.python(folder);
        Optional<Path> variable = machine.path("DVT_SLING");
        Optional<Path> chosen = sling.or(() -> variable);
        String why = sling.isPresent() ? "it was chosen (--sling)" : "DVT_SLING names it";
        return new ToolFinder(
                chosen.isPresent()
                        ? at(chosen, why)
                        : first(
                                Stream.of(
                                        () ->
                                                at(
                                                        Optional.of(
                                                                machine.program(folder, "sling")),
                                                        made(folder)),
                                        () ->
                                                at(
                                                        machine.onPath("sling"),
                                                        "it is the first on PATH"))),
                first(
                        Stream.of(
                                () -> at(machine.path("DVT_DUCKDB"), "DVT_DUCKDB names it"),
                                () ->
                                        at(
                                                Optional.of(machine.program(folder, "duckdb")),
                                                made(folder)),
                                () -> at(machine.onPath("duckdb"), "it is the first on PATH"))),
                Machine.isProgram(python) && !Unfinished.is(folder)
                        ? Optional.of(python)
                        : Optional.empty(),
                machine.onPath("python3").orElse(python),
                folder,
                chosen);
    }

    /** {@code .dvt/tools}, or {@code DVT_TOOLS_DIR}: one folder for many projects. */
    static Path folder(Path projectDir, Machine machine) {
        return machine.path("DVT_TOOLS_DIR")
                .orElseGet(() -> projectDir.resolve(".dvt").resolve("tools"))
                .toAbsolutePath();
    }

    private static String made(Path folder) {
        return "`dvt-ls env create` put it into " + folder;
    }

    /**
     * @throws EnvironmentException naming what is missing
     */
    public Tools require() throws EnvironmentException {
        if (sling.isEmpty() && chosenSling.isPresent()) {
            throw new EnvironmentException(
                    "There is no program at "
                            + chosenSling.get()
                            + ", which was chosen as Sling. Check --sling or DVT_SLING.");
        }
        if (sling.isEmpty() || duckdb.isEmpty()) {
            String missing =
                    sling.isEmpty()
                            ? duckdb.isEmpty() ? "Sling and the DuckDB program are" : "Sling is"
                            : "The DuckDB program is";
            throw new EnvironmentException(
                    missing
                            + " missing (looked in "
                            + folder
                            + " and on PATH). Run `dvt-ls env create`.");
        }
        return new Tools(
                sling.get().program(),
                duckdb.get().program(),
                Tools.in(folder).extensions(),
                python.orElse(anyPython));
    }

    private static Optional<Found> first(Stream<Supplier<Optional<Found>>> places) {
        return places.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Found> at(Optional<Path> program, String why) {
        return program.filter(Machine::isProgram)
                .map(path -> new Found(path.toAbsolutePath(), why));
    }
}
