package dev.dvtls.project;

import java.nio.file.Path;
import java.util.Map;

/**
 * A profile of {@code profiles.yml}.
 *
 * @param file where it was read
 * @param target name of the default output
 * @param outputs connections by name; several types in one profile are normal
 */
public record Profile(String name, Path file, String target, Map<String, Output> outputs) {

    /**
     * A connection as written. A value that holds {@code {{ }}} is unknown until a run renders it.
     *
     * @param type {@code duckdb}, {@code postgres}, ...
     * @param fields dbt-style fields, {@code type} included; never shown, logged or cached
     */
    public record Output(String name, String type, Map<String, Object> fields) {
        @Override
        public String toString() {
            return "Output[" + name + ", " + type + "]"; // fields hold passwords
        }
    }
}
