package dev.dvtls.sql;

/**
 * A column that a query can name.
 *
 * @param type as whoever knows it writes it; empty when not known
 * @param description may be empty
 * @param from the relation that it comes from, for people
 */
public record SqlColumn(String name, String type, String description, String from) {
    SqlColumn named(String other) {
        return new SqlColumn(other, type, description, from);
    }
}
