package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.AtomicFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental models: the target is the truth, and no history is lost. */
class RunIncrementalTest {
    /** Each run gives the two ids after the highest that it knows; FROM sets where to start. */
    private static final String EVENTS =
            """
            import os
            import pandas as pd
            dbt.config(materialized="incremental"%s)
            last = 0
            if dbt.is_incremental:
                last = session.execute("select max(id) from __model__events").fetchone()[0] or 0
            first = int(os.environ.get("FROM", last + 1))
            ids = [] if os.environ.get("NOTHING") else [first, first + 1]
            print("incremental" if dbt.is_incremental else "from the start")
            return pd.DataFrame({"id": pd.Series(ids, dtype="int64"), "run": os.environ["RUN"]})
            """;

    @TempDir Path folder;

    @Test
    void withAUniqueKeyRowsReplaceAndJoin() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(", unique_key='id'"));
        assertThat(project.environment("RUN", "1").run().succeeded().output())
                .containsExactly("from the start");
        RunProject.Ran second = project.environment("RUN", "2").run().succeeded();
        assertThat(second.output()).containsExactly("incremental");
        assertThat(events(project)).containsExactly("1|1", "2|1", "3|2", "4|2");
        project.environment("RUN", "3").environment("FROM", "4").run().succeeded();
        assertThat(events(project)).containsExactly("1|1", "2|1", "3|2", "4|3", "5|3");
        // The cache has the same rows as the target: the next run starts after the highest id.
        RunProject later = RunProject.in(folder);
        later.environment("RUN", "4").run().succeeded();
        assertThat(events(later)).containsExactly("1|1", "2|1", "3|2", "4|3", "5|3", "6|4", "7|4");
    }

    @Test
    void withoutAKeyRowsAreAddedAndNothingNewIsASuccess() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(""));
        project.environment("RUN", "1").run().succeeded();
        project.environment("RUN", "2").environment("FROM", "1").run().succeeded();
        assertThat(events(project)).containsExactly("1|1", "1|2", "2|1", "2|2");
        RunProject.Ran nothing = project.environment("NOTHING", "1").run().succeeded();
        assertThat(nothing.rows("events")).isZero();
        assertThat(events(project)).hasSize(4);
    }

    @Test
    void aLostCacheIsFilledFromTheTarget() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(", unique_key=['id']"));
        project.environment("RUN", "1").run().succeeded();
        AtomicFiles.deleteTree(project.root.resolve(".dvt"));
        RunProject.Ran ran = project.environment("RUN", "2").run().succeeded();
        assertThat(ran.output()).containsExactly("incremental");
        assertThat(ran.extracted("events")).containsExactly("events from dev");
        assertThat(events(project)).containsExactly("1|1", "2|1", "3|2", "4|2");
    }

    @Test
    void rowsThatSomebodyElseLoadedAreSeen() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(", unique_key='id'"));
        project.environment("RUN", "1").run().succeeded();
        RunProject elsewhere =
                RunProject.in(java.nio.file.Files.createDirectory(folder.resolve("b")));
        elsewhere.file(
                "profiles.yml",
                """
                shop:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: ../dev.duckdb}
                """);
        elsewhere.model("events", EVENTS.formatted(", unique_key='id'"));
        elsewhere.environment("RUN", "2").run().succeeded();
        project.environment("RUN", "3").run().succeeded();
        assertThat(events(project)).containsExactly("1|1", "2|1", "3|2", "4|2", "5|3", "6|3");
    }

    @Test
    void aFullRefreshStartsOver() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(", unique_key='id'"));
        project.environment("RUN", "1").run().succeeded();
        project.environment("RUN", "2").run().succeeded();
        RunProject.Ran ran = project.fullRefresh(true).environment("RUN", "3").run().succeeded();
        assertThat(ran.output()).containsExactly("from the start");
        assertThat(events(project)).containsExactly("1|3", "2|3");
    }

    @Test
    void theHistoryOfOneTargetIsNotTakenForAnothers() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("events", EVENTS.formatted(", unique_key='id'"));
        project.environment("RUN", "1").run().succeeded();
        RunProject.Ran ran = project.target("other").environment("RUN", "2").run().succeeded();
        assertThat(ran.output()).containsExactly("from the start");
        assertThat(project.rows("other.duckdb", "select * from events order by id"))
                .containsExactly("1|2", "2|2");
    }

    @Test
    void newColumnsAreAddedAndMissingOnesAreNull() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model(
                "events",
                """
                dbt.config(materialized="incremental", unique_key="id")
                if dbt.is_incremental:
                    return session.sql("select 2 as id, 5.5 as price")
                return session.sql("select 1 as id, 'a' as name")
                """);
        project.run().succeeded();
        project.run().succeeded();
        assertThat(project.rows("select id, name, price from events order by id"))
                .containsExactly("1|a|null", "2|null|5.5");
    }

    @Test
    void aTableModelMayReadItsPreviousResult() throws Exception {
        RunProject project = RunProject.in(folder);
        project.model("counter", "return session.sql('select 1 as n')");
        project.run().succeeded();
        project.model("counter", "return session.sql('select n + 1 as n from __model__counter')");
        project.run().succeeded();
        project.run().succeeded();
        assertThat(project.rows("select * from counter")).containsExactly("3");
    }

    private static java.util.List<String> events(RunProject project) throws Exception {
        return project.rows("select id, run from events order by id, run");
    }
}
