package dev.dvtls.run;

import java.nio.file.Path;

/** A CSV file or a seed's configuration that cannot be loaded; the message is a sentence. */
public final class BadSeed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final String file;
    private final int line;

    /**
     * @param line 1-based; 0: the file as a whole, or its configuration
     */
    public BadSeed(Path file, long line, String message) {
        super(message);
        this.message = message;
        this.file = file.toString();
        this.line = Math.toIntExact(Math.min(line, Integer.MAX_VALUE));
    }

    /** Never null, without the place. */
    @Override
    public String getMessage() {
        return message;
    }

    public Path file() {
        return Path.of(file);
    }

    public int line() {
        return line;
    }
}
