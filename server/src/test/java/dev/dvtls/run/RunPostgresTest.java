package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs into PostgreSQL, and from PostgreSQL into a DuckDB file. */
class RunPostgresTest {
    @TempDir Path folder;
    private final Connection pg = Postgres.server().database();
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void framesLandAndWhatHangsOnTheTableStays() throws Exception {
        project.outputs(pg);
        project.model(
                "from_pandas",
                """
                import pandas as pd
                return pd.DataFrame({"id": [1, 2], "name": ["it's", None], "ok": [True, False],
                                     "at": pd.to_datetime(["2026-01-31 12:00:00.123456", None])})
                """);
        project.model(
                "from_polars",
                """
                import polars as pl
                return pl.DataFrame({"id": [3], "name": ["Zoë"]})
                """);
        project.model(
                "from_arrow",
                """
                import pyarrow as pa
                return pa.table({"id": pa.array([4], pa.int16()), "data": [b"\\x00\\xff"]})
                """);
        project.model("from_duckdb", "return dbt.ref('from_pandas').filter('id = 1')");
        project.run().succeeded();
        assertThat(pg("select id, name, ok, \"at\" from from_pandas order by id"))
                .containsExactly("1|it's|t|2026-01-31 12:00:00.123456", "2||f|");
        assertThat(pg("select * from from_polars")).containsExactly("3|Zoë");
        assertThat(pg("select id, encode(data, 'hex') from from_arrow")).containsExactly("4|00ff");
        assertThat(pg("select id from from_duckdb")).containsExactly("1");
        pg("create view v as select count(*) from from_pandas");
        project.run("from_pandas").succeeded();
        assertThat(pg("select * from v")).containsExactly("2");
    }

    @Test
    void incrementalModelsContinueWhereTheTargetIs() throws Exception {
        project.outputs(pg);
        project.model(
                "keyed",
                """
                dbt.config(materialized="incremental", unique_key="id")
                if dbt.is_incremental:
                    top = session.execute("select max(id) from __model__keyed").fetchone()[0]
                    return session.sql(f"select i as id, 'later' as v from range({top}, {top + 2}) t(i)")
                return session.sql("select i as id, 'first' as v from range(1, 3) t(i)")
                """);
        project.model(
                "added",
                """
                dbt.config(materialized="incremental")
                return session.sql("select 1 as id")
                """);
        project.run().succeeded();
        project.run().succeeded();
        assertThat(pg("select * from keyed order by id"))
                .containsExactly("1|first", "2|later", "3|later");
        assertThat(pg("select count(*) from added")).containsExactly("2");
        project.fullRefresh(true).run().succeeded();
        assertThat(pg("select * from keyed order by id")).containsExactly("1|first", "2|first");
        assertThat(pg("select count(*) from added")).containsExactly("1");
    }

    @Test
    void aTypeThatDoesNotFitIsRefusedAndTheTableStays() throws Exception {
        project.outputs(pg);
        project.model(
                "m",
                """
                dbt.config(materialized="incremental", unique_key="id")
                if dbt.is_incremental:
                    return session.sql("select 1 as id, 'many' as amount")
                return session.sql("select 1 as id, 5 as amount")
                """);
        project.run().succeeded();
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.message()).contains("amount");
        assertThat(pg("select * from m")).containsExactly("1|5");
    }

    @Test
    void aSourceOnPostgresIsReadIntoDuckDb() throws Exception {
        pg("create schema ops");
        pg("create table ops.orders (id bigint, amount numeric(10,2), at timestamptz)");
        pg("insert into ops.orders values (1, 10.25, '2026-01-31 12:00:00+00'), (2, null, null)");
        project.outputs(
                new Connection("dev", "duckdb", Map.of("type", "duckdb", "path", "dev.duckdb")),
                pg);
        project.file(
                "models/sources.yml",
                "sources:\n- {name: ops, connection: "
                        + pg.name()
                        + ", schema: ops, tables: [{name: orders}]}\n");
        project.model(
                "copied",
                """
                orders = dbt.source("ops", "orders")
                return session.sql("select id, amount from ops__orders where amount is not null")
                """);
        RunProject.Ran ran = project.run().succeeded();
        assertThat(ran.extracted("copied")).containsExactly("ops.orders from " + pg.name());
        assertThat(project.rows("select id, amount, typeof(amount) from copied"))
                .containsExactly("1|10.25|DECIMAL(10,2)");
    }

    @Test
    void noCredentialIsWrittenOrTold() throws Exception {
        String marked = "S3CR3T-marker-9f";
        pg("create role marked login superuser password '" + marked + "'");
        Map<String, Object> fields = new java.util.HashMap<>(pg.fields());
        fields.put("user", "marked");
        fields.put("password", marked);
        project.outputs(new Connection(pg.name(), "postgres", fields));
        project.model(
                "good",
                """
                print("the password is %s")
                return session.sql("select 1 as id")
                """
                        .formatted(marked));
        project.model("bad", "raise ValueError('no %s here')".formatted(marked));
        project.model("late", "return dbt.ref('not' + '_there')");
        List<String> told = new ArrayList<>();
        project.watching(event -> told.add(event.toString() + RunEventJson.of(event)));
        RunProject.Ran ran = project.run();
        assertThat(ran.finished().succeeded()).isEqualTo(1);
        assertThat(ran.output()).contains("the password is ***");
        fields.put("dbname", "no_such_database");
        project.outputs(new Connection(pg.name(), "postgres", fields));
        project.run("good");
        assertThat(told).noneMatch(text -> text.contains(marked));
        try (Stream<Path> files = Files.walk(project.root.resolve(".dvt"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(marked);
            }
        }
    }

    private List<String> pg(String sql) {
        return Postgres.server().psql(pg, sql);
    }
}
