package dev.dvtls.run.transfer;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Transfers.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Columns that a database has no type for, and what they become there. Pure. */
public final class Conversions {
    private Conversions() {}

    /**
     * @param columns of a frame, DuckDB's types
     * @return what values become, by column; without those that stay what they are
     */
    public static Map<String, String> of(Connection connection, List<Column> columns) {
        Map<String, String> become = new LinkedHashMap<>();
        String type = Connections.typeOf(connection);
        for (Column column : columns) {
            in(type, DuckType.of(column.type()).family())
                    .ifPresent(what -> become.put(column.name(), what));
        }
        return become;
    }

    private static Optional<String> in(String type, DuckType.Family family) {
        return switch (type) {
            case "postgres" -> nested(family);
            case "mariadb", "mysql", "sqlite" ->
                    family == DuckType.Family.INTERVAL ? Optional.of("text") : nested(family);
            default -> Optional.empty();
        };
    }

    private static Optional<String> nested(DuckType.Family family) {
        return family == DuckType.Family.NESTED ? Optional.of("JSON") : Optional.empty();
    }
}
