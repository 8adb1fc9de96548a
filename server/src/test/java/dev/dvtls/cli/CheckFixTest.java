package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cli.CheckRuns.Ran;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CheckFixTest {
    private static final String WRONG =
            """
            //- models/a.sql
            select 1 as id
            //- models/s.yml
            sources: [{name: raw, tables: [{name: orders}]}]
            //- models/m.py
            def model(session, dbt):
                dbt.config(materialized='view')
                if dbt.is_incremental():
                    return {{ ref('a') }}
                return {{ source('raw', 'orders') }}
            """;

    private static final String MENDED =
            """
            def model(dbt, session):
                dbt.config(materialized='table')
                if dbt.is_incremental:
                    return dbt.ref('a')
                return dbt.source('raw', 'orders')
            """;

    @Test
    void mendsWhatIsSure() {
        Workspace workspace = Workspace.of(WRONG);
        Ran ran = CheckRuns.run(workspace.root(), "--fix");
        assertThat(workspace.text("models/m.py")).isEqualTo(MENDED);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        workspace.path("models/m.py") + ":3: incremental-call: Remove the brackets")
                .contains(":2: unsupported-materialization: Replace with \"table\"")
                .contains(":1: model-signature: Swap")
                .contains(":4: jinja-in-python: Replace with dbt.ref('a')")
                .contains(":5: jinja-in-python: Replace with dbt.source('raw', 'orders')")
                .endsWith("All checks passed: 2 files checked.\n");
        assertThat(CheckRuns.run(workspace.root(), "--fix").out()).startsWith("All checks passed");
    }

    @Test
    void keepsLineEndsMarkAndAstralCharacters() throws IOException {
        Workspace workspace = Workspace.of("//- models/a.sql\nselect 1 as id\n");
        String text =
                "\uFEFFdef model():\r\n\tx = '🎉'; y = {{ ref(\"a\") }}\r\n\treturn y # no end";
        workspace.write("models/m.py", text);
        CheckRuns.run(workspace.root(), "--fix");
        assertThat(Files.readString(workspace.path("models/m.py")))
                .isEqualTo(
                        text.replace("model()", "model(dbt, session)")
                                .replace("{{ ref(\"a\") }}", "dbt.ref(\"a\")"));
    }

    @Test
    void suggestionsAndWhatMakesNewProblemsAreLeft() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/orders.sql
                        select 1 as id
                        //- models/m.py
                        def model(dbt, session):
                            dbt.config(materialized="ephemeral")
                            x = {{ ref('ordrs') }}
                            return dbt.ref("ordrs")
                        """);
        String before = workspace.text("models/m.py");
        Ran ran = CheckRuns.run(workspace.root(), "--fix");
        assertThat(workspace.text("models/m.py")).isEqualTo(before);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).doesNotContain("Fixed ").contains("'orders'?");
    }

    @Test
    void onlyTheNamedFiles() {
        Workspace workspace = Workspace.of(WRONG);
        workspace.write("models/n.py", "def model():\n    return 1\n");
        CheckRuns.run("--fix", workspace.path("models/m.py"));
        assertThat(workspace.text("models/m.py")).isEqualTo(MENDED);
        assertThat(workspace.text("models/n.py")).startsWith("def model():");
    }

    @Test
    void diffWritesNothing() {
        Workspace workspace = Workspace.of(WRONG);
        String before = workspace.text("models/m.py");
        Ran ran = CheckRuns.run(workspace.root(), "--diff");
        assertThat(workspace.text("models/m.py")).isEqualTo(before);
        assertThat(ran.code()).isEqualTo(1);
        String name = workspace.path("models/m.py").toString().substring(1);
        assertThat(ran.out())
                .isEqualTo(
                        """
                        --- a/NAME
                        +++ b/NAME
                        @@ -1,5 +1,5 @@
                        -def model(session, dbt):
                        -    dbt.config(materialized='view')
                        -    if dbt.is_incremental():
                        -        return {{ ref('a') }}
                        -    return {{ source('raw', 'orders') }}
                        +def model(dbt, session):
                        +    dbt.config(materialized='table')
                        +    if dbt.is_incremental:
                        +        return dbt.ref('a')
                        +    return dbt.source('raw', 'orders')
                        """
                                .replace("NAME", name));
    }

    @Test
    void machinesReadTheReportAlone() {
        Workspace workspace = Workspace.of(WRONG);
        Ran ran = CheckRuns.run(workspace.root(), "--fix", "--output-format", "json");
        assertThat(ran.out()).isEqualTo("[]\n");
        assertThat(ran.err()).contains("Fixed ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void permissionsAndLinksStay() throws IOException {
        Workspace workspace = Workspace.of(WRONG);
        Path file = workspace.path("models/m.py");
        Path real = workspace.path("elsewhere.py");
        Files.move(file, real);
        Files.createSymbolicLink(file, real);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-x---"));
        CheckRuns.run(workspace.root(), "--fix");
        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readString(real)).isEqualTo(MENDED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void callsThatContradictThemselves() {
        Workspace workspace = Workspace.of(WRONG);
        assertThat(CheckRuns.run(workspace.root(), "--fix", "--diff").code()).isEqualTo(2);
        assertThat(CheckRuns.run(workspace.root(), "--diff", "--output-format", "json").err())
                .contains("--output-format");
        assertThat(CheckRuns.run(workspace.root(), "--watch", "--output-format", "junit").code())
                .isEqualTo(2);
    }
}
