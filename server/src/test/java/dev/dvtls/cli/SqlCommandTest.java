package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dvt-ls sql}: the cache answers, and nothing else can be reached. */
class SqlCommandTest {
    @TempDir Path folder;
    private CliProject project;

    @BeforeEach
    void project() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("my [shop]* d'or=1"));
        project =
                CliProject.in(odd)
                        .cached(
                                "dev",
                                "model.shop.orders",
                                "select range as id, 'o' || range as name from range(3)")
                        .cached("prod", "model.shop.orders", "select 9 as id, 'prod' as name")
                        .cached("dev", "source.shop.crm.people", "select 1 as id, 'Åsa' as name");
    }

    @Test
    void answersByTheNamesOfModelsAndSources() {
        CliProject.Ran ran =
                project.run(
                        "sql",
                        "select o.id, p.name from __model__orders o join crm__people p using (id)");
        assertThat(ran.out()).isEqualTo("id  name\n--  ----\n 1  Åsa\n");
        assertThat(ran.err())
                .containsPattern("__model__orders is \\d+ s old\\.")
                .contains("crm__people is ", "1 row.");
        assertThat(ran.code()).isZero();
    }

    @Test
    void eachTargetHasItsOwnCache() {
        CliProject.Ran ran =
                project.run("sql", "--target", "prod", "from __MODEL__ORDERS select name");
        assertThat(ran.out()).isEqualTo("name\n----\nprod\n");
        assertThat(project.run("sql", "-t", "qa", "select 1").err()).contains("it has dev, prod");
    }

    @Test
    void theDefaultTargetMayBeATemplate() throws Exception {
        project.file(
                "profiles.yml",
                "shop: {target: \"{{ env_var('NOT_SET_FOR_SQL', 'prod') }}\","
                        + " outputs: {prod: {type: duckdb, path: p.duckdb}}}");
        assertThat(project.run("sql", "select name from __model__orders").out()).contains("prod");
    }

    @Test
    void printsJsonAndCsv() {
        String sql =
                "select 1 as i, 1.50::decimal(4,2) as d, null as n, true as b, 'a\"b,c' as t,"
                        + " '' as e, 'nan'::double as x, date '2024-01-02' as day";
        assertThat(project.run("sql", sql, "--output-format", "json").out())
                .isEqualTo(
                        "[{\"i\":1,\"d\":1.50,\"n\":null,\"b\":true,\"t\":\"a\\\"b,c\","
                                + "\"e\":\"\",\"x\":\"NaN\",\"day\":\"2024-01-02\"}]\n");
        assertThat(project.run("sql", sql, "--output-format", "csv").out())
                .isEqualTo("i,d,n,b,t,e,x,day\n1,1.50,,true,\"a\"\"b,c\",\"\",NaN,2024-01-02\n");
    }

    @Test
    void datesAndTimesAreAsDuckDbPrintsThem() {
        String sql =
                "select timestamp '2024-01-02 10:00:00' as a, 'infinity'::timestamp as a,"
                        + " time '10:00' as t, 1 as n -- end";
        assertThat(project.run("sql", sql, "--output-format", "csv").out())
                .isEqualTo("a,a,t,n\n2024-01-02 10:00:00,infinity,10:00:00,1\n");
    }

    @Test
    void saysWhenThereIsMore() {
        CliProject.Ran ran = project.run("sql", "--limit", "2", "select id from __model__orders");
        assertThat(ran.out().lines()).hasSize(4);
        assertThat(ran.err()).contains("The first 2 rows; --limit 0 prints all.");
        assertThat(project.run("sql", "--limit", "0", "select id from __model__orders").err())
                .contains("3 rows.");
    }

    @Test
    void wrongNamesGetTheNearest() {
        CliProject.Ran unknown = project.run("sql", "select * from __model__ordrs");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .contains(
                        "The cache of target 'dev' has no __model__ordrs. Did you mean"
                                + " __model__orders?");
        assertThat(project.run("sql", "select * from __model__customers").err())
                .contains("customers is not in the cache of target 'dev' yet.")
                .contains("dvt-ls run --select customers");
        assertThat(project.run("sql", "select * from orders").err())
                .isEqualTo(
                        "error: There is no table orders in the cache. Models and seeds have a"
                                + " prefix here: __model__orders.\n");
        assertThat(project.run("sql", "from crm.people").err())
                .isEqualTo(
                        "error: There is no table crm.people in the cache. Sources are written so"
                                + " here: crm__people.\n");
        assertThat(project.run("sql", "from nothing").err())
                .isEqualTo(
                        "error: The cache of target 'dev' has no nothing. It has __model__orders,"
                                + " crm__people.\n");
        assertThat(project.run("sql", "select nme from __model__orders").err())
                .contains("Referenced column \"nme\" not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_text('SECRET')",
                "select * from read_csv('SECRET')",
                "select * from 'SECRET'",
                "select * from glob('/*')",
                "select * from read_parquet('https://example.org/x.parquet')",
                "copy (select 1) to 'SECRET'",
                "copy (select * from __model__orders) to 'SECRET'",
                "attach 'SECRET' as s",
                "install httpfs",
                "load httpfs",
                "set enable_external_access = true",
                "select 1; reset enable_external_access; select * from read_text('SECRET')",
            })
    void reachesNothingElse(String sql) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\ntop,secret\n");
        CliProject.Ran ran = project.run("sql", sql.replace("SECRET", secret.toString()));
        assertThat(ran.code()).as(ran.out()).isEqualTo(1);
        assertThat(ran.out() + ran.err()).doesNotContain("top");
        assertThat(secret).hasContent("a,b\ntop,secret\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; select 2", " ; ", "/* nothing */"})
    void takesOneQuery(String sql) {
        CliProject.Ran ran = project.run("sql", sql);
        assertThat(ran.err()).startsWith("error: Ask one query").hasLineCount(1);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(project.run("sql", "select 1", "--limit", "-1").err()).contains("0 prints all");
    }

    @Test
    void leavesNoWorkFolder() throws Exception {
        project.run("sql", "select * from __model__orders");
        try (var left = Files.list(project.root().resolve(".dvt/work"))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("lock");
        }
    }
}
