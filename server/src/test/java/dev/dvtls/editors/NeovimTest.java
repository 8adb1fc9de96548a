package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neovim, configured as docs/editors/neovim.md says, in a project of its own. */
@Tag("editor")
class NeovimTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void checksCompletesNavigatesAndRuns(Neovim neovim) throws Exception {
        Workspace project =
                Workspace.of(
                        """
                        //- profiles.yml
                        shop:
                          target: dev
                          outputs:
                            dev: {type: duckdb, path: dev.duckdb}
                        //- models/stg_customers.py
                        def model(dbt, session):
                            return session.sql("select 1 as id, 'Ann' as name")
                        //- models/report.py
                        def model(dbt, session):
                            dbt.config(materialized="table")
                            return dbt.ref("stg_custmers")
                        //- models/broken.py
                        def model(dbt, session):
                            return 1 / 0
                        """);
        // Handed on as they are; named here for a clear word when they are missing.
        assertThat(TestTools.tools().sling()).exists();
        assertThat(TestTools.venv()).exists();
        assertThat(neovim.run(project.root(), "session.lua", folder))
                .containsExactly(
                        "ok diagnostics",
                        "ok completion",
                        "ok completion inserts",
                        "ok diagnostics cleared",
                        "ok code lenses",
                        "ok run with upstream",
                        "ok definition",
                        "ok a run that fails",
                        "ok the failing line",
                        "ok the failing line, edited",
                        "ok session");
        try (var connection =
                        DriverManager.getConnection("jdbc:duckdb:" + project.path("dev.duckdb"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name from report")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Ann");
        }
    }
}
