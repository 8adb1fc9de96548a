package dev.dvtls.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
                .setParameterExceptionHandler(Main::wrongCall)
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> {
                            if (e instanceof CommandFailed failed) {
                                command.getErr().println("error: " + failed.getMessage());
                                return failed.exitCode();
                            }
                            throw e;
                        });
    }

    /** One sentence and where to read on; a bare {@code dvt-ls} shows what there is. */
    private static int wrongCall(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (arguments.length == 0) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        String message =
                String.valueOf(e.getMessage()).replaceFirst("is not an int$", "is no whole number");
        List<String> near =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        command.getErr()
                .println(
                        "error: "
                                + message
                                + (message.endsWith(".") ? "" : ".")
                                + (near.isEmpty()
                                        ? ""
                                        : " Did you mean " + String.join(", ", near) + "?")
                                + " `"
                                + command.getCommandSpec().qualifiedName()
                                + " --help` says what it takes.");
        return ExitCode.USAGE;
    }
}
