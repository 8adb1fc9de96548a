package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DiagnosticsTagSupport;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real rules look like to a client. */
class RulesOverTheWireTest {
    private static final String SITE = ".venv/lib/python3.11/site-packages/";

    @TempDir Path folder;

    private TestServer.Builder real() {
        return TestServer.in(folder).project().access(new DiskProjects());
    }

    @Test
    void aPlaceInAnotherFileMovesWithIt() throws Exception {
        String model = "def model(dbt, session):\n    return session.sql('select 1 as id')\n";
        try (TestServer lsp =
                real().client(
                                c ->
                                        c.getTextDocument()
                                                .getPublishDiagnostics()
                                                .setRelatedInformation(true))
                        .file("models/a.py", model)
                        .file("models/sub/a.py", model)
                        .start()) {
            lsp.open("models/a.py", model);
            assertThat(relatedLine(lsp, "models/a.py", 0)).isZero();
            lsp.open("models/sub/a.py", model);
            assertThat(lsp.diagnostics("models/sub/a.py")).hasSize(1);
            lsp.change("models/sub/a.py", "import os\n\n" + model);
            assertThat(lsp.diagnostics("models/sub/a.py")).hasSize(1);
            assertThat(relatedLine(lsp, "models/a.py", 2)).isEqualTo(2);
        }
    }

    /** The line that a file's first problem leads to, once it is the one that is waited for. */
    private static int relatedLine(TestServer lsp, String file, int wanted) throws Exception {
        return line(
                lsp.client.take(
                        PublishDiagnosticsParams.class,
                        p ->
                                p.getUri().equals(lsp.uri(file))
                                        && !p.getDiagnostics().isEmpty()
                                        && line(p) == wanted));
    }

    private static int line(PublishDiagnosticsParams published) {
        return published
                .getDiagnostics()
                .get(0)
                .getRelatedInformation()
                .get(0)
                .getLocation()
                .getRange()
                .getStart()
                .getLine();
    }

    @Test
    void aCodeLeadsToItsPageAndWhatCanGoIsTagged() throws Exception {
        try (TestServer lsp =
                real().client(
                                c -> {
                                    var publish = c.getTextDocument().getPublishDiagnostics();
                                    publish.setCodeDescriptionSupport(true);
                                    publish.setTagSupport(
                                            new DiagnosticsTagSupport(
                                                    List.of(DiagnosticTag.Unnecessary)));
                                })
                        .start()) {
            lsp.open(
                    "models/m.py",
                    """
                    def model(dbt, session):
                        dbt.config(unique_key="id")
                        return session.sql(dbt.ref("x"))
                    """);
            List<Diagnostic> found =
                    lsp.client.take(PublishDiagnosticsParams.class, p -> true).getDiagnostics();
            assertThat(found).hasSize(2);
            for (Diagnostic one : found) {
                String code = one.getCode().getLeft();
                Path page = Path.of(URI.create(one.getCodeDescription().getHref()));
                assertThat(Files.readString(page)).startsWith("# " + code + ": ");
            }
            assertThat(found.get(0).getTags()).containsExactly(DiagnosticTag.Unnecessary);
            assertThat(found.get(1).getTags()).isNull();
        }
    }

    @Test
    void aClientWithoutThemGetsNeitherLinksNorTags() throws Exception {
        try (TestServer lsp = real().start()) {
            lsp.open(
                    "models/m.py",
                    """
                    def model(dbt, session):
                        dbt.config(unique_key="id")
                        return session.sql("select 1")
                    """);
            Diagnostic one =
                    lsp.client
                            .take(PublishDiagnosticsParams.class, p -> true)
                            .getDiagnostics()
                            .get(0);
            assertThat(one.getCodeDescription()).isNull();
            assertThat(one.getTags()).isNull();
        }
    }

