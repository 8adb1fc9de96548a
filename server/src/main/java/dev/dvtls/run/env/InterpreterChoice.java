package dev.dvtls.run.env;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was chosen beforehand.
 *
 * @param named by the user, in an option or a setting: no other is taken in its place
 * @param offered by the editor's extension for Python, which uses some interpreter in any case
 */
public record InterpreterChoice(Optional<Path> named, Optional<Path> offered) {
    public static final InterpreterChoice NONE =
            new InterpreterChoice(Optional.empty(), Optional.empty());

    public static InterpreterChoice of(Optional<Path> named) {
        return new InterpreterChoice(named, Optional.empty());
    }
}
