package dev.dvtls.manifest;

import dev.dvtls.text.Span;
import java.nio.file.Path;

/**
 * One place where the name of a node, or of a source, stands.
 *
 * @param span the name alone, inside quotes; for a name that is not {@code exact}, the expression
 *     that gives it
 * @param exact the characters under the span are the name, so that they can be replaced
 */
public record Occurrence(Path file, Span span, Named named, Role role, boolean exact) {

    /** What has the name. */
    public sealed interface Named {}

    /** A model (one version of it), seed, snapshot or table of a source. */
    public record OfNode(String uniqueId) implements Named {}

    /** A source, which stands for all its tables. */
    public record OfSource(String packageName, String source) implements Named {}

    /** How the name comes to stand there. */
    public enum Role {
        /** The file that is the model or seed; the span is its function's name, or empty. */
        FILE,
        /** An entry of a properties file, or the head of a snapshot block. */
        ENTRY,
        /** In a {@code ref()} or {@code source()} of a model. */
        CALL,
        /** A constant or an item of a list that such a call gets the name from. */
        LITERAL,
        /** A table's name in SQL that is given to a session. */
        SQL_STRING,
        /** In a text of a properties file. */
        YAML;

        /** True where the name is given, not used. */
        public boolean isDefinition() {
            return this == FILE || this == ENTRY;
        }
    }
}
