package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models read only by a macro or by a name that they compute is built before them. */
class RunRevealedTest {
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.file(
                "macros/reads.sql",
                """
                {% macro base() %}select * from {{ ref('z_base') }}{% endmacro %}
                {% macro by(name) %}{{ return(ref(var(name))) }}{% endmacro %}
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aModelWaitsForWhatItsMacrosRead(int threads) throws Exception {
        project.file("models/a_reader.sql", "{{ config(materialized='table') }} {{ base() }}")
                .file("models/b_reader.sql", "select id + 1 as id from {{ ref(var('up')) }}")
                .file(
                        "models/c_hidden.sql",
                        "{{ config(materialized='ephemeral') }} select * from {{ by('up') }}")
                .file("models/d_reader.sql", "select * from {{ ref('c_hidden') }}");
        project.model("z_base", "return session.sql('select 7 as id')");
        project.vars(Map.of("up", "z_base")).threads(threads).run().succeeded();
        assertThat(project.rows("select a.id, b.id, d.id from a_reader a, b_reader b, d_reader d"))
                .containsExactly("7|8|7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aPythonModelWaitsForWhatItComputes(int threads) throws Exception {
        String reader = "return dbt.ref(dbt.config.get('meta')['up'])";
        project.model("z_base", "return session.sql('select 7 as id')")
                .model("y_next", "dbt.config(meta={'up': 'z_base'})\n" + reader)
                .model("a_reader", "dbt.config(meta={'up': 'y_next'})\n" + reader)
                .model("b_reader", "dbt.config(meta={'up': 'z_base'})\n" + reader);
        project.threads(threads).run().succeeded();
        assertThat(project.rows("select * from a_reader")).containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whatAPythonModelComputesAndThatFailsIsNamed(int threads) throws Exception {
        project.model("z_base", "return 1 / 0")
                .model("y_next", "return dbt.ref('z_base')")
                .model("a_reader", "return dbt.ref('y' + '_next'.lower())")
                .file("models/b_after.sql", "select * from {{ ref('a_reader') }}");
        RunProject.Ran ran = project.threads(threads).run();
        assertThat(ran.failure("a_reader").message())
                .contains("reads 'y_next', which this run could not build");
        assertThat(ran.failure("a_reader").line()).isEqualTo(2);
        assertThat(ran.of(RunEvent.ModelSkipped.class))
                .contains(new RunEvent.ModelSkipped("model.shop.b_after", "model.shop.a_reader"));
        assertThat(ran.finished().failed()).isEqualTo(2);
        assertThat(ran.finished().skipped()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aCircleThatOnlyTheRunShowsIsNamed(int threads) throws Exception {
        project.model("one", "return dbt.ref('t' + 'wo'.lower())")
                .file("models/two.sql", "select * from {{ ref('three') }}")
                .model("three", "return dbt.ref('o' + 'ne'.lower())");
        RunProject.Ran ran = project.threads(threads).run();
        assertThat(ran.of(RunEvent.ModelFailed.class))
                .extracting(failed -> failed.failure().message())
                .anyMatch(
                        m ->
                                m.contains("circle")
                                        && m.matches(
                                                "(?s).*(one -> two -> three -> one|three -> one ->"
                                                        + " two -> three).*"));
        assertThat(ran.finished().succeeded()).isZero();
    }

    @Test
    void selectionSeesWhatIsRenderedAndTheDryRunSaysThatItDoesNot() throws Exception {
        project.file("models/a_reader.sql", "{{ base() }}")
                .file("models/other.sql", "select 1 as id");
        project.model("z_base", "return session.sql('select 7 as id')");
        RunProject.Ran ran = project.run("+a_reader").succeeded();
        assertThat(ran.finished().succeeded()).isEqualTo(2);
        assertThat(project.run("z_base+").succeeded().finished().succeeded()).isEqualTo(2);
        try (LocalEngine engine = LocalEngine.create(false)) {
            assertThat(engine.plan(project.request()).print())
                    .contains("Only rendering, at the start of the run, tells")
                    .endsWith("configured: a_reader.\n");
        }
    }

    @Test
    void aCircleThroughMacrosIsNamed() throws Exception {
        project.file("models/z_base.sql", "select * from {{ ref('a_reader') }}")
                .file("models/a_reader.sql", "{{ base() }}");
        assertThat(project.run().failure("a_reader").message())
                .contains("circle: a_reader -> z_base -> a_reader");
    }

    @Test
    void failFastAndCancelEndAModelThatWaits() throws Exception {
        String slow =
                """
                import time
                open("slow.here", "w").close()
                while True:
                    time.sleep(1)
                """;
        project.model("z_slow", slow)
                .model("a_reader", "return dbt.ref('z' + '_slow'.lower())")
                .model(
                        "bad",
                        """
                        import os, time
                        while not os.path.exists("slow.here"):
                            time.sleep(0.05)
                        return 1 / 0
                        """);
        RunProject.Ran ran = project.threads(3).failFast(true).run();
        assertThat(ran.of(RunEvent.ModelSkipped.class))
                .containsExactlyInAnyOrder(
                        new RunEvent.ModelSkipped("model.shop.z_slow", "model.shop.bad"),
                        new RunEvent.ModelSkipped("model.shop.a_reader", "model.shop.bad"));
        Cancellation user = new Cancellation();
        RunProject.Ran cancelled =
                project.threads(2)
                        .failFast(false)
                        .cancellation(user)
                        .watching(
                                event -> {
                                    if (event instanceof RunEvent.StageStarted stage
                                            && stage.detail().equals("waiting for z_slow")) {
                                        user.cancel();
                                    }
                                })
                        .run("a_reader", "z_slow");
        assertThat(cancelled.finished().cancelled()).isTrue();
        assertThat(cancelled.finished().succeeded()).isZero();
    }
}
