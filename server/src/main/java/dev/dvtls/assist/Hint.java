package dev.dvtls.assist;

/**
 * A note between the words of a text.
 *
 * @param offset where it stands
 * @param before true when it belongs to what follows
 */
public record Hint(int offset, String label, boolean before, Page tooltip) {}
