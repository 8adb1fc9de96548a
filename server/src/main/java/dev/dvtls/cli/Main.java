package dev.dvtls.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code dvt-ls} program. */
@Command(
        name = "dvt-ls",
        description = "Checks, runs and serves DVT projects with Python models.",
        mixinStandardHelpOptions = true)
public final class Main {
    private record Sub(String name, Supplier<Object> command) {}

    private static final List<Sub> SUBCOMMANDS =
            List.of(
                    new Sub("check", CheckCommand::new),
                    new Sub("run", RunCommand::new),
                    new Sub("show", ShowCommand::new),
                    new Sub("fixture", FixtureCommand::new),
                    new Sub("sql", SqlCommand::new),
                    new Sub("list", ListCommand::new),
                    new Sub("docs", DocsCommand::new),
                    new Sub("env", EnvCommand::new),
                    new Sub("clean", CleanCommand::new),
                    new Sub("doctor", DoctorCommand::new),
                    new Sub("lsp", LspCommand::new),
                    new Sub("dev", DevCommand::new));

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out =
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err =
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(commandLine(args).setOut(out).setErr(err).execute(args));
    }

    /**
     * The command line; a command that fails says so on stderr, without a stack trace. Where the
     * first argument names a subcommand, the others are left out: picocli reads their options by
     * reflection, which takes longer than Java's own start.
     */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        List<Sub> named =
                SUBCOMMANDS.stream()
                        .filter(sub -> args.length > 0 && sub.name().equals(args[0]))
                        .toList();
        (named.isEmpty() ? SUBCOMMANDS : named)
                .forEach(sub -> line.addSubcommand(sub.name(), sub.command().get()));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
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
