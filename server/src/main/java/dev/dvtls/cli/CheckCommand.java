package dev.dvtls.cli;

import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dvt-ls check}: what is wrong with the models of a project, or of several. */
@Command(
        name = "check",
        description = "Checks the models of a project and prints what is wrong, without running.",
        footer = {
            "",
            "Exit code: 0 nothing wrong (warnings count as nothing), 1 errors were found, 2 a wrong"
                    + " call or a project file that cannot be used."
        },
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    /** The screen and what scrolled off it, then home. */
    private static final String CLEAR = "\u001B[2J\u001B[3J\u001B[H";

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "Files or folders to check; a folder may hold several projects. Default: the"
                            + " project of the working directory, or those below it.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--project-dir",
            paramLabel = "DIR",
            description = "Folder of the project, or of several.")
    private @Nullable Path projectDir;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, json, sarif, github (annotations of GitHub Actions) or junit (XML, a"
                            + " test case a file).")
    private CheckFormat format = CheckFormat.TEXT;

    @Option(names = "--hints", description = "Print hints too: remarks on code that works.")
    private boolean hints;

    @Option(
            names = "--fix",
            description =
                    "Mend what has one sure fix, in the files; then check. Suggestions are left to"
                            + " you.")
    private boolean fix;

    @Option(
            names = "--diff",
            description = "Print how --fix would change the files, as a diff. Writes nothing.")
    private boolean diff;

    @Option(
            names = "--watch",
            description = "Check again whenever a file of the project changes, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The interpreter that models run in, to look for their imports in.")
    private @Nullable Path python;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (watch && (diff || format != CheckFormat.TEXT)) {
            throw CommandFailed.usage(
                    "--watch goes with text alone. Leave out "
                            + (diff ? "--diff" : "--output-format")
                            + ".");
        }
        if (diff && (fix || format != CheckFormat.TEXT)) {
            throw CommandFailed.usage(
                    "--diff prints a diff alone. Leave out "
                            + (fix ? "--fix" : "--output-format")
                            + ".");
        }
        CheckedPlaces places = CheckedPlaces.of(paths, Optional.ofNullable(projectDir));
        return watch ? watch(places) : once(places);
    }

    private int once(CheckedPlaces places) throws IOException {
        try (LocalOutside outside =
                LocalOutside.waiting(Optional.ofNullable(python), Machine.here())) {
            return once(places, outside);
        }
    }

    private int once(CheckedPlaces places, Outside outside) {
        CheckResult found = CheckResult.of(places, this::isShown, outside);
        CheckFix fixes = new CheckFix(here(), this::isShown, outside);
        if (diff) {
            print(fixes.diff(found));
            return found.exitCode();
        }
        PrintWriter notes = format == CheckFormat.TEXT ? out() : err();
        if (fix && fixes.write(found, notes) > 0) {
            notes.flush();
            found = CheckResult.of(places, this::isShown, outside);
        }
        print(text(found));
        return found.exitCode();
    }

    private int watch(CheckedPlaces places) throws IOException {
        boolean terminal = Terminal.isOutput();
        try (CheckWatch changes = CheckWatch.of(places.roots())) {
            while (true) {
                if (terminal) {
                    print(CLEAR);
                }
                once(places);
                print("Waiting for a file to change; Ctrl-C ends." + System.lineSeparator());
                changes.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private boolean isShown(Problem problem) {
        return hints || problem.severity() != Severity.HINT;
    }

    private String text(CheckResult found) {
        return switch (format) {
            case TEXT ->
                    new CheckText(here(), Ansi.AUTO.enabled(), found.texts()::get)
                            .of(found.located(), found.files().size());
            case JSON -> CheckJson.of(found.located(), here(), found.texts()::get);
            case SARIF -> CheckSarif.of(found.located(), here(), found.texts()::get);
            case GITHUB -> CheckGithub.of(found.located(), here());
            case JUNIT -> CheckJunit.of(found.located(), found.files(), here());
        };
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private void print(String text) {
        out().print(text);
        out().flush();
    }

    private PrintWriter out() {
        return line().getOut();
    }

    private PrintWriter err() {
        return line().getErr();
    }

    private CommandLine line() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli sets the spec before a call");
        }
        return known.commandLine();
    }
}
