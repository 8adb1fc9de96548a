package dev.dvtls.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code dvt-ls} program. */
@Command(
        name = "dvt-ls",
        description = "Checks, runs and serves DVT projects with Python models.",
        subcommands = {
            CheckCommand.class,
            RunCommand.class,
            ShowCommand.class,
            SqlCommand.class,
            ListCommand.class,
            EnvCommand.class,
            CleanCommand.class,
            DoctorCommand.class,
            LspCommand.class,
            DevCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintWriter out =
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err =
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(commandLine().setOut(out).setErr(err).execute(args));
    }

    /** The whole command line; a command that fails says so on stderr, without a stack trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> {
                            if (e instanceof CommandFailed failed) {
                                command.getErr().println("error: " + failed.getMessage());
                                return failed.exitCode();
                            }
                            throw e;
                        });
    }
}
