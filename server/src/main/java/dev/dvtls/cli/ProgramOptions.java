package dev.dvtls.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which programs a command works with, where they are not to be looked for. A picocli mixin. */
public final class ProgramOptions {
    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The interpreter that models run in.")
    private Optional<Path> python = Optional.empty();

    @Option(names = "--sling", paramLabel = "FILE", description = "The Sling program.")
    private Optional<Path> sling = Optional.empty();

    public Optional<Path> python() {
        return python;
    }

    public Optional<Path> sling() {
        return sling;
    }
}
