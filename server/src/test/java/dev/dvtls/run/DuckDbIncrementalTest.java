package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuckDbIncrementalTest extends IncrementalCases {
    @Override
    Connection[] outputs() {
        return new Connection[] {output("dev"), output("other")};
    }

    private Connection output(String name) {
        return new Connection(
                name,
                "duckdb",
                Map.of("type", "duckdb", "path", folder.resolve(name + ".duckdb").toString()));
    }

    @Override
    void exec(Connection output, String sql) throws Exception {
        project.sql(file(output), sql);
    }

    @Override
    List<String> rows(Connection output, String sql) throws Exception {
        return project.rows(file(output), sql);
    }

    private String file(Connection output) {
        return folder.resolve(output.name() + ".duckdb").toString();
    }

    @Override
    String integer() {
        return "INTEGER";
    }

    @Test
    void aFileFromABackupIsReadAgain() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        loads("select 1 as id, 'a' as v");
        Files.copy(folder.resolve("dev.duckdb"), folder.resolve("backup"));
        loads("select 2 as id, 'b' as v");
        Files.delete(folder.resolve("dev.duckdb"));
        Files.move(folder.resolve("backup"), folder.resolve("dev.duckdb"));
        RunProject.Ran ran = run(project, "select 3 as id, 'c' as v", true).succeeded();
        assertThat(ran.output()).containsExactly("later", "1");
        assertThat(ran.extracted("events")).hasSize(1);
    }

    @Test
    void aTableModelMayReadItsPreviousResult() throws Exception {
        project.model("counter", "return session.sql('select 1 as n')");
        project.run("counter").succeeded();
        project.model("counter", "return session.sql('select n + 1 as n from __model__counter')");
        project.run("counter").succeeded();
        project.run("counter").succeeded();
        assertThat(rows(outputs()[0], "select * from counter")).containsExactly("3");
    }
}
