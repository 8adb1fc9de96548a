package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo shop's database travels with it, so that it runs where it is opened. */
class ShopDatabaseTest {
    private static final Path DATA = Path.of("../test-workspaces/shop/data");

    @Test
    void theFileHoldsWhatTheSqlSays() throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = database.createStatement()) {
            sql.execute(Files.readString(DATA.resolve("operations.sql")));
            sql.execute(
                    "attach '%s' as file (read_only)".formatted(DATA.resolve("operations.duckdb")));
            List<String> tables = rows(sql, columns("memory"));
            assertThat(rows(sql, columns("file"))).isNotEmpty().isEqualTo(tables);
            for (String table : List.of("customers", "orders", "order_items", "reviews")) {
                assertThat(rows(sql, "select t::text from file.%s as t".formatted(table)))
                        .isNotEmpty()
                        .isEqualTo(
                                rows(sql, "select t::text from memory.%s as t".formatted(table)));
            }
        }
    }

    private static String columns(String database) {
        return """
        select table_name || '.' || column_name || ' ' || data_type from duckdb_columns()
         where database_name = '%s' order by table_name, column_index
        """
                .formatted(database);
    }

    private static List<String> rows(Statement sql, String query) throws Exception {
        List<String> all = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }
}
