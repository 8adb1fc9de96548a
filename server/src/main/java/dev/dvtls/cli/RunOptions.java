package dev.dvtls.cli;

import dev.dvtls.run.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that computes models works on, and with what. A picocli mixin. */
public final class RunOptions {
    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private ProgramOptions programs = new ProgramOptions();

    @Mixin private Vars vars = new Vars();

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "The output of the profile to work on.")
    private Optional<String> target = Optional.empty();

    /**
     * The root of the project.
     *
     * @throws CommandFailed when there is none
     */
    Path root() {
        return project.root();
    }

    /** The selectors; none: all. */
    List<String> select() {
        return selection.select();
    }

    RunRequest request(boolean fullRefresh) {
        return request(fullRefresh, false, Optional.empty(), Optional.empty(), Map.of());
    }

    /** As {@link RunRequest} has it. */
    RunRequest request(
            boolean fullRefresh,
            boolean failFast,
            Optional<Integer> threads,
            Optional<Duration> timeout,
            Map<String, String> environment) {
        return new RunRequest(
                root(),
                select(),
                selection.exclude(),
                target,
                project.profilesDir(),
                fullRefresh,
                failFast,
                threads,
                timeout,
                programs.python(),
                programs.sling(),
                vars.values(),
                environment);
    }
}
