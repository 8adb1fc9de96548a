package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureCommandTest {
    @TempDir Path folder;
    private CliProject project;

    @BeforeEach
    void project() throws Exception {
        TestTools.tools(); // says what is missing
        project =
                CliProject.in(folder)
                        .file(
                                "models/s.yml",
                                "sources: [{name: crm, schema: main, tables: [{name: people}]}]")
                        .file(
                                "models/names.py",
                                """
                                def model(dbt, session):
                                    return dbt.source("crm", "people").order("name")
                                """);
        try (var duckdb =
                        DriverManager.getConnection(
                                "jdbc:duckdb:" + project.root().resolve("dev.duckdb"));
                var statement = duckdb.createStatement()) {
            statement.execute("create table people as select 'n' || range as name from range(3)");
        }
    }

    private CliProject.Ran fixture(String... args) {
        return run("fixture", args);
    }

    private CliProject.Ran run(String command, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--python";
        all[1] = TestTools.venv().resolve("bin/python").toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return project.run(command, all);
    }

    @Test
    void savesAndSaysWhatAndHowMuch() throws Exception {
        CliProject.Ran ran = fixture("--select", "names", "orders", "--limit", "2");
        assertThat(ran.err()).isEqualTo("crm.people from dev\n");
        assertThat(ran.out())
                .isEqualTo(
                        """
                        fixtures/names/crm.people.csv: the first 2 rows of 3
                        orders reads nothing: there is nothing to save.
                        """);
        assertThat(ran.code()).isZero();
        assertThat(Files.readString(project.root().resolve("fixtures/names/crm.people.csv")))
                .isEqualTo("\"name\"\n\"n0\"\n\"n1\"\n");
        CliProject.Ran again = fixture("--select", "names");
        assertThat(again.out()).isEqualTo("fixtures/names/crm.people.csv: kept as it is\n");
        assertThat(again.err()).contains("--replace saves them anew");
        CliProject.Ran parquet = fixture("--select", "names", "--format", "parquet", "--replace");
        assertThat(parquet.err()).startsWith("crm.people from the cache, ");
        assertThat(parquet.out()).isEqualTo("fixtures/names/crm.people.parquet: 3 rows\n");
    }

    @Test
    void theModelRunsOnThemWithoutItsDatabase() throws Exception {
        assertThat(fixture("--select", "names", "--limit", "2").code()).isZero();
        Files.delete(project.root().resolve("dev.duckdb"));
        CliProject.Ran ran = run("show", "--fixture", "--select", "names");
        assertThat(ran.err())
                .isEqualTo("crm.people from fixtures/names/crm.people.csv\nnames: 2 rows.\n");
        assertThat(ran.out()).isEqualTo("name\n----\nn0\nn1\n");
        assertThat(project.root().resolve("dev.duckdb")).doesNotExist();
        assertThat(run("show", "--fixture", "--refresh", "--select", "names").err())
                .contains("say one of them");
    }

    @Test
    void aFailureIsAnExitCode() throws Exception {
        project.file("models/lost.sql", "select * from {{ ref('customers') }}");
        CliProject.Ran ran = fixture("--select", "lost");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("'customers' does not exist on 'dev' yet");
    }

    @Test
    void wrongCalls() {
        assertThat(fixture().err()).contains("Say whose upstream to save");
        assertThat(fixture("--select", "names", "--limit", "0").err()).contains("1 or more");
        assertThat(fixture("--select", "source:crm.people").err()).contains("has no model");
    }
}
