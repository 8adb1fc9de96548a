package dev.dvtls.run;

/** Where the whole text of a program that failed goes; a message has its one useful line. */
@FunctionalInterface
public interface Transcript {
    /**
     * @param program {@code sling} or {@code duckdb}
     * @param where the connection's name or the database's file; may be empty
     * @param text all that it wrote, without credentials
     */
    void failed(String program, String where, String text);

    /** Keeps nothing. */
    static Transcript none() {
        return (program, where, text) -> {};
    }
}
