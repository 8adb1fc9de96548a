package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run over PostgreSQL and a DuckDB file: seed, SQL model, Python model, back again. */
class RunDagPostgresTest {
    @TempDir Path folder;

    @Test
    void fromACsvFileByPostgresIntoDuckDbAndBack() throws Exception {
        Connection pg = Postgres.server().database();
        RunProject project = RunProject.in(folder);
        project.outputs(
                pg,
                new Connection("lake", "duckdb", Map.of("type", "duckdb", "path", "lake.duckdb")));
        project.file("seeds/codes.csv", "id,code\n1,a\n2,b\n3,b\n")
                .file(
                        "models/counted.sql",
                        "{{ config(materialized='table') }} select code, count(*)::int as n from"
                                + " {{ ref('codes') }} group by code")
                .file(
                        "models/only_b.sql",
                        "{{ config(materialized='ephemeral') }} select * from"
                                + " {{ ref('counted') }} where code ~ '^b$'")
                .file(
                        "models/back.sql",
                        "select t.n, c.id from {{ ref('tripled') }} t join {{ ref('codes') }} c"
                                + " using (code)");
        project.model(
                "tripled",
                """
                dbt.config(target="lake")
                frame = dbt.ref("only_b").df()
                frame["n"] = frame["n"] * 3
                return frame
                """);
        project.run().succeeded();
        assertThat(project.rows("lake.duckdb", "select code, n from tripled"))
                .containsExactly("b|6");
        project.model(
                "shown", "print(dbt.ref('back').order('id').fetchall())\nreturn dbt.ref('back')");
        assertThat(project.run("shown").succeeded().output()).containsExactly("[(6, 2), (6, 3)]");
    }
}
