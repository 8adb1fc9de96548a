package dev.dvtls.cli;

/** Ends a command with a message on stderr and an exit code. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * A wrong call or a project that cannot be used: exit code 2.
     *
     * @param message a sentence with the next step
     */
    public static CommandFailed usage(String message) {
        return new CommandFailed(ExitCode.USAGE, message);
    }

    /**
     * What was asked for did not work out: exit code 1.
     *
     * @param message a sentence with the next step
     */
    public static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
