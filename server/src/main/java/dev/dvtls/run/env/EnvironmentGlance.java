package dev.dvtls.run.env;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs of a project would find, told by files alone: nothing is started, so that it may be
 * shown as soon as a folder is opened.
 *
 * @param interpreter that models run in
 * @param problem with it
 * @param missing that runs need; where an interpreter's packages cannot be told, none of them
 * @param choices all interpreters, the one that would be taken in front
 */
public record EnvironmentGlance(
        Optional<Interpreter> interpreter,
        Optional<Missing> problem,
        List<Missing> missing,
        List<Interpreter> choices) {
    /** What nearly every model imports. */
    private static final List<String> PACKAGES = List.of("duckdb", "pandas");

    /**
     * @param name as a user knows it
     * @param text a sentence
     */
    public record Missing(String name, String text, Fix fix) {}

    public static EnvironmentGlance of(Path root, InterpreterChoice choice, Machine machine) {
        Optional<Interpreter> interpreter = Interpreter.find(root, choice, machine);
        List<Missing> missing = new ArrayList<>();
        interpreter.ifPresent(found -> missing.addAll(packages(found, machine)));
        missing.addAll(tools(ToolFinder.find(root, Optional.empty(), machine)));
        return new EnvironmentGlance(
                interpreter,
                interpreter.isPresent()
                        ? interpreter.get().problem().map(text -> wrong(interpreter.get(), text))
                        : Optional.of(none(choice)),
                List.copyOf(missing),
                Interpreter.all(root, choice, machine));
    }

    private static Missing wrong(Interpreter interpreter, String text) {
        return new Missing("Python", text, Fix.forWrong(interpreter));
    }

    static Missing none(InterpreterChoice choice) {
        return choice.named()
                .map(
                        path ->
                                new Missing(
                                        "Python",
                                        "There is no interpreter "
                                                + path
                                                + ", which was chosen. Choose another.",
                                        Fix.CHOOSE))
                .orElseGet(
                        () ->
                                new Missing(
                                        "Python",
                                        "There is no Python on this machine that models could"
                                                + " run in. Install Python "
                                                + PythonVersion.OLDEST
                                                + " or later, then create the environment.",
                                        Fix.PYTHON));
    }

    private static List<Missing> packages(Interpreter interpreter, Machine machine) {
        Optional<SitePackages> known = SitePackages.of(interpreter.python(), machine);
        return PACKAGES.stream()
                .filter(name -> known.isPresent() && !known.get().names().contains(name))
                .map(
                        name ->
                                new Missing(
                                        name.equals("duckdb") ? "DuckDB" : name,
                                        "The package "
                                                + name
                                                + " is not installed for "
                                                + interpreter.python()
                                                + ".",
                                        Fix.forMissing(name, interpreter)))
                .toList();
    }

    private static List<Missing> tools(ToolFinder tools) {
        List<Missing> missing = new ArrayList<>();
        if (tools.sling().isEmpty()) {
            missing.add(
                    new Missing(
                            "Sling",
                            "Sling, which moves rows to and from databases, is neither in "
                                    + tools.folder()
                                    + " nor on PATH.",
                            Fix.CREATE));
        }
        if (tools.duckdb().isEmpty()) {
            missing.add(
                    new Missing(
                            "the DuckDB program",
                            "DuckDB's command line program is neither in "
                                    + tools.folder()
                                    + " nor on PATH.",
                            Fix.CREATE));
        }
        return missing;
    }
}
