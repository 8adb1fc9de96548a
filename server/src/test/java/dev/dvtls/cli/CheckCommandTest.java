package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.testing.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CheckCommandTest {
    private static final String BROKEN =
            """
            //- models/stg_orders.sql
            select 1 as id
            //- models/orders.py
            def model(dbt, session):
            \tx = "日本 🎉"; y = dbt.ref("stg_ordrs")
            \treturn y
            //- models/dynamic.py
            def model(dbt, session):
                return dbt.ref(dbt.var("upstream"))
            """;

    private record Ran(int code, String out, String err) {}

    private static Ran run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("check"));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(all.toArray(String[]::new));
        return new Ran(code, out.toString().replace("\r\n", "\n"), err.toString());
    }

    @Test
    void oneSourceWrittenTwiceInOneFileIsReported() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/s.yml
                        sources:
                          - name: q
                            tables: [{name: a}]
                          - name: q
                            tables: [{name: a}]
                        """);
        Ran ran = run("--project-dir", workspace.root());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("duplicate-node").contains("'q.a'");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(20)
    void pipeIsNoModel() throws Exception {
        Workspace workspace = Workspace.of("//- models/a.sql\nselect 1 as id\n");
        Path pipe = workspace.root().resolve("models/pipe.py");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Ran ran = run("--project-dir", workspace.root());
        assertThat(ran.out()).isEqualTo("All checks passed: 1 file checked.\n");
    }

    @Test
    void textShowsTheLineWithItsRange() {
        Workspace workspace = Workspace.of(BROKEN);
        Ran ran = run("--project-dir", workspace.root());
        assertThat(ran.out())
                .isEqualTo(
                        """
                        ROOT/models/dynamic.py:2:20: warning[dynamic-ref]: What ref() reads cannot be \
                        known before the model runs: its argument is not a literal string.
                          |
                        2 |     return dbt.ref(dbt.var("upstream"))
                          |                    ^^^^^^^^^^^^^^^^^^^
                          = help: Write the name as a literal string. Otherwise this upstream is \
                        missing from the DAG, and is extracted only when the model asks for it.

                        ROOT/models/orders.py:2:27: error[DVT120]: ref() target not found: no model, \
                        seed or snapshot is named 'stg_ordrs'. Did you mean 'stg_orders'?
                          |
                        2 |     x = "日本 🎉"; y = dbt.ref("stg_ordrs")
                          |                                 ^^^^^^^^^
                          = help: Check the model name in dbt.ref(). Run dvt-ls list to see available \
                        models.
                          = fix: Replace with 'stg_orders'

                        Found 1 error and 1 warning in 2 files; 3 files checked.
                        """
                                .replace("ROOT", workspace.root().toString().replace('\\', '/')));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void jsonHasPlacesInCodePoints() {
        Workspace workspace = Workspace.of(BROKEN);
        Ran ran = run("--project-dir", workspace.root(), "--output-format", "json");
        JsonArray rows = JsonParser.parseString(ran.out()).getAsJsonArray();
        assertThat(rows).hasSize(2);
        JsonObject row = rows.get(1).getAsJsonObject();
        assertThat(Path.of(row.get("file").getAsString()))
                .isEqualTo(workspace.path("models/orders.py"));
        assertThat(row.get("line").getAsInt()).isEqualTo(2);
        assertThat(row.get("column").getAsInt()).isEqualTo(27);
        assertThat(row.get("endLine").getAsInt()).isEqualTo(2);
        assertThat(row.get("endColumn").getAsInt()).isEqualTo(36);
        assertThat(row.get("code").getAsString()).isEqualTo("DVT120");
        assertThat(row.get("severity").getAsString()).isEqualTo("error");
        assertThat(row.get("message").getAsString()).contains("'stg_ordrs'");
        JsonObject fix = row.get("fixes").getAsJsonArray().get(0).getAsJsonObject();
        assertThat(fix.get("title").getAsString()).isEqualTo("Replace with 'stg_orders'");
        JsonObject edit = fix.get("edits").getAsJsonArray().get(0).getAsJsonObject();
        assertThat(edit.get("column").getAsInt()).isEqualTo(27);
        assertThat(edit.get("newText").getAsString()).isEqualTo("stg_orders");
    }

    @Test
    void nothingWrong() {
        Workspace workspace = Workspace.of("//- models/a.sql\nselect 1 as id\n");
        Ran text = run(workspace.root());
        assertThat(text.out()).isEqualTo("All checks passed: 1 file checked.\n");
        assertThat(text.code()).isZero();
        Ran json = run(workspace.root(), "--output-format", "json");
        assertThat(json.out()).isEqualTo("[]\n");
        assertThat(json.code()).isZero();
    }

    @Test
    void warningsAloneAreNoFailure() {
        Workspace workspace = Workspace.of(BROKEN);
        Ran ran = run(workspace.path("models/dynamic.py"));
        assertThat(ran.out())
                .contains("dynamic-ref")
                .doesNotContain("DVT120")
                .contains("1 file checked");
        assertThat(ran.code()).isZero();
    }

    @Test
    void hintsOnlyWhenAskedFor() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.py
                        def model(dbt, connection):
                            return connection.sql("select 1 as id")
                        """);
        assertThat(run(workspace.root()).out()).startsWith("All checks passed");
        Ran ran = run(workspace.root(), "--hints");
        assertThat(ran.out()).contains("hint[session-name]").contains("Found 1 hint in 1 file");
        assertThat(ran.code()).isZero();
    }

    @Test
    void severalProjectsAtOnce() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: outer
                        //- one/dbt_project.yml
                        name: one
                        //- one/models/a.py
                        def model(dbt, session):
                            return dbt.ref("nope1")
                        //- two/dbt_project.yml
                        name: two
                        //- two/models/a.py
                        def model(dbt, session):
                            return dbt.ref("nope2")
                        """);
        Ran all = run(workspace.root());
        assertThat(all.out()).contains("'nope1'").contains("'nope2'").contains("2 files checked");
        Ran one = run(workspace.path("two"));
        assertThat(one.out()).contains("'nope2'").doesNotContain("'nope1'");
        Ran file = run(workspace.path("one/models/a.py"));
        assertThat(file.out()).contains("'nope1'").doesNotContain("'nope2'");
        Ran named = run("models/a.py", "--project-dir", workspace.path("one"));
        assertThat(named.out()).contains("'nope1'").contains("1 file checked");
    }

    @Test
    void wrongCallsAreUsageErrors() {
        Ran missing = run("/no/such/place");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("There is no file or folder /no/such/place");
        Workspace workspace = Workspace.of("//- x/y.txt\nz\n");
        Ran nowhere = run("--project-dir", workspace.path("x"));
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("There is no dbt_project.yml");
        assertThat(run("--output-format", "xml", workspace.root()).code()).isEqualTo(2);
    }

    @Test
    void aBrokenProjectFileIsShownAndExitsWithTwo() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        models: [
                        //- models/a.py
                        def model(dbt, session):
                            return dbt.ref("nope")
                        """);
        Ran ran = run(workspace.root());
        assertThat(ran.out()).contains("dbt_project.yml").contains("project-error");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void veryLongLinesAreCut() {
        Workspace workspace =
                Workspace.of(
                        "//- models/a.py\ndef model(dbt, session):\n    x = '"
                                + "a".repeat(500)
                                + "'; return dbt.ref('nope')"
                                + "; y = '"
                                + "b".repeat(500)
                                + "'\n");
        Ran ran = run(workspace.root());
        assertThat(ran.out().lines())
                .anySatisfy(
                        l ->
                                assertThat(l)
                                        .startsWith("2 | ...aaa")
                                        .contains("'nope'")
                                        .endsWith("bbb..."))
                .filteredOn(l -> l.startsWith("2 | "))
                .allSatisfy(l -> assertThat(l.length()).isLessThan(230));
    }
}
