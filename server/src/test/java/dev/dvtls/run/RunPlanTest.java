package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run would do, without doing it. */
class RunPlanTest {
    private static final ProjectManifest SHOP =
            Workspace.of(
                            """
                            //- dbt_project.yml
                            name: shop
                            profile: shop
                            //- seeds/codes.csv
                            id
                            //- models/sources.yml
                            sources:
                              - name: ops
                                connection: pg
                                schema: main
                                tables: [{name: orders}]
                            //- snapshots/old.sql
                            {% snapshot old %} select 1 {% endsnapshot %}
                            //- models/a_last.sql
                            {{ config(target='lake') }}
                            select * from {{ ref('between') }}
                            //- models/between.sql
                            {{ config(materialized='ephemeral') }}
                            select * from {{ ref('z_first') }}
                            //- models/mixed.sql
                            select * from {{ source('ops', 'orders') }}, {{ ref('a_last') }}
                            //- models/z_first.py
                            def model(dbt, session):
                                dbt.config(materialized="incremental", target="lake")
                                orders = dbt.source("ops", "orders")
                                again = dbt.source("ops", "orders")
                                codes = dbt.ref("codes")
                                return session.sql("select * from __model__z_first")
                            //- models/loop_one.py
                            def model(dbt, session):
                                return dbt.ref("loop_two")
                            //- models/loop_two.py
                            def model(dbt, session):
                                return dbt.ref("loop_one")
                            """)
                    .manifest();

    @Test
    void modelsComeAfterWhatTheyDependOn() {
        assertThat(plan().steps())
                .extracting(step -> step.node().name())
                .containsExactly("codes", "z_first", "a_last", "mixed", "loop_one", "loop_two");
    }

    @Test
    void aStepWaitsForWhatItsEphemeralUpstreamsWaitFor() {
        assertThat(step("a_last").waitsFor()).containsExactly("model.shop.z_first");
        assertThat(step("z_first").waitsFor()).containsExactly("seed.shop.codes");
    }

    @Test
    void aStepWaitsForOthersThroughWhatIsNotRun() {
        RunPlan plan =
                RunPlan.of(
                        SHOP,
                        SHOP.nodes().stream()
                                .filter(n -> List.of("codes", "a_last").contains(n.name()))
                                .toList(),
                        "dev");
        assertThat(plan.steps().get(1).waitsFor()).containsExactly("seed.shop.codes");
    }

    @Test
    void modelsOfACycleWaitForNothingThatComesLater() {
        assertThat(step("loop_one").waitsFor()).isEmpty();
        assertThat(step("loop_two").waitsFor()).containsExactly("model.shop.loop_one");
    }

    @Test
    void eachUpstreamIsReadOnceAndItselfIsNone() {
        RunPlan.Step first = step("z_first");
        assertThat(first.readsItself()).isTrue();
        assertThat(first.reads())
                .extracting(read -> RunPlan.name(read.node()))
                .containsExactly("ops.orders", "codes");
    }

    @Test
    void sqlRunsInsideWhereAllThatItReadsLives() {
        assertThat(step("a_last").way()).isEqualTo(new RunPlan.Way.Inside());
        assertThat(step("mixed").way())
                .isInstanceOfSatisfying(
                        RunPlan.Way.OverCache.class,
                        over -> assertThat(over.because().output()).isEqualTo("pg"));
    }

    @Test
    void itPrintsWhatIsReadFromWhereAndExecutedWhereAndWhy() {
        RunPlan plan =
                RunPlan.of(
                        SHOP,
                        SHOP.nodes().stream().filter(n -> !n.name().startsWith("loop")).toList(),
                        "dev");
        assertThat(plan.print())
                .isEqualTo(
                        """
                        1. codes (seed)
                           codes.csv, loaded into 'dev'
                        2. z_first (incremental)
                           reads ops.orders, extracted from 'pg'
                           reads codes, from this run
                           reads its own previous result
                           Python process; loaded into 'lake'
                        3. a_last (view)
                           reads z_first through between (ephemeral), from this run
                           SQL inside 'lake', as all that it reads is there
                        4. mixed (view)
                           reads ops.orders, extracted from 'pg'
                           reads a_last, extracted from 'lake' when this run has built it
                           SQL in DuckDB over the cache, as ops.orders is in 'pg'; loaded into\
                         'dev', as a table
                        Not run, because snapshots are not built here: old. Models that read them\
                         take their tables as they are.
                        """);
    }

    private static RunPlan plan() {
        return RunPlan.of(SHOP, SHOP.nodes(), "dev");
    }

    private static RunPlan.Step step(String name) {
        return plan().steps().stream()
                .filter(step -> step.node().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
