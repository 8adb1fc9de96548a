package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.FileRename;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are renamed in the editor, and files that name nodes without defining any. */
class FileRenamesTest {
    @TempDir Path folder;

    @Test
    void looksIntoFilesThatDefineNothing() throws Exception {
        try (TestServer lsp =
                NamesTest.able(folder)
                        .file(
                                "dbt_project.yml",
                                """
                                name: p
                                on-run-end: ["x {{ ref('orders') }}"]
                                test-paths: [checks]
                                """)
                        .file("macros/m.sql", "{% macro a() %}{{ ref('orders') }}{% endmacro %}")
                        .file("checks/deep/t.sql", "{{ ref('orders') }} {{ ref('orders_2') }}")
                        .file("tests/none.sql", "{{ ref('orders') }}")
                        .file("analyses/a.sql", "{{ ref(x) }} {{ ref('orders') }}")
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", NamesTest.READER);
            WorkspaceEdit edit = NamesTest.rename(lsp, "models/m.py", 1, 28, "sales");
            assertThat(edit.getDocumentChanges())
                    .filteredOn(Either::isLeft)
                    .extracting(c -> c.getLeft().getTextDocument().getUri())
                    .containsExactly(
                            lsp.uri("analyses/a.sql"),
                            lsp.uri("checks/deep/t.sql"),
                            lsp.uri("dbt_project.yml"),
                            lsp.uri("macros/m.sql"),
                            lsp.uri("models/all.yml"),
                            lsp.uri("models/m.py"),
                            lsp.uri("models/orders_2.sql"));
            List<? extends Location> found =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .references(
                                            new ReferenceParams(
                                                    lsp.id("models/m.py"),
                                                    new Position(1, 28),
                                                    new ReferenceContext(false))));
            lsp.openFromDisk("macros/m.sql");
            assertThat(NamesTest.references(lsp, "macros/m.sql", 0, 24, false)).hasSize(7);
            assertThat(found.stream().map(Location::getUri))
                    .contains(lsp.uri("macros/m.sql"), lsp.uri("dbt_project.yml"));
        }
    }

    private static FileRename file(TestServer lsp, String from, String to) {
        return new FileRename(lsp.uri(from), lsp.uri(to));
    }

    @Test
    void aRenamedFileChangesItsNames() throws Exception {
        try (TestServer lsp = NamesTest.able(folder).start().lenient()) {
            lsp.open("models/m.py", NamesTest.READER);
            var service = lsp.server.getWorkspaceService();
            var moved = List.of(file(lsp, "models/orders.py", "models/marts/orders.py"));
            assertThat(TestServer.get(service.willRenameFiles(new RenameFilesParams(moved))))
                    .isNull();
            var renamed = List.of(file(lsp, "models/orders.py", "models/sales.py"));
            WorkspaceEdit edit =
                    TestServer.get(service.willRenameFiles(new RenameFilesParams(renamed)));
            assertThat(edit.getDocumentChanges()).hasSize(3).allMatch(change -> change.isLeft());
            // The editor does it, and tells.
            lsp.change("models/m.py", NamesTest.READER.replace("orders", "sales"));
            lsp.client.take(
                    PublishDiagnosticsParams.class,
                    p ->
                            p.getUri().equals(lsp.uri("models/m.py"))
                                    && !p.getDiagnostics().isEmpty());
            Files.move(lsp.path("models/orders.py"), lsp.path("models/sales.py"));
            lsp.client.drain();
            service.didRenameFiles(new RenameFilesParams(renamed));
            lsp.client.take(
                    PublishDiagnosticsParams.class,
                    p -> p.getUri().equals(lsp.uri("models/m.py")) && p.getDiagnostics().isEmpty());
            assertThat(NamesTest.references(lsp, "models/m.py", 1, 28, true))
                    .contains("sales.py 0:4-9");
        }
    }

    @Test
    void aRenamedFileWhoseNameIsTakenLeavesNamesAlone() throws Exception {
        try (TestServer lsp = NamesTest.able(folder).start().lenient()) {
            lsp.open("models/m.py", NamesTest.READER);
            var files = List.of(file(lsp, "models/orders.py", "models/x/orders_2.py"));
            assertThat(
                            TestServer.get(
                                    lsp.server
                                            .getWorkspaceService()
                                            .willRenameFiles(new RenameFilesParams(files))))
                    .isNull();
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo(
                            "The names of orders.py were left as they are. There is a model"
                                    + " 'orders_2' already, in models/orders_2.sql.");
        }
    }
}
