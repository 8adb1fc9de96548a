package dev.dvtls.run;

/** Hears what a message has no room for: the whole text of a program that failed, and waits. */
@FunctionalInterface
public interface Transcript {
    /**
     * @param program {@code sling} or {@code duckdb}
     * @param where the connection's name or the database's file; may be empty
     * @param text all that it wrote, without credentials
     */
    void failed(String program, String where, String text);

    /**
     * Something takes long, and why; nothing has failed yet.
     *
     * @param sentence for the user
     */
    default void waits(String sentence) {}

    /** Keeps nothing. */
    static Transcript none() {
        return (program, where, text) -> {};
    }
}
