package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds, SQL models and Python models of one project in one run. */
class RunDagTest {
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void everyKindOfNodeInOneRun() throws Exception {
        project.file("seeds/codes.csv", "id,code\n1,a\n2,b\n")
                .file("models/stg.sql", "select id, code from {{ ref('codes') }}")
                .file(
                        "models/picked.sql",
                        "{{ config(materialized='ephemeral') }} select * from {{ ref('stg') }}"
                                + " where id > 1")
                .file(
                        "models/history.sql",
                        """
                        {{ config(materialized='incremental', unique_key='id') }}
                        select id, code, {{ 1 if is_incremental() else 0 }} as later
                        from {{ ref('stg') }}
                        {% if is_incremental() %} where id = 2 {% endif %}
                        """)
                .file(
                        "models/last.sql",
                        "{{ config(materialized='table') }} select p.n, h.later from"
                                + " {{ ref('counted') }} p, {{ ref('history') }} h where h.id = 2");
        project.model(
                "counted",
                """
                picked = dbt.ref("picked").df()
                codes = dbt.ref("codes").df()
                return session.sql(f"select {len(picked)} * 10 + {len(codes)} as n")
                """);
        RunProject.Ran first = project.run().succeeded();
        assertThat(first.extracted("counted")).containsExactly("picked from dev");
        assertThat(first.of(RunEvent.ModelSucceeded.class))
                .extracting(RunEvent.ModelSucceeded::model)
                .containsExactlyInAnyOrder(
                        "seed.shop.codes",
                        "model.shop.stg",
                        "model.shop.history",
                        "model.shop.counted",
                        "model.shop.last");
        assertThat(project.rows("select * from last")).containsExactly("12|0");
        project.run().succeeded();
        assertThat(project.rows("select * from history order by id"))
                .containsExactly("1|a|0", "2|b|1");
        assertThat(project.rows("select * from last")).containsExactly("12|1");
        project.fullRefresh(true).run("history").succeeded();
        assertThat(project.rows("select later from history")).containsExactly("0", "0");
        assertThat(
                        project.rows(
                                "select table_type from information_schema.tables"
                                        + " where table_name = 'stg'"))
                .containsExactly("VIEW");
    }

    @Test
    void whatLivesOnSeveralConnectionsIsComputedOverTheCache() throws Exception {
        project.file("seeds/codes.csv", "id,code\n1,a\n2,b\n")
                .file(
                        "models/on_other.sql",
                        "{{ config(materialized='table', target='other') }} select 2 as id")
                .file(
                        "models/joined.sql",
                        "select c.code from {{ ref('codes') }} c join {{ ref('on_other') }} o"
                                + " using (id)")
                .file(
                        "models/mixed.sql",
                        "{{ config(materialized='ephemeral') }} select c.id + o.id as sum from"
                                + " {{ ref('codes') }} c cross join {{ ref('on_other') }} o");
        project.model(
                "moved",
                """
                dbt.config(target="other")
                return dbt.ref("mixed")
                """);
        RunProject.Ran ran = project.run().succeeded();
        assertThat(project.rows("select * from joined")).containsExactly("b");
        assertThat(ran.warnings())
                .anyMatch(w -> w.contains("not as a view") && w.contains("on_other lives in"));
        assertThat(project.rows("other.duckdb", "select * from moved order by 1"))
                .containsExactly("3", "4");
    }

    @Test
    void modelsThatWaitForNothingAreAtWorkTogether() throws Exception {
        for (String[] pair : new String[][] {{"one", "two"}, {"two", "one"}}) {
            project.model(
                    pair[0],
                    """
                    import os, time
                    open("%s.here", "w").close()
                    end = time.time() + 120
                    while not os.path.exists("%s.here"):
                        if time.time() > end:
                            raise TimeoutError("alone")
                        time.sleep(0.05)
                    return session.sql("select 1 as id")
                    """
                            .formatted(pair[0], pair[1]));
        }
        project.run().succeeded();
    }

