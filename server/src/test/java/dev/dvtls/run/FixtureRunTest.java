package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on their fixtures, without a database, Sling or a password. */
class FixtureRunTest {
    @TempDir Path folder;
    private RunProject project;
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeEach
    void offline() throws Exception {
        project = RunProject.in(folder);
        project.outputs(
                new Connection(
                        "dev",
                        "postgres",
                        Map.of(
                                "type", "postgres",
                                "host", "127.0.0.1",
                                "port", 1,
                                "user", "me",
                                "password", "{{ env_var('NOT_SET_OFFLINE') }}",
                                "dbname", "shop",
                                "schema", "main")));
        project.environment(
                "DVT_TOOLS_DIR", Files.createDirectory(folder.resolve("no")).toString());
        project.environment("DVT_SLING", folder.resolve("no/sling").toString());
        project.environment("PATH", folder.resolve("no").toString());
        project.file("models/s.yml", "sources: [{name: raw, tables: [{name: t}]}]");
    }

    private List<Previewed> show(String... select) throws Exception {
        events.clear();
        try (LocalEngine engine = LocalEngine.create(false)) {
            return engine.preview(
                    project.request(select).onFixtures(true),
                    10,
                    false,
                    events::add,
                    new Cancellation());
        }
    }

    private List<String> values(String model) throws Exception {
        List<Previewed> shown = show(model);
        assertThat(shown).as(events.toString()).hasSize(1);
        return shown.get(0).rows().rows().stream()
                .map(row -> String.join("|", row.stream().map(v -> v.orElse("NULL")).toList()))
                .toList();
    }

    private <T extends RunEvent> Stream<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private String failure(String model) throws Exception {
        assertThat(show(model)).isEmpty();
        return events(RunEvent.ModelFailed.class).findFirst().orElseThrow().failure().message();
    }

    @Test
    void aPythonModelInTheOrderOfTheFile() throws Exception {
        project.model("m", "t = dbt.source('raw', 't')\nreturn t.filter('id > 1').df()");
        project.file("fixtures/m/raw.t.csv", "id,name\n3,c\n1,a\n2,\n");
        assertThat(values("m")).containsExactly("3|c", "2|NULL");
        assertThat(events(RunEvent.StageStarted.class).map(RunEvent.StageStarted::detail))
                .containsExactly("raw.t from fixtures/m/raw.t.csv", "m");
        assertThatThrownBy(
                        () -> {
                            try (LocalEngine engine = LocalEngine.create(false)) {
                                engine.preview(
                                        project.request("m"),
                                        1,
                                        false,
                                        events::add,
                                        new Cancellation());
                            }
                        })
                .isInstanceOf(Engine.RunRefused.class);
    }

    @Test
    void aSqlModelOfADatabaseOverAnEphemeralOne() throws Exception {
        project.environment("DVT_TOOLS_DIR", System.getenv("DVT_TOOLS_DIR")); // it has the compiler
        project.file(
                "models/e.sql",
                "{{ config(materialized='ephemeral') }} select id from {{ source('raw', 't') }}");
        project.file(
                "models/m.sql",
                """
                {{ config(materialized='incremental') }}
                select id * 2 as n from {{ ref('e') }}
                {% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}\
                """);
        project.model("p", "return dbt.ref('e').order('id desc')");
        project.file("fixtures/m/raw.t.csv", "id\n1\n2\n");
        project.file("fixtures/p/raw.t.csv", "id\n5\n6\n");
        project.file("fixtures/e/raw.t.csv", "id\n9\n");
        assertThat(values("m")).containsExactly("2", "4");
        assertThat(values("p")).containsExactly("6", "5");
        assertThat(values("e")).containsExactly("9");
    }

    @Test
    void eachModelHasItsOwnAndAnIncrementalOneBegins() throws Exception {
        for (String name : List.of("a", "b")) {
            project.model(
                    name,
                    """
                    dbt.config(materialized='incremental')
                    t = dbt.source('raw', 't')
                    return t.project(f"id, '{dbt.is_incremental} {dbt.this}' as s")
                    """);
        }
        project.file("fixtures/a/raw.t.csv", "id\n1\n");
        project.file("fixtures/b/raw.t.csv", "id\n2\n");
        List<Previewed> shown = show("a", "b");
        assertThat(shown.stream().map(one -> one.rows().rows().get(0).toString()))
                .as(events.toString())
                .containsExactly(
                        "[Optional[1], Optional[False shop.main.a]]",
                        "[Optional[2], Optional[False shop.main.b]]");
    }

    @Test
    void whatIsMissingIsNamedWithTheWayToIt() throws Exception {
        project.model("m", "return dbt.source('raw', 't')");
        assertThat(failure("m"))
                .isEqualTo(
                        "'m' has no fixture of 'raw.t' (fixtures/m/raw.t.csv). Save it while its"
                            + " database can be reached, or write the file by hand: dvt-ls fixture"
                            + " --select m.");
        assertThat(events(RunEvent.ModelFailed.class).findFirst().orElseThrow().failure().line())
                .isEqualTo(2);
        project.file("models/computed.sql", "select 1 as id");
        project.model("n", "return dbt.ref('COMPUTED'.lower())");
        assertThat(failure("n")).contains("dvt-ls fixture --select n --also computed.");
        assertThat(failure("source:raw.t")).contains("'raw.t' is no model");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithItsLine() throws Exception {
        project.model("m", "return dbt.source('raw', 't')");
        project.file("fixtures/m/raw.t.csv", "id,name\n1,a\nsecret,b\n");
        project.file("fixtures/m/types.json", "{\"raw.t.csv\": {\"id\": \"BIGINT\"}}");
        assertThat(failure("m"))
                .startsWith("fixtures/m/raw.t.csv cannot be read: CSV Error on Line: 3: ")
                .contains("\"id\"", "'BIGINT'")
                .endsWith(". Mend it, or save it anew: dvt-ls fixture --select m --replace.");
    }

    @Test
    void columnsThatHaveComeAndGoneAreTold() throws Exception {
        RunProject online = RunProject.in(folder);
        online.file("models/s.yml", "sources: [{name: raw, schema: main, tables: [{name: t}]}]");
        online.sql("dev.duckdb", "create table t as select 1 as id, 2 as fresh");
        project.model("m", "return dbt.source('raw', 't')");
        project.file("fixtures/m/raw.t.csv", "ID,old\n1,2\n");
        assertThat(online.run("m").events()).isNotEmpty(); // the cache knows raw.t now
        assertThat(values("m")).containsExactly("1|2");
        assertThat(events(RunEvent.Warning.class).map(RunEvent.Warning::message))
                .singleElement()
                .asString()
                .contains(
                        "fixtures/m/raw.t.csv is unlike raw.t as it was last read or loaded (",
                        "columns that it lacks: fresh; columns that are no more: old. ");
    }
}
