package dev.dvtls.run.env;

import java.nio.file.Path;

/**
 * What mends something that is missing or wrong.
 *
 * @param argument the package, or the file; empty where there is nothing to say
 */
public record Fix(Kind kind, String title, String argument) {
    /** Ways to mend something. */
    public enum Kind {
        /** {@code env create}, or {@code dvt.createEnvironment}. */
        CREATE_ENVIRONMENT,
        INSTALL_PACKAGE,
        INSTALL_PYTHON,
        CHOOSE_INTERPRETER,
        OPEN_FILE
    }

    public static final Fix CREATE = new Fix(Kind.CREATE_ENVIRONMENT, "Create Environment", "");
    public static final Fix CHOOSE = new Fix(Kind.CHOOSE_INTERPRETER, "Choose Interpreter", "");
    public static final Fix PYTHON = new Fix(Kind.INSTALL_PYTHON, "How to Install Python", "");

    public static Fix install(String name) {
        return new Fix(Kind.INSTALL_PACKAGE, "Install " + name, name);
    }

    public static Fix open(Path file) {
        return new Fix(Kind.OPEN_FILE, "Open " + file.getFileName(), file.toString());
    }

    /** For a package that an interpreter lacks. */
    public static Fix forMissing(String name, Interpreter interpreter) {
        return interpreter.givesWay()
                ? CREATE
                : interpreter.isOfEnvironment() ? install(name) : CHOOSE;
    }

    /** For an interpreter that does not start, or is too old or too new. */
    public static Fix forWrong(Interpreter interpreter) {
        return interpreter.why() == Interpreter.Reason.MADE ? CREATE : CHOOSE;
    }
}
