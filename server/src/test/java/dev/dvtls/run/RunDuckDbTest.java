package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs into a DuckDB file: what a model may return and read. */
class RunDuckDbTest {
    @TempDir Path folder;

    @Test
    void theFourReturnTypesLand() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model(
                "from_pandas",
                """
                import pandas as pd
                dbt.config(materialized="table")
                return pd.DataFrame({"id": [1, 2, 3], "name": ["Alice", "Bob", None]})
                """);
        project.model(
                "from_polars",
                """
                import polars as pl
                return pl.DataFrame({"id": [4], "name": ["Zoë 🦆"]})
                """);
        project.model(
                "from_arrow",
                """
                import pyarrow as pa
                return pa.table({"id": [5], "name": [""]})
                """);
        project.model("from_duckdb", "return session.sql(\"select 6 as id, 'it''s' as name\")");
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.rows("from_pandas")).isEqualTo(3);
        assertThat(project.rows("select * from from_pandas order by id"))
                .containsExactly("1|Alice", "2|Bob", "3|null");
        assertThat(project.rows("select * from from_polars")).containsExactly("4|Zoë 🦆");
        assertThat(project.rows("select * from from_arrow")).containsExactly("5|");
        assertThat(project.rows("select * from from_duckdb")).containsExactly("6|it's");
    }

    @Test
    void whatTheRunMadeIsReadFromTheCacheInTheOrderOfTheDag() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model(
                "a_report",
                """
                total = dbt.ref("b_orders").df()["amount"].sum()
                return session.sql(f"select {total} as total, count(*) as n from __model__b_orders")
                """);
        project.model("b_orders", "return session.sql('select 2 as amount union all select 3')");
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.of(RunEvent.ModelStarted.class))
                .extracting(RunEvent.ModelStarted::model)
                .containsExactly("model.shop.b_orders", "model.shop.a_report");
        assertThat(ran.extracted("a_report")).isEmpty();
        assertThat(project.rows("select * from a_report")).containsExactly("5|2");
    }

    @Test
    void aTableOnTheTargetIsExtractedAnewEachRun() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file("models/stg_customers.sql", "select 1 as id");
        project.sql("dev.duckdb", "create table stg_customers as select 1 as id, 'a' as name");
        project.model(
                "enriched",
                """
                customers = dbt.ref("stg_customers").df()
                customers["name_upper"] = customers["name"].str.upper()
                return customers
                """);
        RunProject.Ran ran = project.run("enriched").succeeded();
        assertThat(ran.extracted("enriched")).containsExactly("stg_customers from dev");
        assertThat(project.rows("select * from enriched")).containsExactly("1|a|A");
        project.sql("dev.duckdb", "insert into stg_customers values (2, 'b')");
        project.run("enriched").succeeded();
        assertThat(project.rows("select * from enriched order by id"))
                .containsExactly("1|a|A", "2|b|B");
    }

    @Test
    void aSourceOnAnotherConnectionIsRead() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file(
                "models/sources.yml",
                """
                sources:
                  - name: ops
                    connection: other
                    schema: main
                    tables:
                      - name: orders
                """);
        project.sql("other.duckdb", "create table orders as select 7 as id, 9.5 as amount");
        project.model("by_call", "return dbt.source('ops', 'orders').df()");
        project.model("by_sql", "return session.sql('select id from ops__orders')");
        RunProject.Ran ran = project.run().succeeded();
        List<String> extracted = new ArrayList<>(ran.extracted("by_call"));
        extracted.addAll(ran.extracted("by_sql"));
        assertThat(extracted).containsExactly("ops.orders from other"); // once in a run
        assertThat(project.rows("select * from by_call")).containsExactly("7|9.5");
        assertThat(project.rows("select * from by_sql")).containsExactly("7");
    }

    @Test
    void anUpstreamThatIsNotThereYetIsNamedWithWhatBuildsIt() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("first", "return session.sql('select 1 as id')");
        project.model("second", "return dbt.ref('first')");
        RunEvent.Failure failure = project.run("second").failure("second");
        assertThat(failure.code()).isEqualTo("upstream-missing");
        assertThat(failure.message())
                .contains("'first' does not exist on 'dev' yet")
                .contains("dvt-ls run --select +first");
        project.run("+second").succeeded();
        assertThat(project.rows("select * from second")).containsExactly("1");
    }

    @Test
    void whatOnlyTheRunKnowsIsExtractedOnDemand() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("numbers", "return session.sql('select 42 as n')");
        project.run("numbers").succeeded();
        project.model("reader", "return dbt.ref(''.join(['num', 'bers'])).df()");
        RunProject.Ran ran = project.run("reader").succeeded();
        assertThat(ran.extracted("reader")).containsExactly("numbers from dev");
        assertThat(project.rows("select * from reader")).containsExactly("42");
    }

    @Test
    void theProjectIsTheWorkingDirectoryAndItsEnvironmentIsRead() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file("data/x.csv", "id\n11\n");
        project.file("helper_code.py", "def twice(n):\n    return 2 * n\n");
        project.file(".env", "FROM_FILE='a b'\nBOTH=file\n");
        project.environment("BOTH", "request");
        project.model(
                "here",
                """
                import os
                import pandas as pd
                import helper_code
                print("hello from", dbt.this.identifier)
                frame = pd.read_csv("data/x.csv")
                frame["twice"] = frame["id"].map(helper_code.twice)
                frame["env"] = os.environ["FROM_FILE"] + os.environ["BOTH"]
                frame["who"] = dbt.var("who", "default")
                frame["this"] = str(dbt.this)
                return frame
                """);
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.output()).contains("hello from here");
        assertThat(project.rows("select id, twice, env, who from here"))
                .containsExactly("11|22|a brequest|project");
        assertThat(project.rows("select this from here").get(0)).contains("here");
        try (Stream<Path> files = Files.walk(project.root)) {
            assertThat(files.filter(f -> !f.startsWith(project.root.resolve(".dvt"))))
                    .noneMatch(f -> f.endsWith("__pycache__"));
        }
        try (Stream<Path> files = Files.walk(project.root.resolve(".dvt/worker"))) {
            assertThat(files)
                    .as("the worker is compiled once")
                    .anyMatch(f -> f.toString().endsWith(".pyc"));
        }
    }

    @Test
    void aProfileIsRenderedWithTheUsersEnvironment() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file(
                "profiles.yml",
                """
                shop:
                  target: "{{ env_var('RUN_TARGET', 'dev') }}"
                  outputs:
                    dev:
                      type: duckdb
                      path: "{{ env_var('WAREHOUSE') }}.duckdb"
                    unused:
                      type: postgres
                      password: "{{ env_var('NOT_SET_ANYWHERE') }}"
                """);
        project.environment("WAREHOUSE", "rendered");
        project.model("one", "return session.sql('select 1 as id')");
        project.run().succeeded();
        assertThat(project.rows("rendered.duckdb", "select * from one")).containsExactly("1");
        project.target("unused");
        assertThatThrownBy(project::run)
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("NOT_SET_ANYWHERE");
    }

    @Test
    void whereAModelLandsFollowsItsConfig() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model(
                "placed",
                """
                dbt.config(schema="marts", alias="other_name")
                return session.sql("select 1 as id")
                """);
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.of(RunEvent.ModelSucceeded.class).get(0).relation())
                .isEqualTo("main_marts.other_name");
        assertThat(project.rows("select * from main_marts.other_name")).containsExactly("1");
    }

    @Test
    void aViewOnTheTableSurvivesTheNextRun() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("one", "return session.sql('select 1 as id')");
        project.run().succeeded();
        project.sql("dev.duckdb", "create view v as select id + 1 as next from one");
        project.run().succeeded();
        assertThat(project.rows("select * from v")).containsExactly("2");
    }

    @Test
    void propertiesThatCannotBeReadAreRefusedAndNoHistoryIsLost() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", "return session.sql(f'select {int(dbt.is_incremental)} as id')");
        String properties = "models:\n  - name: events\n    config: {materialized: incremental}\n";
        project.file("models/properties.yml", properties);
        project.run("events").succeeded();
        project.file("models/properties.yml", properties + "\tdescription: x\n");
        assertThatThrownBy(() -> project.run("events"))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("models/properties.yml:4:1: Not valid YAML");
        project.file("models/properties.yml", properties);
        project.run("events").succeeded();
        assertThat(project.rows("select id from events order by id")).containsExactly("0", "1");
    }

    @Test
    void aRunThatCannotStartSaysWhy() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file("models/only.sql", "{{ config(materialized='ephemeral') }} select 1 as id");
        assertThatThrownBy(project::run)
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("--select only+");
        project.model("one", "return session.sql('select 1 as id')");
        assertThatThrownBy(() -> project.run("onne"))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("one");
        project.target("nowhere");
        assertThatThrownBy(() -> project.run("one"))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("dev, other");
    }

    @Test
    void aServersEngineKeepsASpareWorkerAndEndsIt() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("one", "return session.sql('select 1 as id')");
        long spare;
        try (LocalEngine engine = LocalEngine.create(true)) {
            project.run(engine).succeeded();
            spare = engine.sparePid().orElseThrow();
            project.run(engine).succeeded();
            assertThat(ProcessHandle.of(spare).filter(ProcessHandle::isAlive)).isEmpty();
            spare = engine.sparePid().orElseThrow();
            assertThat(ProcessHandle.of(spare).filter(ProcessHandle::isAlive)).isPresent();
        }
        assertThat(ProcessHandle.of(spare).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(List.of(project.root.resolve(".dvt/work")))
                .allSatisfy(
                        work -> {
                            try (Stream<Path> left = Files.list(work)) {
                                assertThat(left.filter(Files::isDirectory)).isEmpty();
                            }
                        });
    }
}
