package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.manifest.Node;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.SqlCompiler.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL models compiled by the worker: names, ephemeral models, errors. */
class WorkerCompilerTest {
    private static final Connection DUCKDB =
            TestCompiler.connection("dev", "duckdb", "path", "dev.duckdb");

    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.file(
                "models/sources.yml",
                """
                sources:
                  - name: ops
                    schema: raw
                    tables: [{name: orders, identifier: ORDERS}]
                  - name: crm
                    connection: pg
                    tables: [{name: people}]
                """);
        project.file("models/staging/stg.sql", "select * from {{ source('ops', 'orders') }};\n");
    }

    private TestCompiler compiling() {
        return new TestCompiler(project, DUCKDB);
    }

    @Test
    void namesRelationsInsideTheDatabase() throws Exception {
        project.file(
                "models/m.sql",
                "{{ config(materialized='table') }}select 1 from {{ ref('stg') }}, {{ this }}");
        try (TestCompiler compiling = compiling()) {
            Compiled m = compiling.inside("m");
            assertThat(m.sql()).isEqualTo("select 1 from \"main\".\"stg\", \"main\".\"m\"");
            assertThat(m.reads()).extracting(Node::name).containsExactly("stg");
            assertThat(m.config()).isEqualTo(Map.of("materialized", "table"));
            assertThat(compiling.inside("stg").sql()).isEqualTo("select * from \"raw\".\"ORDERS\"");
            assertThat(compiling.started()).isEqualTo(1);
        }
    }

    @Test
    void namesRelationsOverTheCache() throws Exception {
        project.file(
                "models/m.sql",
                """
                {{ target.type }} {{ adapter.type() }} {{ ref('stg') }} {{ this }}
                {{ source('ops', 'orders') }} {{ ref('stg').identifier }}\
                """);
        Connection postgres =
                TestCompiler.connection("dev", "postgres", "host", "h", "schema", "s");
        try (TestCompiler compiling = new TestCompiler(project, postgres)) {
            assertThat(compiling.overCache("m").sql())
                    .isEqualTo("duckdb duckdb __model__stg __model__m\nops__orders stg");
        }
    }

    @Test
    void writesWhatItCompiledWhereDbtDoes() throws Exception {
        try (TestCompiler compiling = compiling()) {
            Path file = compiling.inside("stg").file();
            assertThat(file)
                    .isEqualTo(project.root.resolve("target/compiled/shop/models/staging/stg.sql"))
                    .hasContent("select * from \"raw\".\"ORDERS\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    postgres   | "db"."s"."stg"
                    duckdb     | "db"."s"."stg"
                    sqlite     | "s"."stg"
                    mysql      | `s`.`stg`
                    mariadb    | `s`.`stg`
                    bigquery   | `db`.`s`.`stg`
                    databricks | `db`.`s`.`stg`
                    clickhouse | `s`.`stg`
                    sqlserver  | [db].[s].[stg]
                    snowflake  | db.s.stg
                    oracle     | s.stg
                    trino      | "db"."s"."stg"
                    other      | "s"."stg"
                    """)
    void quotesAsTheTypeDoes(String type, String expected) throws Exception {
        project.file("models/staging/stg.sql", "{{ config(database='db') }}{{ this }}");
        Connection connection = TestCompiler.connection("dev", type, "schema", "s");
        try (TestCompiler compiling = new TestCompiler(project, connection)) {
            assertThat(compiling.inside("stg").sql()).isEqualTo(expected);
        }
    }

    @Test
    void ephemeralModelsBecomeQueriesInFrontEachOnce() throws Exception {
        project.file(
                "models/a.sql", "{{ config(materialized='ephemeral') }}\nselect 1 as x -- a;\n");
        project.file(
                "models/b.sql",
                "{{ config(materialized='ephemeral') }}\n"
                        + "select * from {{ ref('a') }} join {{ ref('stg') }} using (x)");
        project.file(
                "models/m.sql",
                "with own as (select * from {{ ref('b') }})\n"
                        + "select * from own, {{ ref('a') }}, {{ ref('a') }}");
        try (TestCompiler compiling = compiling()) {
            Compiled m = compiling.inside("m");
            assertThat(m.sql())
                    .isEqualTo(
                            """
                            with __dbt__cte__a as (
                            select 1 as x -- a;
                            ), __dbt__cte__b as (
                            select * from __dbt__cte__a join "main"."stg" using (x)
                            ), own as (select * from __dbt__cte__b)
                            select * from own, __dbt__cte__a, __dbt__cte__a\
                            """);
            assertThat(m.reads()).extracting(Node::name).containsExactly("stg");
            assertThat(compiling.overCache("b").sql())
                    .isEqualTo(
                            "with __dbt__cte__a as (\nselect 1 as x -- a;\n)\n"
                                    + "select * from __dbt__cte__a join __model__stg using (x)");
        }
    }

    @Test
    void readsIncludeThoseOfMacros() throws Exception {
        project.file("macros/m.sql", "{% macro hidden() %}{{ ref('stg') }}{% endmacro %}");
        project.file("models/m.sql", "select * from {{ hidden() }}");
        try (TestCompiler compiling = compiling()) {
            assertThat(compiling.node("m").dependsOn()).isEmpty();
            assertThat(compiling.inside("m").reads()).extracting(Node::name).containsExactly("stg");
        }
    }

    @Test
    void macrosOfPackagesAndTheirModels() throws Exception {
        project.file("dbt_packages/utils/dbt_project.yml", "name: utils\nvars: {depth: 3}\n");
        project.file(
                "dbt_packages/utils/macros/star.sql",
                "{% macro star() %}{{ return(adapter.dispatch('star', 'utils')()) }}{% endmacro %}"
                        + "{% macro default__star() %}*{% endmacro %}"
                        + "{% macro duckdb__star() %}duck.*{% endmacro %}");
        project.file("dbt_packages/utils/models/stg.sql", "select {{ var('depth') }}");
        project.file("dbt_packages/utils/models/top.sql", "select * from {{ ref('stg') }}");
        project.file("models/m.sql", "select {{ utils.star() }} from {{ ref('utils', 'stg') }}");
        try (TestCompiler compiling = compiling()) {
            assertThat(compiling.inside("m").sql()).startsWith("select duck.* from");
            Compiled top = compiling.inside("top");
            assertThat(top.reads()).extracting(Node::packageName).containsExactly("utils");
            assertThat(top.file())
                    .isEqualTo(project.root.resolve("target/compiled/utils/models/top.sql"));
        }
    }

    @Test
    void incrementalVarsAndTarget() throws Exception {
        project.file(
                "models/m.sql",
                "{{ var('who') }} {{ is_incremental() }} {{ target.name }} {{ target.schema }}"
                        + " {{ target.password is defined }} {{ target.path }}");
        Connection target =
                TestCompiler.connection("dev", "duckdb", "path", "x.db?token=abc", "password", "p");
        try (TestCompiler compiling = new TestCompiler(project, target)) {
            assertThat(
                            compiling
                                    .compiler
                                    .compile(compiling.node("m"), new Place.Inside(target), true)
                                    .sql())
                    .isEqualTo("ann True dev main False x.db");
        }
    }

    @Test
    void dvt120NamesTheNearestAndTheLine() throws Exception {
        project.file("models/m.sql", "select *\nfrom {{ ref('stgg') }}");
        try (TestCompiler compiling = compiling()) {
            RunEvent.Failure failure = compiling.failure("m");
            assertThat(failure.code()).isEqualTo("DVT120");
            assertThat(failure.message())
                    .isEqualTo(
                            "SQL model 'm': ref('stgg') target not found. Did you mean stg? Check"
                                    + " the model name in ref(). Run dvt-ls list to see available"
                                    + " models.");
            assertThat(failure.file()).contains(project.root.resolve("models/m.sql"));
            assertThat(failure.line()).isEqualTo(2);
        }
    }

    @Test
    void otherErrorsSayWhichModelAndWhere() throws Exception {
        project.file("models/source.sql", "{{ source('ops', 'ordrs') }}");
        project.file("models/undefined.sql", "select\n{{ whoo }}");
        project.file("models/self.sql", "select * from {{ ref('self') }}");
        project.file("models/empty.sql", "-- nothing\n{% if false %}select 1{% endif %}");
        try (TestCompiler compiling = compiling()) {
            assertThat(compiling.failure("source").code()).isEqualTo("DVT121");
            assertThat(compiling.failure("source").message()).contains("Did you mean orders?");
            RunEvent.Failure undefined = compiling.failure("undefined");
            assertThat(undefined.code()).isEqualTo("compile-failed");
            assertThat(undefined.message())
                    .startsWith("SQL model 'undefined' does not compile: 'whoo' is undefined.");
            assertThat(undefined.line()).isEqualTo(2);
            assertThat(compiling.failure("self").message()).contains("{{ this }}");
            assertThat(compiling.failure("empty").message()).contains("is empty once");
            assertThat(compiling.inside("stg").sql()).isNotEmpty();
            assertThat(compiling.started()).isEqualTo(1);
        }
    }

    @Test
    void aCircleOfEphemeralModelsIsTold() throws Exception {
        project.file("models/a.sql", "{{ config(materialized='ephemeral') }}{{ ref('b') }}");
        project.file("models/b.sql", "{{ config(materialized='ephemeral') }}{{ ref('a') }}");
        try (TestCompiler compiling = compiling()) {
            assertThat(compiling.failure("a").message()).contains("reads itself");
        }
    }

    @Test
    void warningsGoToTheModelOrToTheRun() throws Exception {
        project.file("macros/bad.sql", "{% macro bad() %}{{ 1 + }}{% endmacro %}");
        project.file(
                "models/m.sql", "select 1{{ exceptions.warn('careful') }}{{ log('hi', true) }}");
        try (TestCompiler compiling = compiling()) {
            compiling.inside("m");
            assertThat(compiling.events)
                    .filteredOn(RunEvent.Warning.class::isInstance)
                    .map(e -> ((RunEvent.Warning) e).model())
                    .containsExactly("", "model.shop.m");
            assertThat(compiling.events).contains(new RunEvent.Output("model.shop.m", false, "hi"));
        }
    }

    @Test
    void severalThreadsMayAsk() throws Exception {
        for (int i = 0; i < 20; i++) {
            project.file("models/m" + i + ".sql", "select " + i + " from {{ ref('stg') }}");
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (TestCompiler compiling = compiling()) {
            List<Future<Compiled>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "m" + i;
                all.add(pool.submit(() -> compiling.inside(name)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(all.get(i).get().sql()).startsWith("select " + i + " from");
            }
            assertThat(compiling.started()).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aCancelledRunCompilesNothingMore() throws Exception {
        Cancellation cancellation = new Cancellation();
        try (TestCompiler compiling = new TestCompiler(project, DUCKDB, Map.of(), cancellation)) {
            compiling.inside("stg");
            cancellation.cancel();
            assertThatThrownBy(() -> compiling.inside("stg"))
                    .isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void closingEndsTheWorker() throws Exception {
        TestCompiler compiling = compiling();
        compiling.inside("stg");
        ProcessHandle worker =
                ProcessHandle.of(compiling.compiler.pid().orElseThrow()).orElseThrow();
        compiling.close();
        assertThat(worker.isAlive()).isFalse();
    }
}
