package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written by mistake is told by a run, and refused where it could lose rows. */
class RunMisspeltTest {
    private static final String QUERY = "return session.sql('select 1 as id')";

    @TempDir Path folder;

    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void aKeyThatCouldLoseTheHistoryIsRefusedAtItsPlace() throws Exception {
        project.model("m", "dbt.config(materialized='incremental')\n" + QUERY);
        project.run().succeeded();
        project.run().succeeded();
        assertThat(project.rows("select * from m")).hasSize(2);
        project.model("m", "dbt.config(materialised='incremental')\n" + QUERY);
        RunProject.Ran ran = project.run();
        assertThat(ran.failure("m").code()).isEqualTo("unknown-config");
        assertThat(ran.failure("m").message())
                .contains("'materialised'", "'m'", "Did you mean 'materialized'?", "history");
        assertThat(ran.failure("m").line()).isEqualTo(2);
        assertThat(ran.failure("m").column()).isEqualTo(16);
        assertThat(ran.of(RunEvent.StageStarted.class)).isEmpty();
        assertThat(project.rows("select * from m")).hasSize(2);
    }

    @Test
    void soIsOneOfASqlModelAndOfProperties() throws Exception {
        project.file("models/s.sql", "{{ config(materialised='incremental') }} select 1 as id");
        project.model("m", QUERY);
        project.file(
                "models/m.yml",
                """
                models:
                  - name: m
                    config: {materialized: incremental, uniqe_key: id}
                """);
        RunProject.Ran ran = project.run();
        assertThat(ran.failure("s").message()).contains("Did you mean 'materialized'?");
        assertThat(ran.failure("s").file()).contains(project.root.resolve("models/s.sql"));
        assertThat(ran.failure("m").message()).contains("Did you mean 'unique_key'?");
    }

    @Test
    void otherDoubtsOfCheckAreWarningsOnce() throws Exception {
        project.model("m", "dbt.config(timeuot=60)\n" + QUERY);
        project.file("models/s.sql", "select 1 as id");
        project.file(
                "models/s.yml",
                """
                models:
                  - name: s
                    config: {databse: x}
                  - name: inc22
                    config: {materialized: incremental}
                  - name: inc2
                """);
        project.model("inc2", QUERY);
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.warnings())
                .hasSize(3)
                .anyMatch(
                        w ->
                                w.startsWith("models/m.py:2:16: The config 'timeuot'")
                                        && w.contains("Did you mean 'timeout'?"))
                .anyMatch(w -> w.contains("'databse' of 's'") && w.contains("'database'"))
                .anyMatch(
                        w ->
                                w.startsWith("models/s.yml:4:11: There is no model 'inc22'")
                                        && w.contains("Did you mean 'inc2'?"));
    }
}
