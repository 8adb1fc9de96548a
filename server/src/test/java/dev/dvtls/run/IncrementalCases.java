package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What incremental models promise, on each database that is tested by running it. */
abstract class IncrementalCases {
    static final String BY_ID = ", unique_key='id'";
    static final String BY_TWO = ", unique_key=['id', 'day']";
    static final String ADDED = "";

    /** Returns what ROWS says; LOOK: prints how many rows it had before, by a name made up. */
    static final String EVENTS =
            """
            import os
            dbt.config(materialized="incremental"%s)
            print("later" if dbt.is_incremental else "first")
            if os.environ.get("LOOK") and dbt.is_incremental:
                name = "__".join(["", "model", "events"])
                print(session.execute(f"select count(*) from {name}").fetchone()[0])
            return session.sql(os.environ["ROWS"])
            """;

    @TempDir Path folder;
    private LocalEngine engine;
    RunProject project;

    @BeforeEach
    void open() throws Exception {
        engine = LocalEngine.create(true);
        project = clone("a");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** The default target, then another; the same at each call. */
    abstract Connection[] outputs();

    abstract void exec(Connection output, String sql) throws Exception;

    abstract List<String> rows(Connection output, String sql) throws Exception;

    /** Of a column of integers, as the database calls it. */
    abstract String integer();

    RunProject clone(String name) throws Exception {
        return RunProject.in(Files.createDirectory(folder.resolve(name))).outputs(outputs());
    }

    RunProject.Ran run(RunProject in, String rows, boolean look) throws Exception {
        return in.environment("ROWS", rows).environment("LOOK", look ? "1" : "").run(engine);
    }

    void loads(String rows) throws Exception {
        run(project, rows, false).succeeded();
    }

    void looks(RunProject in, String rows, int before, boolean extracts) throws Exception {
        RunProject.Ran ran = run(in, rows, true).succeeded();
        assertThat(ran.output()).containsExactly("later", "" + before);
        assertThat(ran.extracted("events"))
                .isEqualTo(extracts ? List.of("events from " + outputs()[0].name()) : List.of());
    }

    List<String> events() throws Exception {
        return rows(outputs()[0], "select id, v from events order by id, v");
    }

    static String values(String rows) {
        return "select * from (values " + rows + ") t(id, v)";
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ID, BY_TWO, ADDED})
    void rowsOfAKnownKeyReplaceAndOthersJoin(String key) throws Exception {
        project.model("events", EVENTS.formatted(key));
        String shape = "select id, day::date as day, v from (values %s) t(id, day, v)";
        String first = shape.formatted("(1, '2026-01-01', 'a'), (2, '2026-01-01', 'b')");
        RunProject.Ran ran = run(project, first, true).succeeded();
        assertThat(ran.output()).containsExactly("first");
        // what follows never reads the history from the target: the cache has it
        looks(project, shape.formatted("(2, '2026-01-01', 'B'), (2, '2026-01-02', 'c')"), 2, false);
        List<String> expected =
                switch (key) {
                    case BY_ID -> List.of("1|a", "2|c"); // twice in one batch
                    case BY_TWO -> List.of("1|a", "2|B", "2|c");
                    default -> List.of("1|a", "2|B", "2|b", "2|c");
                };
        assertThat(events()).containsExactlyInAnyOrderElementsOf(expected);
        RunProject.Ran nothing = run(project, first + " where false", false).succeeded();
        assertThat(nothing.rows("events")).isZero();
        looks(project, shape.formatted("(3, '2026-01-01', 'd')"), expected.size(), false);
        assertThat(events()).hasSize(expected.size() + 1).contains("3|d");
    }