    @Test
    void failFastEndsWhatIsAtWork() throws Exception {
        project.model(
                "slow",
                """
                import time
                open("slow.here", "w").close()
                while True:
                    time.sleep(1)
                """);
        project.model(
                "bad",
                """
                import os, time
                while not os.path.exists("slow.here"):
                    time.sleep(0.05)
                return 1 / 0
                """);
        RunProject.Ran ran = project.failFast(true).run();
        assertThat(ran.failure("bad").code()).isEqualTo("DVT126");
        assertThat(ran.of(RunEvent.ModelSkipped.class))
                .containsExactly(new RunEvent.ModelSkipped("model.shop.slow", "model.shop.bad"));
        assertThat(ran.finished().cancelled()).isFalse();
    }

    @Test
    void whatIsDownstreamThroughAnEphemeralModelIsSkipped() throws Exception {
        project.model("bad", "return 1 / 0")
                .file(
                        "models/between.sql",
                        "{{ config(materialized='ephemeral') }} select * from {{ ref('bad') }}")
                .file("models/after.sql", "select * from {{ ref('between') }}")
                .file("models/other.sql", "select 1 as id");
        RunProject.Ran ran = project.run();
        assertThat(ran.of(RunEvent.ModelSkipped.class))
                .containsExactly(new RunEvent.ModelSkipped("model.shop.after", "model.shop.bad"));
        assertThat(ran.finished().succeeded()).isEqualTo(1);
    }

    @Test
    void aWrongOutputIsRefusedBeforeAnythingRuns() throws Exception {
        project.model("good", "return session.sql('select 1 as id')")
                .file("models/lost.sql", "{{ config(target='lake') }} select 1 as id");
        assertThatThrownBy(project::run)
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("The config of 'lost' says target: lake.")
                .hasMessageContaining("it has dev, other");
    }

    @Test
    void anOutputThatNothingCanLoadIsRefusedBeforeTheModelRuns() throws Exception {
        project.outputs(
                new Connection("dev", "carrier", java.util.Map.of("type", "carrier_pigeon")));
        project.model("one", "print('ran')\nreturn session.sql('select 1 as id')");
        RunProject.Ran ran = project.run();
        assertThat(ran.failure("one").message()).contains("carrier_pigeon");
        assertThat(ran.output()).isEmpty();
    }

    @Test
    void configThatIsNotDoneIsNamed() throws Exception {
        project.file(
                "models/hooked.sql",
                "{{ config(materialized='table', post_hook='grant select', contract={'enforced':"
                        + " true}) }} select 1 as id");
        assertThat(project.run().succeeded().warnings())
                .anyMatch(w -> w.contains("`post-hook`"))
                .anyMatch(w -> w.contains("contract of 'hooked'"));
    }

    @Test
    void hooksOfTheProjectAreNamedOnce() throws Exception {
        project.file(
                        "dbt_project.yml",
                        """
                        name: shop
                        profile: shop
                        on-run-start: "create schema if not exists extra"
                        on-run-end: ["grant select", "{{ done() }}"]
                        """)
                .file("models/one.sql", "select 1 as id")
                .file("models/two.sql", "select 1 as id");
        assertThat(project.run().succeeded().warnings())
                .singleElement()
                .asString()
                .contains("`on-run-start` and `on-run-end` of dbt_project.yml");
    }

    @Test
    void errorsOfSqlSayWhatAndWhere() throws Exception {
        project.file("models/typo.sql", "select 1 as id,\n  nope as x")
                .file("models/missing.sql", "select * from {{ ref('unbuilt') }}")
                .file("models/unbuilt.sql", "select 1 as id");
        RunProject.Ran ran = project.run("typo", "missing");
        assertThat(ran.failure("typo").message()).contains("nope").contains("compiled");
        assertThat(ran.failure("missing").message())
                .contains("'unbuilt' does not exist on 'dev' yet")
                .contains("--select +unbuilt");
        assertThat(List.of(ran.failure("missing").code())).containsExactly("upstream-missing");
    }
}
