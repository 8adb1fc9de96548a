package dev.dvtls.run;

import java.util.Optional;

/** A table's full name on a connection. */
public record Relation(Optional<String> database, String schema, String identifier) {
    /** As a user reads it: {@code database.schema.identifier}. */
    public String display() {
        return database.map(d -> d + ".").orElse("") + schema + "." + identifier;
    }
}