    @Test
    void settingsCountWhileTheyAreTyped() throws Exception {
        try (TestServer lsp = real().start()) {
            lsp.open("models/m.py", "def model(dbt, session): return dbt.ref(\"nope\")\n");
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.open("dvt.toml", "[rules]\nDVT120 = \"of\"\n");
            assertThat(lsp.diagnostics("dvt.toml"))
                    .singleElement()
                    .asString()
                    .startsWith("1:10-12 bad-setting There is no severity 'of'.");
            lsp.change("dvt.toml", 1, 12, 12, "f");
            assertThat(lsp.diagnostics("dvt.toml")).isEmpty();
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    private static Map<String, DiagnosticSeverity> severities(TestServer lsp) {
        return lsp.client.take(PublishDiagnosticsParams.class, p -> true).getDiagnostics().stream()
                .collect(Collectors.toMap(d -> d.getCode().getLeft(), d -> d.getSeverity()));
    }

    @Test
    void whatIsDeprecatedIsStruckOut() throws Exception {
        TestServer.Builder builder =
                real().file("models/old.sql", "select 1 as id\n")
                        .file(
                                "models/p.yml",
                                "models: [{name: old, deprecation_date: 2001-01-01}]\n")
                        .client(
                                c ->
                                        c.getTextDocument()
                                                .getPublishDiagnostics()
                                                .setTagSupport(
                                                        new DiagnosticsTagSupport(
                                                                List.of(
                                                                        DiagnosticTag
                                                                                .Deprecated))));
        try (TestServer lsp = builder.start()) {
            lsp.open("models/m.py", "def model(dbt, session): return dbt.ref('old')\n");
            Diagnostic one =
                    lsp.client
                            .take(PublishDiagnosticsParams.class, p -> true)
                            .getDiagnostics()
                            .get(0);
            assertThat(one.getCode().getLeft()).isEqualTo("deprecated-ref");
            assertThat(one.getSeverity()).isEqualTo(DiagnosticSeverity.Hint);
            assertThat(one.getTags()).containsExactly(DiagnosticTag.Deprecated);
            lsp.open("models/p.yml", "models: [{name: old, deprecation_date: 2999-01-01}]\n");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            lsp.lenient();
        }
    }

    @Test
    void severitiesAreTheRulesOwnOrTheProjects() throws Exception {
        String text =
                """
                def model(dbt, connection):
                    dbt.config(materialised="table")
                    return dbt.ref("nope")
                """;
        try (TestServer lsp = real().start()) {
            lsp.open("models/m.py", text);
            assertThat(severities(lsp))
                    .containsOnly(
                            entry("DVT120", DiagnosticSeverity.Error),
                            entry("unknown-config", DiagnosticSeverity.Warning),
                            entry("session-name", DiagnosticSeverity.Hint));
        }
        String settings =
                """
                [rules]
                DVT120 = "hint"
                unknown-config = "error"
                session-name = "information"
                """;
        try (TestServer lsp = real().file("dvt.toml", settings).start()) {
            lsp.open("models/m.py", text);
            assertThat(severities(lsp))
                    .containsOnly(
                            entry("DVT120", DiagnosticSeverity.Hint),
                            entry("unknown-config", DiagnosticSeverity.Error),
                            entry("session-name", DiagnosticSeverity.Information));
        }
    }

    @Test
    void sqlIsCheckedOnceDuckDbIsThere() throws Exception {
        try (TestServer lsp = real().start()) {
            lsp.open(
                    "models/m.py",
                    "def model(dbt, session):\n    return session.sql(\"selec 1\").df()\n");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            assertThat(lsp.diagnostics("models/m.py"))
                    .singleElement()
                    .asString()
                    .startsWith("1:24-29 sql-syntax");
            lsp.change("models/m.py", 1, 24, 29, "select");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void aPackageThatIsInstalledIsNoticed() throws Exception {
        JsonObject options = new JsonObject();
        JsonObject python = new JsonObject();
        python.addProperty("interpreter", folder.resolve(".venv/bin/python").toString());
        options.add("python", python);
        TestServer.Builder builder =
                real().file(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.4\n")
                        .file(".venv/bin/python", "never started")
                        .file(SITE + "duckdb/__init__.py", "")
                        .options(options);
        assertThat(folder.resolve(".venv/bin/python").toFile().setExecutable(true)).isTrue();
        try (TestServer lsp = builder.start()) {
            lsp.open(
                    "models/m.py",
                    """
                    import requests
                    def model(dbt, session): return session.sql(dbt.ref("m2"))
                    """);
            lsp.open("models/m2.sql", "select 1 as id");
            assertThat(
                            lsp.client.take(
                                    PublishDiagnosticsParams.class, RulesOverTheWireTest::misses))
                    .isNotNull();
            Files.createDirectories(folder.resolve(SITE + "requests"));
            assertThat(
                            lsp.client.take(
                                    PublishDiagnosticsParams.class,
                                    p -> p.getUri().endsWith("m.py") && !misses(p)))
                    .isNotNull();
            lsp.lenient();
        }
    }

    private static boolean misses(PublishDiagnosticsParams params) {
        return params.getDiagnostics().stream()
                .anyMatch(d -> d.getCode().getLeft().equals("DVT125"));
    }
}
