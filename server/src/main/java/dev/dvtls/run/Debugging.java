package dev.dvtls.run;

/**
 * How a model meets its debugger, both on this machine.
 *
 * @param port of 127.0.0.1; {@link Way#LISTEN}: 0 is any free one
 */
public record Debugging(Way way, int port) {
    /** Who waits for whom. */
    public enum Way {
        /** The model waits for a client of the Debug Adapter Protocol. */
        LISTEN,
        /** A debug adapter of the client's waits for the model. */
        CONNECT
    }

    /** What a socket takes. */
    public static boolean isPort(int number) {
        return number >= 0 && number < 65_536;
    }
}
