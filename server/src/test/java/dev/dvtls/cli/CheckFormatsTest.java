package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.cli.CheckRuns.Ran;
import dev.dvtls.testing.Workspace;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CheckFormatsTest {
    private static final String BROKEN =
            """
            //- models/stg_orders.sql
            select 1 as id
            //- models/a,b.py
            def model(dbt, session):
            \tx = "日本 🎉 <&>"; y = dbt.ref("stg_ordrs")
            \treturn y
            //- models/dynamic.py
            def model(dbt, session):
                return dbt.ref(dbt.var("50%"))
            //- models/twice.py
            def model(session, dbt):
                return dbt.ref("nope")
            """;

    private static JsonObject sarif(Workspace workspace) {
        Ran ran = CheckRuns.run(workspace.root(), "--output-format", "sarif");
        assertThat(ran.code()).isEqualTo(1);
        return JsonParser.parseString(ran.out()).getAsJsonObject();
    }

    private static JsonObject at(JsonElement from, Object... path) {
        JsonElement now = from;
        for (Object step : path) {
            now =
                    step instanceof Integer index
                            ? now.getAsJsonArray().get(index)
                            : now.getAsJsonObject().get(step.toString());
        }
        return now.getAsJsonObject();
    }

    @Test
    void sarifHasWhatTheSchemaRequires() {
        Workspace workspace = Workspace.of(BROKEN);
        JsonObject log = sarif(workspace);
        assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
        assertThat(log.get("$schema").getAsString()).endsWith("sarif-schema-2.1.0.json");
        JsonObject run = at(log, "runs", 0);
        assertThat(run.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
        JsonObject driver = at(run, "tool", "driver");
        assertThat(driver.get("name").getAsString()).isEqualTo("dvt-ls");
        JsonArray rules = driver.get("rules").getAsJsonArray();
        for (JsonElement result : run.get("results").getAsJsonArray()) {
            int rule = result.getAsJsonObject().get("ruleIndex").getAsInt();
            assertThat(at(rules.get(rule)).get("id"))
                    .isEqualTo(result.getAsJsonObject().get("ruleId"));
            assertThat(at(result, "message").get("text").getAsString()).isNotBlank();
        }
        JsonObject rule = at(rules, 0);
        assertThat(rule.get("id").getAsString()).isEqualTo("DVT120");
        assertThat(at(rule, "shortDescription").get("text").getAsString())
                .isEqualTo("ref() target not found");
        assertThat(at(rule, "help").get("markdown").getAsString()).contains("dbt.ref(");
        assertThat(at(rule, "defaultConfiguration").get("level").getAsString()).isEqualTo("error");
    }

    @Test
    void sarifPlacesAreCodePointsAndFilesAreUris() {
        Workspace workspace = Workspace.of(BROKEN);
        JsonObject result = at(sarif(workspace), "runs", 0, "results", 0);
        JsonObject place = at(result, "locations", 0, "physicalLocation");
        URI uri = URI.create(at(place, "artifactLocation").get("uri").getAsString());
        assertThat(Path.of(uri)).isEqualTo(workspace.path("models/a,b.py"));
        JsonObject region = at(place, "region");
        assertThat(region)
                .hasToString("{\"startLine\":2,\"startColumn\":31,\"endLine\":2,\"endColumn\":40}");
        JsonObject replacement = at(result, "fixes", 0, "artifactChanges", 0, "replacements", 0);
        assertThat(at(replacement, "deletedRegion")).isEqualTo(region);
        assertThat(at(replacement, "insertedContent").get("text").getAsString())
                .isEqualTo("stg_orders");
    }

    @Test
    void githubEscapesDataAndProperties() {
        Workspace workspace = Workspace.of(BROKEN);
        Ran ran = CheckRuns.run(workspace.root(), "--output-format", "github");
        assertThat(ran.code()).isEqualTo(1);
        String root = workspace.root().toString();
        assertThat(ran.out().lines().toList())
                .hasSize(4)
                .allMatch(l -> l.startsWith("::error ") || l.startsWith("::warning "))
                .anySatisfy(
                        l ->
                                assertThat(l)
                                        .startsWith(
                                                "::error title=dvt-ls (DVT120),file="
                                                        + root
                                                        + "/models/a%2Cb.py,line=2,col=31,"
                                                        + "endLine=2,endColumn=40::"
                                                        + root
                                                        + "/models/a,b.py:2:31: DVT120 ref()")
                                        .contains("'stg_orders'?%0ACheck the model name"))
                .anySatisfy(l -> assertThat(l).startsWith("::warning ").contains("dynamic-ref"));
    }

    @Test
    void githubNeverWritesARawPercent() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.py
                        def model(dbt, session):
                            return dbt.ref("50%:x")
                        """);
        Ran ran = CheckRuns.run(workspace.root(), "--output-format", "github");
        assertThat(ran.out()).contains("'50%25:x'");
    }

    @Test
    void junitHasATestCaseAFile() throws Exception {
        Workspace workspace = Workspace.of(BROKEN);
        workspace.write(
                "models/bell.py", "def model(dbt, session):\n    return dbt.ref('a\u0007<&\"')\n");
        Ran ran = CheckRuns.run(workspace.root(), "--output-format", "junit");
        assertThat(ran.code()).isEqualTo(1);
        Element suite =
                (Element)
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(ran.out())))
                                .getElementsByTagName("testsuite")
                                .item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("3");
        Element broken = testCase(suite, "a,b.py");
        Element failure = (Element) broken.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("DVT120");
        assertThat(failure.getTextContent()).contains("a,b.py:2:31: error[DVT120]: ref()");
        Element twice =
                (Element) testCase(suite, "twice.py").getElementsByTagName("failure").item(0);
        assertThat(twice.getAttribute("message")).endsWith("(and 1 more)");
        Element bell = (Element) testCase(suite, "bell.py").getElementsByTagName("failure").item(0);
        assertThat(bell.getAttribute("message")).contains("<&\"");
        Element warned = testCase(suite, "dynamic.py");
        assertThat(warned.getElementsByTagName("failure").getLength()).isZero();
        assertThat(warned.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("warning[dynamic-ref]");
        assertThat(testCase(suite, "stg_orders.sql").getChildNodes().getLength()).isZero();
    }

    private static Element testCase(Element suite, String name) {
        for (int i = 0; i < suite.getElementsByTagName("testcase").getLength(); i++) {
            Element one = (Element) suite.getElementsByTagName("testcase").item(i);
            if (one.getAttribute("name").endsWith("/" + name)) {
                return one;
            }
        }
        throw new AssertionError("no test case for " + name);
    }

    @Test
    void nothingWrongInEachFormat() {
        Workspace workspace = Workspace.of("//- models/a.sql\nselect 1 as id\n");
        Ran sarif = CheckRuns.run(workspace.root(), "--output-format", "sarif");
        assertThat(sarif.code()).isZero();
        assertThat(at(JsonParser.parseString(sarif.out()), "runs", 0).get("results"))
                .hasToString("[]");
        assertThat(CheckRuns.run(workspace.root(), "--output-format", "github").out()).isEmpty();
        assertThat(CheckRuns.run(workspace.root(), "--output-format", "junit").out())
                .contains("tests=\"1\" failures=\"0\"");
    }
}
