package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties files while somebody types in them, over the protocol. */
class YamlOverTheWireTest {
    private static final String SOURCES =
            "sources:\n  - name: ops\n    tables:\n      - name: orders\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .access(new DiskProjects())
                .project()
                .file("models/m.sql", "select 1 as id from {{ source('ops', 'orders') }}\n")
                .file("models/s.yml", SOURCES);
    }

    private static Hover hover(TestServer lsp, int line, int column) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .hover(
                                new HoverParams(
                                        lsp.id("models/p.yml"), new Position(line, column))));
    }

    @Test
    void keysTellAndNamesLeadOnInBrokenText() throws Exception {
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open(
                    "models/p.yml",
                    "models: # 😀\n  - {\"😀\": x, name: m, descr: [\n    access: 'p");
            List<? extends Location> locations =
                    TestServer.get(
                                    lsp.server
                                            .getTextDocumentService()
                                            .definition(
                                                    new DefinitionParams(
                                                            lsp.id("models/p.yml"),
                                                            new Position(1, 22))))
                            .getLeft();
            assertThat(locations)
                    .extracting(Location::getUri)
                    .containsExactly(lsp.id("models/m.sql").getUri());
            Hover name = hover(lsp, 1, 16);
            assertThat(name.getContents().getRight().getValue()).startsWith("name · model\n");
            assertThat(name.getRange())
                    .isEqualTo(new Range(new Position(1, 16), new Position(1, 20)));
        }
    }

    @Test
    void sourcesStayThereWhileTheirFileIsTypedIn() throws Exception {
        try (TestServer lsp = project().start()) {
            lsp.open("models/m.sql", "select 1 as id from {{ source('ops', 'orders') }}\n");
            assertThat(lsp.diagnostics("models/m.sql")).isEmpty();
            lsp.open("models/s.yml", SOURCES);
            assertThat(lsp.diagnostics("models/s.yml")).isEmpty();
            lsp.change("models/s.yml", SOURCES + "        columns: [");
            assertThat(lsp.diagnostics("models/s.yml"))
                    .singleElement()
                    .asString()
                    .contains("Not valid YAML");
            // The next set of the model is that of its own edit: nothing came in between.
            lsp.change(
                    "models/m.sql",
                    "select 1 from {{ ref('nobody') }}, {{ source('ops', 'orders') }}");
            assertThat(lsp.diagnostics("models/m.sql"))
                    .singleElement()
                    .asString()
                    .contains("DVT120");
        }
    }
}