    @Test
    void anEmptyFirstRunIsAnErrorAndTheNextIsStillTheFirst() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        RunEvent.Failure failure =
                run(project, values("(1, 'a')") + " where false", false).failure("events");
        assertThat(failure.code()).isEqualTo("DVT123");
        assertThat(run(project, values("(1, 'a')"), false).succeeded().output())
                .containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ID, ADDED})
    void newColumnsAreAddedAndMissingOnesAreNull(String key) throws Exception {
        project.model("events", EVENTS.formatted(key));
        loads("select 1 as id, 'a' as v");
        loads("select 2 as id, 5.5::double as price");
        loads("select 3 as id, 'c' as v, 6.5::double as price");
        assertThat(
                        rows(
                                outputs()[0],
                                "select id, coalesce(v, '-'), coalesce(price, 0) from events order"
                                        + " by id"))
                .map(row -> row.replace(".0", ""))
                .containsExactly("1|a|0", "2|-|5.5", "3|c|6.5");
        looks(project, "select 4 as id, 'd' as v", 3, false);
    }

    @Test
    void aTypeThatDoesNotFitIsRefusedWithItsColumn() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        loads("select 1 as id, 5 as amount");
        RunEvent.Failure failure =
                run(project, "select 2 as id, 'many' as amount", false).failure("events");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.message()).contains("'amount'", integer(), "'many'");
        // pandas makes floats of integers with a gap: the column stays what it is
        looks(project, "select 3 as id, 7.0::double as amount", 1, false);
        assertThat(rows(outputs()[0], "select id, amount from events order by id"))
                .containsExactly("1|5", "3|7");
    }

    @Test
    void aFullRefreshStartsOver() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        loads(values("(1, 'a'), (2, 'b')"));
        RunProject.Ran ran =
                run(project.fullRefresh(true), values("(2, 'x'), (3, 'y')"), true).succeeded();
        assertThat(ran.output()).containsExactly("first");
        assertThat(events()).containsExactly("2|x", "3|y");
        looks(project.fullRefresh(false), values("(4, 'z')"), 2, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ID, ADDED})
    void aLostCacheIsFilledFromTheTarget(String key) throws Exception {
        project.model("events", EVENTS.formatted(key));
        loads(values("(1, 'a'), (2, 'b')"));
        AtomicFiles.deleteTree(project.root.resolve(".dvt"));
        looks(project, values("(3, 'c')"), 2, true);
        looks(project, values("(4, 'd')"), 3, false);
        assertThat(events()).containsExactly("1|a", "2|b", "3|c", "4|d");
    }

    @Test
    void aModelThatDoesNotLookBackNeedsNoHistory() throws Exception {
        project.model("events", EVENTS.formatted(ADDED));
        loads(values("(1, 'a')"));
        AtomicFiles.deleteTree(project.root.resolve(".dvt"));
        for (String rows : List.of(values("(2, 'b')"), values("(3, 'c')"))) {
            RunProject.Ran ran = run(project, rows, false).succeeded();
            assertThat(ran.output()).containsExactly("later");
            assertThat(ran.extracted("events")).isEmpty();
        }
        looks(project, values("(4, 'd')"), 3, true);
        assertThat(events()).containsExactly("1|a", "2|b", "3|c", "4|d");
    }

    @Test
    void aDroppedTableStartsOverAndIsTold() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        assertThat(run(project, values("(1, 'a')"), false).succeeded().warnings()).isEmpty();
        exec(outputs()[0], "drop table events");
        RunProject.Ran ran = run(project, values("(2, 'b')"), true).succeeded();
        assertThat(ran.output()).containsExactly("first");
        assertThat(ran.warnings())
                .singleElement()
                .asString()
                .contains("events", "is gone from '" + outputs()[0].name() + "'", "beginning");
        assertThat(events()).containsExactly("2|b");
        assertThat(run(project, values("(3, 'c')"), false).succeeded().warnings()).isEmpty();
    }

    @Test
    void aTableThatSomebodyMadeAgainIsReadAgain() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        loads(values("(1, 'a'), (2, 'b')"));
        exec(outputs()[0], "create table kept as select * from events where id > 1");
        exec(outputs()[0], "drop table events");
        exec(outputs()[0], "alter table kept rename to events");
        looks(project, values("(3, 'c')"), 1, true);
        exec(outputs()[0], "alter table events add column note integer"); // shows too
        looks(project, values("(4, 'd')"), 2, true);
        looks(project, values("(5, 'e')"), 3, false);
        assertThat(events()).containsExactly("2|b", "3|c", "4|d", "5|e");
    }

    @Test
    void eachTargetHasItsOwnHistory() throws Exception {
        project.model("events", EVENTS.formatted(BY_ID));
        loads(values("(1, 'a')"));
        RunProject.Ran ran =
                run(project.target(outputs()[1].name()), values("(2, 'b')"), true).succeeded();
        assertThat(ran.output()).containsExactly("first");
        assertThat(rows(outputs()[1], "select id, v from events")).containsExactly("2|b");
        looks(project.target(outputs()[0].name()), values("(3, 'c')"), 1, false);
        assertThat(events()).containsExactly("1|a", "3|c");
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ID, ADDED})
    void twoClonesThatLoadInTurnSeeEachOthersRows(String key) throws Exception {
        RunProject other = clone("b");
        project.model("events", EVENTS.formatted(key));
        other.model("events", EVENTS.formatted(key));
        loads(values("(1, 'a')"));
        looks(other, values("(2, 'b')"), 1, true);
        looks(project, values("(3, 'c')"), 2, true);
        looks(project, values("(4, 'd')"), 3, false);
        looks(other, values("(5, 'e')"), 4, true);
        assertThat(events()).containsExactly("1|a", "2|b", "3|c", "4|d", "5|e");
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ID, ADDED})
    void ofTwoClonesAtOnceTheSecondLoadsNothing(String key) throws Exception {
        RunProject other = clone("b");
        for (RunProject one : List.of(project, other)) {
            one.model("events", EVENTS.formatted(key));
        }
        loads(values("(1, 'a')"));
        // between this one's look at the table and its load, the other loads
        project.watching(
                event -> {
                    if (event instanceof RunEvent.Output) {
                        loadsMeanwhile(other);
                    }
                });
        RunEvent.Failure failure = run(project, values("(2, 'mine')"), false).failure("events");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.message()).contains("another run has loaded", "Run it again");
        assertThat(events()).containsExactly("1|a", "2|other");
        project.watching(event -> {});
        looks(project, values("(3, 'mine')"), 2, true);
    }

    private void loadsMeanwhile(RunProject other) {
        try {
            run(other, values("(2, 'other')"), false).succeeded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNullInAKeyIsRefusedAndOfDuplicateKeysTheLastWins() throws Exception {
        project.model("events", EVENTS.formatted(BY_TWO.replace("day", "v")));
        loads("select * from (values (1, 'a', 1), (1, 'b', 2)) t(id, v, n)");
        RunEvent.Failure failure =
                run(project, "select 2 as id, null::varchar as v, 3 as n", false).failure("events");
        assertThat(failure.code()).isEqualTo("DVT122");
        assertThat(failure.message()).contains("'v'", "NULL");
        RunProject.Ran twice =
                run(
                                project,
                                "select * from (values (1, 'a', 4), (2, 'a', 5), (1, 'a', 6))"
                                        + " t(id, v, n)",
                                false)
                        .succeeded();
        assertThat(twice.warnings()).singleElement().asString().contains("more than once", "1, a");
        assertThat(rows(outputs()[0], "select id, v, n from events order by id, v"))
                .containsExactly("1|a|6", "1|b|2", "2|a|5");
        looks(project, "select 9 as id, 'z' as v, 9 as n", 3, false);
    }

    @Test
    void rowsThatATableLoadReplacedMeanwhileAreNotTrusted() throws Exception {
        RunProject other = clone("b");
        project.model("events", EVENTS.formatted(BY_ID));
        loads(values("(1, 'a'), (2, 'b')"));
        other.model("events", "return session.sql(\"select 7 as id, 'table' as v\")");
        other.run(engine).succeeded();
        looks(project, values("(8, 'c')"), 1, true);
        assertThat(events()).containsExactly("7|table", "8|c");
    }

    /** A run that only reads it must not cost the next run of its own its history. */
    @ParameterizedTest
    @ValueSource(strings = {BY_ID, ADDED})
    void readAsAnUpstreamItKeepsItsHistory(String key) throws Exception {
        RunProject other = clone("b");
        project.model("report", "return dbt.ref('events')");
        for (RunProject one : List.of(project, other)) {
            one.model("events", EVENTS.formatted(key));
        }
        run(project, values("(1, 'a')"), false).succeeded();
        assertThat(reports(1)).isEmpty(); // the cache has it
        looks(project, values("(2, 'b')"), 1, false);
        looks(other, values("(3, 'c')"), 2, true);
        assertThat(reports(3)).hasSize(1);
        looks(project, values("(4, 'd')"), 3, false);
        AtomicFiles.deleteTree(project.root.resolve(".dvt"));
        assertThat(reports(4)).hasSize(1);
        assertThat(reports(4)).isEmpty();
        looks(project, values("(5, 'e')"), 4, false);
        exec(outputs()[0], "drop table events");
        assertThat(project.run("report").failure("report").code()).isEqualTo("upstream-missing");
    }

    /** What was extracted for a report of so many rows. */
    private List<String> reports(int rows) throws Exception {
        RunProject.Ran ran = project.run(engine, "report").succeeded();
        assertThat(ran.rows("report")).isEqualTo(rows);
        return ran.extracted("report");
    }
}
