package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at run time: the page's codes and sentences, and a target that stays whole. */
class RunFailureTest {
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void dvt120NamesTheModelTheLineAndTheNearest() throws Exception {
        project.model("stg_customers", "return session.sql('select 1 as id')");
        project.model(
                "m",
                """
                name = "".join(["stg_", "custmers"])
                return dbt.ref(name).df()
                """);
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("DVT120");
        assertThat(failure.message())
                .contains("'m'", "stg_custmers", "stg_customers")
                .contains(
                        "Check the model name in dbt.ref(). Run dvt-ls list to see available"
                                + " models.");
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.file()).contains(project.root.resolve("models/m.py"));
    }

    @Test
    void dvt121NamesTheSource() throws Exception {
        project.model("m", "return dbt.source(*['ops', 'orders']).df()");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("DVT121");
        assertThat(failure.message())
                .contains("Check the source name and table in dbt.source(). Verify sources.yml.");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void anErrorThatCheckSeesIsRefusedBeforeAnythingIsExtracted() throws Exception {
        project.model("m", "return dbt.ref('nothing_like_it').df()");
        RunProject.Ran ran = project.run("m");
        assertThat(ran.failure("m").code()).isEqualTo("DVT120");
        assertThat(ran.failure("m").line()).isEqualTo(2);
        assertThat(ran.of(RunEvent.StageStarted.class)).isEmpty();
    }

    @Test
    void aConfigThatCannotBeKnownIsRefused() throws Exception {
        project.model(
                "m",
                """
                import os
                dbt.config(materialized=os.environ["KIND"])
                return session.sql("select 1 as id")
                """);
        RunProject.Ran ran = project.environment("KIND", "table").run("m");
        assertThat(ran.failure("m").code()).isEqualTo("dynamic-config");
        assertThat(ran.of(RunEvent.StageStarted.class)).isEmpty();
    }

    @Test
    void dvt122NamesTheType() throws Exception {
        project.model("m", "frames = {'a': 1}\nreturn frames");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("DVT122");
        assertThat(failure.message())
                .contains("'m'", "dict")
                .contains("pandas DataFrame, polars DataFrame, pyarrow Table, or DuckDB relation");
    }

    @Test
    void dvt123LeavesTheOldTable() throws Exception {
        project.model("m", "return session.sql('select 1 as id')");
        project.run().succeeded();
        project.model("m", "return session.sql('select 1 as id where false')");
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("DVT123");
        assertThat(failure.message()).contains("Check your data source or filters");
        assertThat(project.rows("select * from m")).containsExactly("1");
        project.model(
                "m",
                "dbt.config(allow_empty=True)\nreturn session.sql('select 1 as id where false')");
        project.run().succeeded();
        assertThat(project.rows("select * from m")).isEmpty();
    }

    @Test
    void anUpstreamThatWasNeverBuiltIsShownAtItsReference() throws Exception {
        project.model("stg", "return session.sql('select 1 as id')");
        project.model(
                "m",
                """
                dbt.config(materialized="incremental", unique_key="id")
                if dbt.is_incremental:
                    pass
                return dbt.ref("stg")
                """);
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("upstream-missing");
        assertThat(failure.message()).contains("'stg'", "'dev'", "dvt-ls run --select +stg");
        assertThat(failure.file()).contains(project.root.resolve("models/m.py"));
        assertThat(failure.line()).isEqualTo(5);
        assertThat(failure.column()).isEqualTo(12);
        assertThat(failure.endColumn()).isEqualTo(26);
    }

    @Test
    void whatToBuildFirstIsBuiltIntoTheSameTarget() throws Exception {
        project.model("stg", "return session.sql('select 1 as id')");
        project.model("m", "return dbt.ref('stg')");
        project.file("seeds/s.csv", "id\n1\n");
        project.model("n", "return dbt.ref('s')");
        project.target("other");
        RunProject.Ran ran = project.run("m", "n");
        assertThat(ran.failure("m").message()).endsWith("dvt-ls run --select +stg --target other");
        assertThat(ran.failure("n").message()).endsWith("dvt-ls run --select s --target other");
    }

    @Test
    void aSourceOfAnUnknownConnectionIsNamedAtItsReference() throws Exception {
        project.file(
                "models/s.yml",
                "sources: [{name: ops, schema: main, connection: nowhere, tables: [{name: t}]}]");
        project.model("m", "return dbt.source('ops', 't')");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("unknown-connection");
        assertThat(failure.message())
                .contains("The source 'ops.t' lives in 'nowhere'", "s.yml", "it has dev, other.");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(12);
    }

    @Test
    void aPortThatIsNoNumberNamesItsOutput() throws Exception {
        project.outputs(
                new Connection("dev", "duckdb", Map.of("type", "duckdb", "path", "dev.duckdb")),
                new Connection(
                        "crm",
                        "postgres",
                        Map.of(
                                "type",
                                "postgres",
                                "host",
                                "localhost",
                                "port",
                                "abc",
                                "user",
                                "ana",
                                "password",
                                "hush",
                                "dbname",
                                "d")));
        project.file(
                "models/s.yml",
                "sources: [{name: ops, schema: main, connection: crm, tables: [{name: t}]}]");
        project.model("m", "return dbt.source('ops', 't')");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.message()).contains("'crm' (postgres) has `port: abc`", "profiles.yml");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void aSourceWithoutItsDatabaseFileNamesTheFile() throws Exception {
        project.file(
                "models/s.yml",
                "sources: [{name: ops, schema: main, connection: other, tables: [{name: t}]}]");
        project.model("m", "return dbt.source('ops', 't')");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("extract-failed");
        assertThat(failure.message())
                .contains("there is no file ", "other.duckdb")
                .contains("Check path of the output 'other' in profiles.yml.");
        project.file("models/q.sql", "select * from {{ source('ops', 't') }}");
        assertThat(project.run("q").failure("q").message())
                .contains("there is no file ", "other.duckdb")
                .contains("Check path of the output 'other' in profiles.yml.");
    }

    @Test
    void aFailedLoadIsShownAtTheModel() throws Exception {
        project.model("m", "import pandas as pd\nreturn pd.DataFrame({'a.b': [1]})");
        RunEvent.Failure failure = project.run("m").failure("m");
        assertThat(failure.code()).isEqualTo("load-failed");
        assertThat(failure.line()).isEqualTo(1);
        assertThat(failure.column()).isEqualTo(5);
    }

    @Test
    void aDatabasesRefusalOfSqlIsShownAtItsLine() throws Exception {
        project.file("models/stg.sql", "select 1 as id");
        project.file(
                "models/bad.sql",
                """
                {{ config(materialized='table') }}
                select id,
                  nope + {{ 1 + 1 }} as x
                  from {{ ref('stg') }}
                """);
        RunEvent.Failure failure = project.run().failure("bad");
        assertThat(failure.message()).contains("nope").containsPattern("bad\\.sql:\\d+\\.$");
        assertThat(failure.file()).contains(project.root.resolve("models/bad.sql"));
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.column()).isEqualTo(3);
    }

    @Test
    void localVariablesAreShownOnRequestOnly() throws Exception {
        project.model("m", "rows = [1, 2]\npassword = 'hunter2'\nreturn rows[5]");
        assertThat(project.run().failure("m").traceback()).doesNotContain("rows = list");
        project.environment("DVT_VERBOSE", "1");
        assertThat(project.run().failure("m").traceback())
                .contains("Local variables at models/m.py:4, in model:", "rows = list of 2: 1, 2")
                .doesNotContain("hunter2");
    }

    @Test
    void dvt125SaysWhatToInstall() throws Exception {
        project.model("m", "import not_a_package_at_all\nreturn not_a_package_at_all.frame()");
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("DVT125");
        assertThat(failure.message())
                .contains(
                        "Python model 'm' failed to import: not_a_package_at_all. Install the"
                                + " package with: pip install not_a_package_at_all");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void dvt126HasTheUsersFramesAndThePlace() throws Exception {
        project.file("shop_code.py", "def price(row):\n    return row['amout']\n");
        project.model(
                "m",
                """
                import pandas as pd
                import shop_code
                frame = pd.DataFrame({"amount": [1]})
                return frame.apply(shop_code.price, axis=1)
                """);
        RunEvent.Failure failure = project.run().failure("m");
        assertThat(failure.code()).isEqualTo("DVT126");
        assertThat(failure.message()).contains("'m'", "KeyError", "amout");
        assertThat(failure.traceback())
                .contains("m.py", "shop_code.py")
                .doesNotContain("pandas/core");
        assertThat(failure.line()).isPositive();
    }

    @Test
    void aModelThatEndsItsProcessSaysSo() throws Exception {
        project.model("exits", "import os\nreturn os._exit(3)");
        project.model("crashes", "import ctypes\nreturn ctypes.string_at(0)");
        RunProject.Ran ran = project.run();
        assertThat(ran.failure("exits").message()).contains("'exits'", "exit code 3");
        assertThat(ran.failure("crashes").message()).contains("'crashes'", "SIGSEGV");
        assertThat(ran.failure("crashes").line()).isEqualTo(3);
        assertThat(ran.failure("crashes").column()).isEqualTo(5);
        assertThat(ran.finished().failed()).isEqualTo(2);
    }

    @Test
    void aFailureLeavesTheTargetAsItWas() throws Exception {
        project.model("m", "return session.sql('select 1 as id')");
        project.run().succeeded();
        project.model("m", "raise ValueError('boom')");
        project.run();
        assertThat(project.rows("select * from m")).containsExactly("1");
        assertThat(project.rows("select table_name from information_schema.tables"))
                .allMatch(name -> name.equals("m") || name.equals("_dvt_loads"));
    }

    @Test
    void downstreamIsSkippedAndTheRestRuns() throws Exception {
        project.model("bad", "raise ValueError('boom')");
        project.model("after", "return dbt.ref('bad')");
        project.file("models/between.sql", "select * from {{ ref('after') }}");
        project.model("far", "return dbt.ref('between')");
        project.model("good", "return session.sql('select 1 as id')");
        RunProject.Ran ran = project.run("file:*.py");
        assertThat(ran.finished().succeeded()).isEqualTo(1);
        assertThat(ran.finished().failed()).isEqualTo(1);
        assertThat(ran.finished().skipped()).isEqualTo(2);
        assertThat(ran.of(RunEvent.ModelSkipped.class))
                .allMatch(e -> e.because().equals("model.shop.bad"));
        assertThat(project.rows("select * from good")).containsExactly("1");
    }

    @Test
    void aCancelledRunEndsItsModelAndStops() throws Exception {
        project.model(
                "m",
                """
                import subprocess, time
                print(subprocess.Popen(["sleep", "600"]).pid, flush=True)
                time.sleep(600)
                return session.sql("select 1 as id")
                """);
        project.model("z", "return dbt.ref('m')");
        Cancellation cancellation = new Cancellation();
        project.cancellation(cancellation)
                .watching(
                        event -> {
                            if (event instanceof RunEvent.Output) {
                                cancellation.cancel();
                            }
                        });
        RunProject.Ran ran = project.run();
        assertThat(ran.finished().cancelled()).isTrue();
        assertThat(ran.finished().succeeded() + ran.finished().failed()).isZero();
        assertGone(Long.parseLong(ran.output().get(0)));
        assertThat(project.root.resolve("dev.duckdb")).doesNotExist();
    }

    @Test
    void twoRunsOfOneModelWaitForEachOther() throws Exception {
        project.model(
                "m",
                """
                import os, time
                print("started", flush=True)
                while os.environ["ME"] == "first" and not os.path.exists("go"):
                    time.sleep(0.01)
                return session.sql(f"select '{os.environ['ME']}' as who")
                """);
        RunProject first = RunProject.in(folder).environment("ME", "first");
        CompletableFuture<Void> started = new CompletableFuture<>();
        first.watching(
                event -> {
                    if (event instanceof RunEvent.Output) {
                        started.complete(null);
                    }
                });
        CompletableFuture<RunProject.Ran> one = CompletableFuture.supplyAsync(() -> ran(first));
        started.get(60, TimeUnit.SECONDS);
        RunProject second = RunProject.in(folder).environment("ME", "second");
        second.watching(
                event -> {
                    if (event instanceof RunEvent.Warning w && w.message().contains("waiting")) {
                        write(folder.resolve("go"));
                    }
                });
        ran(second).succeeded();
        one.get(60, TimeUnit.SECONDS).succeeded();
        assertThat(project.rows("select * from m")).containsExactly("second");
    }

    private static RunProject.Ran ran(RunProject project) {
        try {
            return project.run();
        } catch (Engine.RunRefused | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A killed process may be a zombie for a moment, until init has it. */
    private static void assertGone(long pid) throws Exception {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
