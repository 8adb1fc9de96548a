package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.dvtls.testing.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ListCommandTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- models/staging/stg_orders.sql
                    {{ config(tags=['a', 'b'], meta={'none': none}) }}
                    select * from {{ source('raw', 'orders') }}
                    //- models/report.py
                    def model(dbt, session):
                        return dbt.ref("stg_orders")
                    //- models/sources.yml
                    sources: [{name: raw, tables: [{name: orders}]}]
                    //- models/broken.yml
                    models:
                      - name: [
                    //- seeds/codes.csv
                    id
                    //- broken/dbt_project.yml
                    name: "x
                    """);

    private record Result(int exitCode, String out, String err) {}

    private static Result list(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("list"));
        all.addAll(List.of(args));
        return new Result(
                command.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static Result listShop(String... args) {
        List<String> all = new ArrayList<>(List.of("--project-dir", SHOP.root().toString()));
        all.addAll(List.of(args));
        return list(all.toArray(String[]::new));
    }

    @Test
    void printsNamesAsDvtDoes() {
        Result result = listShop();
        assertThat(result.out())
                .isEqualTo(
                        """
                        shop.codes
                        shop.report
                        shop.staging.stg_orders
                        source:shop.raw.orders
                        """);
        assertThat(result.exitCode()).isZero();
        // The file that cannot be read is named, and the rest is listed.
        assertThat(result.err()).startsWith("warning: ").contains("broken.yml:3:1: Not valid YAML");
    }

    @Test
    void selects() {
        assertThat(listShop("--select", "+report", "--exclude", "source:*").out())
                .isEqualTo("shop.report\nshop.staging.stg_orders\n");
        assertThat(listShop("-s", "report", "codes").out()).isEqualTo("shop.codes\nshop.report\n");
    }

    @Test
    void printsJson() {
        JsonArray nodes =
                JsonParser.parseString(listShop("--output-format", "json").out()).getAsJsonArray();
        assertThat(nodes).hasSize(4);
        assertThat(nodes.get(1))
                .isEqualTo(
                        JsonParser.parseString(
                                """
                                {"uniqueId": "model.shop.stg_orders", "name": "stg_orders", "type": "model",
                                 "path": "models/staging/stg_orders.sql",
                                 "dependsOn": ["source.shop.raw.orders"],
                                 "config": {"materialized": "view", "tags": ["a", "b"], "meta": {"none": null}},
                                 "tags": ["a", "b"]}
                                """));
    }

    @Test
    void saysWhatToDo() {
        Result unknown = listShop("--select", "reprot");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("'reprot'").contains("Nearest: report");

        Result nowhere = list("--project-dir", SHOP.path("nowhere").toString());
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("does not exist");

        Result none = list("--project-dir", SHOP.path("models").toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("no dbt_project.yml in").contains("--project-dir");

        Result broken = list("--project-dir", SHOP.path("broken").toString());
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("dbt_project.yml:").contains("Not valid YAML");

        Result usage = listShop("--output-format", "xml");
        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(usage.err()).contains("xml");
    }
}
