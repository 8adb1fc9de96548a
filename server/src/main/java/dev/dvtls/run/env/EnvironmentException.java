package dev.dvtls.run.env;

/** Something of the Python environment or the tools is missing; the message says what to do. */
public final class EnvironmentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public EnvironmentException(String message) {
        super(message);
        this.message = message;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return message;
    }
}
