package dev.dvtls.cli;

/** What the program returns to its caller. */
public final class ExitCode {
    public static final int OK = 0;

    /** A model failed, or a check found errors. */
    public static final int FAILED = 1;

    /** A wrong call, or a project that cannot be used. */
    public static final int USAGE = 2;

    /** Ended by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
