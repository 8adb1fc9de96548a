package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import java.util.Collection;
import java.util.stream.Collectors;

/** Quoting as standard SQL, DuckDB and PostgreSQL have it. */
final class Sql {
    private Sql() {}

    static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    static String names(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** Schema and table; the connection says the database. */
    static String table(Relation relation) {
        return name(relation.schema()) + "." + name(relation.identifier());
    }

    static String table(String schema, String identifier) {
        return name(schema) + "." + name(identifier);
    }
}
