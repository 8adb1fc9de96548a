package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.MariaDb;
import dev.dvtls.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first rows of a SQL model are the first by its own order, whichever database it is in. */
class PreviewOrderTest {
    private static final String ROWS =
            "select 3 as n union all select 1 union all select 5 union all select 2 union all"
                    + " select 4";

    /** By the name that models of it have. */
    private static final Map<String, String> QUERIES =
            Map.of(
                    "plain", "select n from (" + ROWS + ") as t order by n desc -- the end",
                    "with", "with t as (" + ROWS + ") select n from t order by n desc",
                    "union", ROWS + " order by n desc",
                    "own", "select n from (" + ROWS + ") as t order by n desc limit 4");

    @TempDir Path folder;

    @Test
    void isKept() throws Exception {
        Connection maria = MariaDb.server().database();
        Connection postgres = Postgres.server().database();
        RunProject project = RunProject.in(folder);
        project.outputs(
                new Connection("duck", "duckdb", Map.of("type", "duckdb", "path", "dev.duckdb")),
                new Connection("lite", "sqlite", Map.of("type", "sqlite", "path", "out.sqlite")),
                new Connection("maria", maria.type(), maria.fields()),
                new Connection("pg", postgres.type(), postgres.fields()));
        project.sql("dev.duckdb", "select 1");
        Files.createFile(project.root.resolve("out.sqlite")); // an empty database
        List<String> models = new ArrayList<>();
        for (String output : List.of("duck", "lite", "maria", "pg")) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                String name = query.getKey() + "_" + output;
                project.file(
                        "models/" + name + ".sql",
                        "{{ config(target='" + output + "') }}\n" + query.getValue());
                models.add(name);
            }
        }
        List<RunEvent> events = new ArrayList<>();
        try (LocalEngine engine = LocalEngine.create(false)) {
            List<Previewed> shown =
                    engine.preview(
                            project.request(models.toArray(String[]::new)),
                            2,
                            false,
                            events::add,
                            new Cancellation());
            assertThat(shown).as(events.toString()).hasSameSizeAs(models);
            for (Previewed one : shown) {
                assertThat(one.rows().rows().stream().map(row -> row.get(0).orElse("NULL")))
                        .as(one.name())
                        .containsExactly("5", "4");
                assertThat(one.more()).as(one.name()).isTrue();
            }
        }
    }
}
