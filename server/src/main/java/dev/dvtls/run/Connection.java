package dev.dvtls.run;

import java.util.Map;

/**
 * A rendered output of the profile, ready to use.
 *
 * @param name of the output
 * @param type {@code duckdb}, {@code postgres}, ...
 * @param fields dbt-style, {@code {{ }}} rendered
 */
public record Connection(String name, String type, Map<String, Object> fields) {
    /** The schema that models land in, when a profile names none the type's usual one. */
    public String defaultSchema() {
        Object schema = fields.get("schema");
        return schema != null ? schema.toString() : type.equals("postgres") ? "public" : "main";
    }

    @Override
    public String toString() {
        return "Connection[" + name + ", " + type + "]"; // fields hold passwords
    }
}
