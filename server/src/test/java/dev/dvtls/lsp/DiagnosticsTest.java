package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCapabilities;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
    private static final String REFS_A = model("a");
    private static final String REFS_B = model("b");

    /** A model on one line; the name begins at column 41. */
    private static String model(String upstream) {
        return "def model(dbt, session): return dbt.ref(\"" + upstream + "\")\n";
    }

    @TempDir Path folder;

    @Test
    void pushesForTheOpenedFileWithItsVersion() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().start()) {
            lsp.open("models/m.py", REFS_B);
            PublishDiagnosticsParams params =
                    lsp.client.take(PublishDiagnosticsParams.class, p -> true);
            assertThat(params.getVersion()).isEqualTo(1);
            Diagnostic diagnostic = params.getDiagnostics().get(0);
            assertThat(diagnostic.getSource()).isEqualTo("dvt");
            assertThat(diagnostic.getCode().getLeft()).isEqualTo("DVT120");
            assertThat(diagnostic.getCodeDescription()).isNull();
            assertThat(diagnostic.getRelatedInformation()).hasSize(1);
            assertThat(diagnostic.getData().toString()).contains("Replace with a");
        }
    }

    @Test
    void anEditClearsAndRaises() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().file("models/a.py", "").start()) {
            lsp.open("models/m.py", REFS_A);
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            lsp.change("models/m.py", 0, 41, 42, "b");
            assertThat(lsp.diagnostics("models/m.py")).containsExactly("0:41-42 DVT120 no model b");
            lsp.change("models/m.py", 0, 41, 42, "a");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void theSameSetIsNotSentTwice() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().start()) {
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.change("models/m.py", REFS_B + "\n");
            lsp.change("models/m.py", REFS_B + "\n\n");
            // The next set is that of a real change: nothing came in between.
            int version = lsp.change("models/m.py", "\n" + REFS_B);
            PublishDiagnosticsParams next =
                    lsp.client.take(PublishDiagnosticsParams.class, p -> true);
            assertThat(next.getVersion()).isEqualTo(version);
        }
    }

    @Test
    void aNewModelClearsOthersAndItsRemovalRaisesThemAgain() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().start()) {
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.open("models/b.py", "");
            assertThat(lsp.diagnostics("models/b.py")).isEmpty();
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            // Never saved: closing it takes the model away.
            lsp.closeDocument("models/b.py");
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
        }
    }

    @Test
    void aFileOnDiskCountsToo() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().watching().start()) {
            assertThat(lsp.client.take(RegistrationParams.class, r -> true).toString())
                    .contains("workspace/didChangeWatchedFiles", "**/*.{py,sql,yml,yaml,csv,md}")
                    .contains("**/{dvt,pyproject}.toml");
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.onDisk("models/b.py", "");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            lsp.deleted("models/b.py");
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
        }
    }

    @Test
    void aDeletedFolderTakesItsModelsAway() throws Exception {
        try (TestServer lsp =
                TestServer.in(folder).project().file("models/deep/b.py", "").start()) {
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            Files.delete(lsp.path("models/deep/b.py"));
            Files.delete(lsp.path("models/deep"));
            lsp.watched(new FileEvent(lsp.uri("models/deep"), FileChangeType.Deleted));
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
        }
    }

    @Test
    void unsavedTextWinsOverTheDisk() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().file("models/a.py", "").start()) {
            lsp.open("models/m.py", REFS_A);
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            lsp.onDisk("models/m.py", REFS_B);
            lsp.change("models/m.py", "\n" + REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).containsExactly("1:41-42 DVT120 no model b");
        }
    }

    @Test
    void aCheckoutOfManyFilesIsTakenAtOnce() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().start()) {
            StringBuilder text = new StringBuilder("def model(dbt, session):\n");
            for (int i = 0; i < 500; i++) {
                text.append("    dbt.ref(\"m").append(i).append("\")\n");
            }
            lsp.open("models/all.py", text.toString());
            assertThat(lsp.diagnostics("models/all.py")).hasSize(500);
            Files.createDirectories(lsp.path("models"));
            List<FileEvent> events = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                Path file = lsp.path("models/m" + i + ".py");
                Files.writeString(file, "");
                events.add(new FileEvent(Uris.of(file), FileChangeType.Created));
            }
            lsp.watched(events.toArray(FileEvent[]::new));
            // One set, not five hundred: the rest would be left over at the end.
            assertThat(lsp.diagnostics("models/all.py")).isEmpty();
        }
    }

    @Test
    void closingClears() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().start()) {
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.closeDocument("models/m.py");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void outsideOfProjectsNothingIsSaid() throws Exception {
        try (TestServer lsp =
                TestServer.in(folder).file("p/dbt_project.yml", "name: p\nprofile: p\n").start()) {
            lsp.open("other.py", REFS_B);
            lsp.open("p/models/m.py", REFS_B);
            assertThat(lsp.diagnostics("p/models/m.py")).hasSize(1);
        }
    }

    @Test
    void nestedAndNeighbouringProjectsKeepTheirNamesApart() throws Exception {
        try (TestServer lsp =
                TestServer.in(folder)
                        .file("one/dbt_project.yml", "name: p\nprofile: p\n")
                        .file("one/models/a.py", "")
                        .file("one/inner/dbt_project.yml", "name: p\nprofile: p\n")
                        .file("two/dbt_project.yml", "name: p\nprofile: p\n")
                        .file("two/models/b.py", "")
                        .start()) {
            lsp.open("one/models/m.py", model("a\"), dbt.ref(\"b"));
            assertThat(lsp.diagnostics("one/models/m.py")).hasSize(1);
            lsp.open("one/inner/models/m.py", REFS_A);
            assertThat(lsp.diagnostics("one/inner/models/m.py")).hasSize(1);
            lsp.open("two/models/m.py", model("a\"), dbt.ref(\"b"));
            assertThat(lsp.diagnostics("two/models/m.py")).hasSize(1);
        }
    }

    @Test
    void filesOfAProjectThatGoesBelongToTheOneAround() throws Exception {
        String inner = "models/inner/dbt_project.yml";
        try (TestServer lsp =
                TestServer.in(folder)
                        .access(new DiskProjects())
                        .file("dbt_project.yml", "name: outer\nprofile: p\n")
                        .file(inner, "name: inner\nprofile: p\n")
                        .file("models/inner/models/a.sql", "select 1")
                        .file("models/m.sql", "select * from {{ ref('a') }}")
                        .start()) {
            lsp.openFromDisk("models/m.sql");
            assertThat(lsp.diagnostics("models/m.sql")).hasSize(1);
            lsp.deleted(inner);
            assertThat(lsp.diagnostics("models/m.sql")).isEmpty();
            lsp.onDisk(inner, "name: inner\nprofile: p\n");
            assertThat(lsp.diagnostics("models/m.sql")).hasSize(1);
        }
    }

    @Test
    void aFolderThatIsMovedHereIsReadWithItsFiles() throws Exception {
        try (TestServer lsp =
                TestServer.in(folder)
                        .access(new DiskProjects())
                        .file("dbt_project.yml", "name: p\nprofile: p\n")
                        .file("aside/a.sql", "select 1")
                        .file("models/m.sql", "select * from {{ ref('a') }}")
                        .start()) {
            lsp.openFromDisk("models/m.sql");
            assertThat(lsp.diagnostics("models/m.sql")).hasSize(1);
            Files.move(lsp.path("aside"), lsp.path("models/moved"));
            lsp.watched(new FileEvent(lsp.uri("models/moved"), FileChangeType.Created));
            assertThat(lsp.diagnostics("models/m.sql")).isEmpty();
        }
    }

    @Test
    void aProjectThatAppearsIsRead() throws Exception {
        try (TestServer lsp = TestServer.in(folder).file("models/m.py", REFS_B).start()) {
            lsp.openFromDisk("models/m.py");
            lsp.onDisk("dbt_project.yml", "name: p\nprofile: p\n");
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.deleted("dbt_project.yml");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    @Test
    void columnsAreCountedAsAgreed() throws Exception {
        String text =
                """
                def model(dbt, session):
                    s = "é😀"; x = dbt.ref("b")
                    y = dbt.ref("c")
                """
                        .replace("\n", "\r\n");
        for (String encoding : List.of("utf-8", "utf-16", "utf-32")) {
            try (TestServer lsp =
                    TestServer.in(folder).project().encodings("x-other", encoding).start()) {
                assertThat(lsp.initialized.getCapabilities().getPositionEncoding())
                        .isEqualTo(encoding);
                lsp.open("models/m.py", text);
                int column = encoding.equals("utf-8") ? 31 : encoding.equals("utf-16") ? 28 : 27;
                assertThat(lsp.diagnostics("models/m.py"))
                        .containsExactly(
                                "1:" + column + "-" + (column + 1) + " DVT120 no model b",
                                "2:17-18 DVT120 no model c");
                lsp.change("models/m.py", 1, column, column + 1, "😀d");
                assertThat(lsp.diagnostics("models/m.py"))
                        .as("the range that was replaced is the one that was told")
                        .contains("2:17-18 DVT120 no model c");
            }
        }
    }

    @Test
    void aPullingClientIsNeverPushedTo() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().pull().start()) {
            assertThat(
                            lsp.initialized
                                    .getCapabilities()
                                    .getDiagnosticProvider()
                                    .isInterFileDependencies())
                    .isTrue();
            lsp.open("models/m.py", REFS_B);
            DocumentDiagnosticReport first = pull(lsp, "models/m.py", "");
            assertThat(first.getLeft().getItems()).hasSize(1);
            String id = first.getLeft().getResultId();
            assertThat(pull(lsp, "models/m.py", id).isRight()).as("unchanged").isTrue();
            lsp.client.take(TestClient.Refresh.class, r -> true);
            // A file elsewhere changes what is right here: the client is told to ask again.
            lsp.open("models/b.py", "");
            lsp.client.take(TestClient.Refresh.class, r -> true);
            assertThat(pull(lsp, "models/m.py", id).getLeft().getItems()).isEmpty();
        }
    }

    /** Neovim 0.10 and 0.11: what a run or another file changes would never be asked for. */
    @Test
    void aClientThatCannotBeToldToPullAgainIsPushedTo() throws Exception {
        try (TestServer lsp =
                TestServer.in(folder)
                        .project()
                        .client(
                                c ->
                                        c.getTextDocument()
                                                .setDiagnostic(new DiagnosticCapabilities()))
                        .start()) {
            assertThat(lsp.initialized.getCapabilities().getDiagnosticProvider()).isNull();
            lsp.open("models/m.py", REFS_B);
            assertThat(lsp.diagnostics("models/m.py")).hasSize(1);
            lsp.open("models/b.py", "");
            assertThat(lsp.diagnostics("models/b.py")).isEmpty();
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
        }
    }

    private static DocumentDiagnosticReport pull(TestServer lsp, String file, String previous) {
        DocumentDiagnosticParams params = new DocumentDiagnosticParams(lsp.id(file));
        params.setPreviousResultId(previous);
        return TestServer.get(lsp.server.getTextDocumentService().diagnostic(params));
    }
}
