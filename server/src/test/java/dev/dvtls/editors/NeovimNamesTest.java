package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** References, highlights and a rename over three languages, by Neovim's own client. */
@Tag("editor")
class NeovimNamesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void findsAndRenames(Neovim neovim) throws Exception {
        Workspace project =
                Workspace.of(
                        """
                        //- models/orders.py
                        def model(dbt, session):
                            return session.sql("select 1 as id")
                        //- models/report.py
                        def model(dbt, session):
                            x = dbt.ref("orders")
                            return session.sql("from __model__orders")
                        //- models/last.sql
                        select * {{ ref('orders') }}
                        //- models/models.yml
                        models:
                          - name: orders
                        """);
        assertThat(neovim.run(project.root(), "names.lua", folder))
                .containsExactly(
                        "ok ready",
                        "ok references",
                        "ok highlight",
                        "ok the model's file",
                        "ok session");
        assertThat(project.text("models/report.py"))
                .contains("dbt.ref(\"sales\")", "from __model__sales\"");
        assertThat(project.text("models/last.sql")).isEqualTo("select * {{ ref('sales') }}\n");
        assertThat(project.text("models/models.yml")).contains("- name: sales\n");
        assertThat(project.path("models/orders.py")).doesNotExist();
    }
}
