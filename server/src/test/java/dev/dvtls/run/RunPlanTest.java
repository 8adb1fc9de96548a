package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
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
                            //- models/a_last.py
                            def model(dbt, session):
                                return dbt.ref("between")
                            //- models/between.sql
                            select * from {{ ref('z_first') }}
                            //- models/z_first.py
                            def model(dbt, session):
                                dbt.config(materialized="incremental")
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
    void modelsComeAfterWhatTheyDependOnThroughOthersToo() {
        RunPlan plan = RunPlan.of(SHOP, SHOP.nodes());
        assertThat(plan.steps())
                .extracting(step -> step.model().name())
                .containsExactly("z_first", "a_last", "loop_one", "loop_two");
    }

    @Test
    void eachUpstreamIsReadOnceAndItselfIsNone() {
        RunPlan.Step first = RunPlan.of(SHOP, SHOP.nodes()).steps().get(0);
        assertThat(first.readsItself()).isTrue();
        assertThat(first.reads())
                .extracting(read -> RunPlan.name(read.node()))
                .containsExactly("ops.orders", "codes");
        assertThat(first.reads()).noneMatch(RunPlan.Read::fromRun);
    }

    @Test
    void itPrintsWhatItReadsAndWhatItLeavesOut() {
        RunPlan plan =
                RunPlan.of(
                        SHOP,
                        SHOP.nodes().stream().filter(n -> !n.name().startsWith("loop")).toList());
        assertThat(plan.print())
                .isEqualTo(
                        """
                        1. z_first (incremental)
                           reads ops.orders, extracted from 'pg'
                           reads codes, extracted from the target
                           reads its own previous result
                        2. a_last (table)
                           reads between, extracted from the target
                        Not run, because this version runs Python models only: between (SQL model),\
                         codes (seed). Models that read them take their tables as they are on the\
                         target.
                        """);
    }
}
