package dev.dvtls.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.cache.CachedRelation.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of a SQL text touches nothing but the text. */
class SqlInspectorTest {
    private static final Map<String, List<Column>> TABLES =
            Map.of("known", List.of(new Column("id", "INTEGER")));

    @TempDir Path folder;

    /** With a file that is there, DuckDB would say what is wrong beside it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select k.nope from known k join 'FILE' f on f.id = k.id",
                "select k.nope from known k join read_csv('FILE') f on f.id = k.id",
                "select k.nope from known k, glob('FOLDER/*') g",
            })
    void noFileIsOpened(String sql) throws Exception {
        Path file = Files.writeString(folder.resolve("file.csv"), "id\n1\n");
        String written = sql.replace("FILE", file.toString()).replace("FOLDER", folder.toString());
        try (Connection open = DriverManager.getConnection("jdbc:duckdb:")) {
            open.createStatement().execute("create table known (id integer)");
            assertThatThrownBy(() -> prepare(open, written)).hasMessageContaining("nope");
        }
        try (SqlInspector inspector = SqlInspector.open()) {
            assertThat(inspector.missingColumn("select nope from known", TABLES)).isPresent();
            assertThat(inspector.missingColumn(written, TABLES)).isEmpty();
        }
    }

    private static void prepare(Connection duckdb, String sql) throws SQLException {
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** Neither what writes nor what would let it write later. */
    @Test
    void nothingIsExecuted() throws Exception {
        Path out = folder.resolve("out.csv");
        try (SqlInspector inspector = SqlInspector.open()) {
            for (String sql :
                    List.of(
                            "copy (select 1 as id) to '" + out + "'",
                            "set enable_external_access = true",
                            "attach '" + out + "' as x")) {
                assertThat(inspector.syntax(sql)).as(sql).isEmpty();
                assertThat(inspector.missingColumn(sql, TABLES)).as(sql).isEmpty();
            }
        }
        assertThat(out).doesNotExist();
    }
}
