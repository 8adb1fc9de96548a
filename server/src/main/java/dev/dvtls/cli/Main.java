package dev.dvtls.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code dvt-ls} program. */
@Command(
        name = "dvt-ls",
        description = "Checks, runs and serves DVT projects with Python models.",
        subcommands = DevCommand.class,
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
