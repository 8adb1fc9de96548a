package dev.dvtls.assist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Selector;
import dev.dvtls.project.FileText;
import dev.dvtls.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- README.md
                    # The shop
                    //- models/orders.py
                    def model(dbt, session):
                        dbt.config(tags=["daily"], timeout=5)
                        a = dbt.source("ops", "orders").df()
                        return session.sql("from __model__base join ops__orders")
                    //- models/base.sql
                    select 1 as id -- hunter22
                    //- models/hidden.sql
                    {{ config(docs={'show': false}) }} select 1
                    //- models/p.yml
                    groups:
                      - name: finance
                        owner: {name: Ada, email: ada@example.com}
                    models:
                      - name: orders
                        description: "{{ doc('o') }} hunter22"
                        config:
                          group: finance
                          meta: {api_key: abc, unique_key: id, nested: [{password: p, n: 1}]}
                        columns:
                          - name: id
                            data_type: bigint
                            description: the key
                            data_tests:
                              - unique
                              - accepted_values: {arguments: {values: [1, 2]}, config: {x: 1}}
                          - name: STATUS
                        tests:
                          - test_name: fresh
                            days: 3
                    sources:
                      - name: ops
                        description: The shop's database
                        loader: sling
                        freshness: {warn_after: {count: 12, period: hour}}
                        tables:
                          - name: orders
                            freshness: {error_after: {count: 1, period: day}}
                          - name: people
                    exposures:
                      - name: board
                        label: The board
                        type: dashboard
                        url: https://bi.example.com
                        owner: {name: Ada}
                        depends_on: [ref('orders')]
                      - name: other
                        type: ml
                        depends_on: [ref('base')]
                    //- models/docs.md
                    {% docs o %}What was *ordered*{% enddocs %}
                    //- seeds/codes.csv
                    id
                    """);

    private static Site site(NodeFacts facts, String... select) {
        ProjectManifest manifest = SHOP.manifest();
        try {
            return Site.of(
                    manifest,
                    facts,
                    new Site.Wanted(
                            Selector.select(manifest, List.of(select), List.of()),
                            select.length == 0,
                            file -> FileText.read(file).text(),
                            text -> text.replace("hunter22", "***")));
        } catch (Selector.UnknownSelection e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonObject read(String script) {
        assertThat(script).startsWith("globalThis.").endsWith("};\n");
        return JsonParser.parseString(script.substring(script.indexOf('{'), script.length() - 2))
                .getAsJsonObject();
    }

    private static List<String> ids(JsonObject read, String list) {
        List<String> ids = new ArrayList<>();
        read.getAsJsonArray(list)
                .forEach(n -> ids.add(n.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    private static JsonObject node(Site site, String id) {
        JsonArray nodes = read(site.data()).getAsJsonArray("nodes");
        for (JsonElement node : nodes) {
            if (node.getAsJsonObject().get("id").getAsString().equals(id)) {
                return node.getAsJsonObject();
            }
        }
        throw new AssertionError(id + " is not there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model.shop.orders | description | \"What was *ordered* ***\"",
                "model.shop.orders | tags        | [\"daily\"]",
                "model.shop.orders | group       | \"finance\"",
                "model.shop.orders | owner       | \"Ada\"",
                "model.shop.orders | config      | {\"timeout\":5}",
                "model.shop.orders | meta        | {\"api_key\":\"***\",\"unique_key\":\"id\","
                        + "\"nested\":[{\"password\":\"***\",\"n\":1}]}",
                "model.shop.orders | columns     | [{\"name\":\"id\",\"type\":\"bigint\","
                        + "\"description\":\"the key\",\"tests\":[{\"name\":\"unique\"},"
                        + "{\"name\":\"accepted_values\",\"arguments\":\"values: 1, 2\"}]},"
                        + "{\"name\":\"STATUS\"}]",
                "model.shop.orders | tests       | [{\"name\":\"fresh\","
                        + "\"arguments\":\"days: 3\"}]",
                "model.shop.orders | reads       | [\"model.shop.base\","
                        + "\"source.shop.ops.orders\"]",
                "source.shop.ops.orders | from   | {\"description\":\"The shop's database\","
                        + "\"loader\":\"sling\",\"freshness\":[\"error after 1 day\"]}",
                "source.shop.ops.people | from   | {\"description\":\"The shop's database\","
                        + "\"loader\":\"sling\",\"freshness\":[\"warn after 12 hours\"]}",
                "exposure.shop.board    | label  | \"The board\"",
                "exposure.shop.board    | url    | \"https://bi.example.com\"",
                "exposure.shop.board    | reads  | [\"model.shop.orders\"]",
                "seed.shop.codes        | path   | \"seeds/codes.csv\"",
            })
    void tellsOfANode(String id, String key, String json) {
        assertThat(String.valueOf(node(site(NodeFacts.TEXTS), id).get(key))).isEqualTo(json);
    }

    @Test
    void aNodeThatSaysSoIsNotShown() {
        assertThat(ids(read(site(NodeFacts.TEXTS).data()), "nodes"))
                .contains("model.shop.base", "exposure.shop.other")
                .doesNotContain("model.shop.hidden");
    }

    @Test
    void aSelectionBringsItsExposures() {
        assertThat(ids(read(site(NodeFacts.TEXTS, "orders").data()), "nodes"))
                .containsExactly("model.shop.orders", "exposure.shop.board");
    }

    @Test
    void namesInCodeLeadToNodes() {
        JsonObject code = read(site(NodeFacts.TEXTS).code());
        assertThat(ids(code, "files")).containsExactly("model.shop.base", "model.shop.orders");
        JsonObject orders = code.getAsJsonArray("files").get(1).getAsJsonObject();
        String text = orders.get("text").getAsString();
        List<String> links = new ArrayList<>();
        for (JsonElement link : orders.getAsJsonArray("links")) {
            JsonArray one = link.getAsJsonArray();
            links.add(
                    text.substring(one.get(0).getAsInt(), one.get(1).getAsInt())
                            + " > "
                            + one.get(2).getAsString());
        }
        assertThat(links)
                .containsExactly(
                        "orders > source.shop.ops.orders",
                        "base > model.shop.base",
                        "ops__orders > source.shop.ops.orders");
    }

    @Test
    void placesCountLineEndsAsThePageHasThem() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.sql
                        \r
                        select 1\r
                        from {{ ref('b') }}\r
                        //- models/b.sql
                        select 1
                        """);
        ProjectManifest manifest = workspace.manifest();
        JsonObject file =
                CodeJson.of(
                                "x",
                                manifest,
                                manifest.file(workspace.path("models/a.sql")).orElseThrow(),
                                new Scrub(text -> text))
                        .getAsJsonObject();
        JsonArray link = file.getAsJsonArray("links").get(0).getAsJsonArray();
        assertThat(
                        file.get("text")
                                .getAsString()
                                .substring(link.get(0).getAsInt(), link.get(1).getAsInt()))
                .isEqualTo("b");
    }

    @Test
    void secretsStayBehindInCodeToo() {
        Site site = site(NodeFacts.TEXTS);
        assertThat(site.code() + site.data()).doesNotContain("hunter22").contains("-- ***");
    }

    @Test
    void theOverviewIsTheReadmeUnlessABlockSaysMore() {
        assertThat(read(site(NodeFacts.TEXTS).data()).get("overview").getAsString())
                .isEqualTo("# The shop\n");
    }

    @Test
    void theSameProjectGivesTheSameText() {
        assertThat(site(NodeFacts.TEXTS)).isEqualTo(site(NodeFacts.TEXTS));
        assertThat(site(NodeFacts.TEXTS).data().lines().count())
                .isEqualTo(site(NodeFacts.TEXTS).nodes() + 6L);
    }
}
