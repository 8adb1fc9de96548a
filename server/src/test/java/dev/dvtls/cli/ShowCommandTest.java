package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {
    @TempDir Path folder;
    private CliProject project;

    @BeforeEach
    void project() throws Exception {
        TestTools.tools(); // says what is missing
        project =
                CliProject.in(folder)
                        .file(
                                "models/numbers.py",
                                """
                                def model(dbt, session):
                                    print("at work")
                                    return session.sql("select range as n from range(7)")
                                """)
                        .file("models/words.sql", "select 'a' as w, null as x")
                        .file("models/broken.sql", "select\n{{ nope }}");
    }

    /** A query inside a database needs one. */
    private void database() throws Exception {
        DriverManager.getConnection("jdbc:duckdb:" + project.root().resolve("dev.duckdb")).close();
    }

    private CliProject.Ran show(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--python";
        all[1] = TestTools.venv().resolve("bin/python").toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return project.run("show", all);
    }

    @Test
    void showsRowsAndSaysHowMany() throws Exception {
        database();
        CliProject.Ran ran = show("--select", "numbers", "--limit", "2");
        assertThat(ran.out()).isEqualTo("n\n-\n0\n1\n");
        assertThat(ran.err()).contains("at work", "numbers: the first 2 rows of 7.");
        assertThat(ran.code()).isZero();
        CliProject.Ran json = show("--select", "words", "--output-format", "json");
        assertThat(json.err()).isEqualTo("words: 1 row.\n");
        assertThat(json.out()).isEqualTo("[{\"w\":\"a\",\"x\":null}]\n");
    }

    @Test
    void showsSeveralOneAfterAnotherAsTextOnly() throws Exception {
        database();
        CliProject.Ran ran = show("--select", "numbers", "words", "--limit", "1");
        assertThat(ran.out())
                .contains("numbers\nn\n-\n0\n\n")
                .contains("words\nw     x\n-  ----\n");
        CliProject.Ran refused = show("--select", "numbers", "words", "--output-format", "csv");
        assertThat(refused.err())
                .contains("The selection has 2 nodes, and csv shows one at a time")
                .doesNotContain("at work");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void aFailureIsToldWithItsPlace() {
        CliProject.Ran ran = show("--select", "broken");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("compile-failed")
                .contains("'nope' is undefined")
                .contains("models/broken.sql:2");
    }

    @Test
    void wrongCalls() {
        assertThat(show().err()).contains("Say which model to show");
        assertThat(show("--select", "numbrs").code()).isEqualTo(2);
        assertThat(show("--select", "numbers", "--limit", "0").err()).contains("1 or more");
    }
}
