package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.AnnotatedTextEdit;
import org.eclipse.lsp4j.ChangeAnnotation;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.FileOperationsWorkspaceCapabilities;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameCapabilities;
import org.eclipse.lsp4j.RenameFile;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.eclipse.lsp4j.WorkspaceEditChangeAnnotationSupportCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References, highlights and renames, over the protocol. */
class NamesTest {
    @TempDir Path folder;

    private TestServer.Builder project() {
        return project(folder);
    }

    static TestServer.Builder project(Path folder) {
        return TestServer.in(folder)
                .project()
                .access(new DiskProjects())
                .file("models/orders.py", "def model(dbt, session):\n    return 1\n")
                .file("models/orders_2.sql", "select * from {{ ref('orders') }}\n")
                .file("models/all.yml", "models:\n  - name: orders\n  - name: orders_2\n");
    }

    private TestServer.Builder able() {
        return able(folder);
    }

    /** A client that takes everything. */
    static TestServer.Builder able(Path folder) {
        return project(folder)
                .client(
                        c -> {
                            WorkspaceEditCapabilities edit = new WorkspaceEditCapabilities();
                            edit.setDocumentChanges(true);
                            edit.setResourceOperations(List.of("create", "rename"));
                            edit.setChangeAnnotationSupport(
                                    new WorkspaceEditChangeAnnotationSupportCapabilities(true));
                            c.getWorkspace().setWorkspaceEdit(edit);
                            FileOperationsWorkspaceCapabilities files =
                                    new FileOperationsWorkspaceCapabilities();
                            files.setWillRename(true);
                            files.setDidRename(true);
                            c.getWorkspace().setFileOperations(files);
                            c.getTextDocument().setRename(new RenameCapabilities(true, true));
                        });
    }

    static final String READER =
            """
            def model(dbt, session):
                s = "😀"; a = dbt.ref("orders"), session.sql("from __model__orders")
                return a
            """;

    static List<String> references(
            TestServer lsp, String file, int line, int column, boolean definitions) {
        List<? extends Location> found =
                TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .references(
                                        new ReferenceParams(
                                                lsp.id(file),
                                                new Position(line, column),
                                                new ReferenceContext(definitions))));
        return found.stream().map(l -> shown(lsp, l.getUri()) + " " + shown(l.getRange())).toList();
    }

    private static String shown(TestServer lsp, String uri) {
        return uri.substring(lsp.uri("models").length() + 1);
    }

    private static String shown(Range range) {
        return range.getStart().getLine()
                + ":"
                + range.getStart().getCharacter()
                + "-"
                + range.getEnd().getCharacter();
    }

    static WorkspaceEdit rename(TestServer lsp, String file, int line, int column, String to) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .rename(new RenameParams(lsp.id(file), new Position(line, column), to)));
    }

    @Test
    void findsReferences() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", READER);
            assertThat(references(lsp, "models/m.py", 1, 28, true))
                    .containsExactly(
                            "all.yml 1:10-16",
                            "m.py 1:27-33",
                            "m.py 1:64-70",
                            "orders.py 0:4-9",
                            "orders_2.sql 0:22-28");
            assertThat(references(lsp, "models/m.py", 1, 28, false))
                    .containsExactly("m.py 1:27-33", "m.py 1:64-70", "orders_2.sql 0:22-28");
            assertThat(references(lsp, "models/m.py", 1, 57, false))
                    .as("before the name, on __model__")
                    .containsExactly("m.py 1:27-33", "m.py 1:64-70", "orders_2.sql 0:22-28");
            assertThat(references(lsp, "models/m.py", 2, 1, true)).isEmpty();
        }
    }

    @Test
    void findsReferencesInTheAgreedEncodingAndInUnsavedText() throws Exception {
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open("models/m.py", "# 1\r\n" + READER.replace("\n", "\r\n"));
            lsp.openFromDisk("models/orders_2.sql");
            lsp.change("models/orders_2.sql", "\n\n{{ ref('orders') }}");
            assertThat(references(lsp, "models/m.py", 2, 30, false))
                    .containsExactly("m.py 2:29-35", "m.py 2:66-72", "orders_2.sql 2:8-14");
        }
    }

    @Test
    void highlightsInOneFile() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", READER);
            lsp.openFromDisk("models/all.yml");
            assertThat(highlights(lsp, "models/m.py", 1, 28))
                    .containsExactly("1:27-33 Read", "1:64-70 Read");
            assertThat(highlights(lsp, "models/all.yml", 1, 12)).containsExactly("1:10-16 Write");
        }
    }

    private static List<String> highlights(TestServer lsp, String file, int line, int column) {
        List<? extends DocumentHighlight> found =
                TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .documentHighlight(
                                        new DocumentHighlightParams(
                                                lsp.id(file), new Position(line, column))));
        assertThat(found).extracting(DocumentHighlight::getKind).doesNotContainNull();
        return found.stream()
                .map(
                        h ->
                                shown(h.getRange())
                                        + (h.getKind() == DocumentHighlightKind.Write
                                                ? " Write"
                                                : " Read"))
                .toList();
    }

    @Test
    void renamesAModelInOneEdit() throws Exception {
        try (TestServer lsp = able().start().lenient()) {
            lsp.open("models/m.py", READER);
            lsp.change("models/m.py", READER);
            PrepareRenameResult prepared =
                    TestServer.get(
                                    lsp.server
                                            .getTextDocumentService()
                                            .prepareRename(
                                                    new PrepareRenameParams(
                                                            lsp.id("models/m.py"),
                                                            new Position(1, 28))))
                            .getSecond();
            assertThat(prepared.getPlaceholder()).isEqualTo("orders");
            assertThat(shown(prepared.getRange())).isEqualTo("1:27-33");
            WorkspaceEdit edit = rename(lsp, "models/m.py", 1, 28, "sales");
            List<String> changes = new ArrayList<>();
            for (var change : edit.getDocumentChanges()) {
                if (change.isLeft()) {
                    TextDocumentEdit document = change.getLeft();
                    for (var text : document.getEdits()) {
                        AnnotatedTextEdit one = (AnnotatedTextEdit) text.getLeft();
                        changes.add(
                                shown(lsp, document.getTextDocument().getUri())
                                        + "@"
                                        + document.getTextDocument().getVersion()
                                        + " "
                                        + shown(one.getRange())
                                        + " "
                                        + one.getNewText()
                                        + " "
                                        + one.getAnnotationId());
                    }
                } else {
                    RenameFile move = (RenameFile) change.getRight();
                    changes.add(
                            shown(lsp, move.getOldUri()) + " > " + shown(lsp, move.getNewUri()));
                }
            }
            assertThat(changes)
                    .containsExactly(
                            "all.yml@null 1:10-16 sales NAME",
                            "m.py@2 1:27-33 sales NAME",
                            "m.py@2 1:64-70 sales SQL_STRING",
                            "orders_2.sql@null 0:22-28 sales NAME",
                            "orders.py > sales.py");
            Map<String, ChangeAnnotation> annotations = edit.getChangeAnnotations();
            assertThat(annotations).containsOnlyKeys("NAME", "SQL_STRING");
            assertThat(annotations)
                    .hasEntrySatisfying(
                            "SQL_STRING", a -> assertThat(a.getNeedsConfirmation()).isTrue())
                    .hasEntrySatisfying(
                            "NAME", a -> assertThat(a.getNeedsConfirmation()).isFalse());
        }
    }

    @Test
    void keepsToTheClientsOwnUris() throws Exception {
        Path windows = folder.resolve("c:");
        try (TestServer lsp =
                able().file("c:/dbt_project.yml", "name: w\n")
                        .file("c:/models/a.sql", "select 1\n")
                        .file("c:/models/b.sql", "{{ ref('a') }}\n")
                        .start()
                        .lenient()) {
            String uri = Uris.of(windows).replace("c:", "c%3A") + "/models/";
            for (String name : List.of("a.sql", "b.sql")) {
                lsp.server
                        .getTextDocumentService()
                        .didOpen(
                                new DidOpenTextDocumentParams(
                                        new TextDocumentItem(
                                                uri + name,
                                                "sql",
                                                7,
                                                Files.readString(
                                                        windows.resolve("models/" + name)))));
            }
            WorkspaceEdit edit =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .rename(
                                            new RenameParams(
                                                    new TextDocumentIdentifier(uri + "b.sql"),
                                                    new Position(0, 9),
                                                    "z")));
            assertThat(edit.getDocumentChanges().get(0).getLeft().getTextDocument().getUri())
                    .isEqualTo(uri + "b.sql");
            RenameFile move = (RenameFile) edit.getDocumentChanges().get(1).getRight();
            assertThat(move.getOldUri()).isEqualTo(uri + "a.sql");
            assertThat(move.getNewUri()).isEqualTo(uri + "z.sql");
        }
    }

    @Test
    void aClientThatRenamesNoFilesIsToldSo() throws Exception {
        try (TestServer lsp =
                project()
                        .file(
                                "models/s.yml",
                                "sources: [{name: ops, tables: [{name: t, identifier: x}]}]")
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", READER.replace("return a", "return dbt.source('ops', 't')"));
            assertThatThrownBy(() -> rename(lsp, "models/m.py", 1, 28, "sales"))
                    .hasMessageContaining(
                            "This editor does not rename files when a language server asks it to,"
                                    + " and orders.py would have to become sales.py.");
            WorkspaceEdit edit = rename(lsp, "models/m.py", 2, 25, "till");
            assertThat(edit.getDocumentChanges()).isNull();
            assertThat(edit.getChanges())
                    .containsOnlyKeys(lsp.uri("models/m.py"), lsp.uri("models/s.yml"));
            assertThat(edit.getChanges().get(lsp.uri("models/s.yml")))
                    .extracting(TextEdit::getNewText)
                    .containsExactly("till", ", schema: ops");
        }
    }

    @Test
    void refusesInASentence() throws Exception {
        try (TestServer lsp = able().start().lenient()) {
            lsp.open("models/m.py", READER.replace("\"orders\"", "\"ord\" \"ers\""));
            lsp.openFromDisk("models/orders_2.sql");
            assertThatThrownBy(
                            () ->
                                    TestServer.get(
                                            lsp.server
                                                    .getTextDocumentService()
                                                    .prepareRename(
                                                            new PrepareRenameParams(
                                                                    lsp.id("models/orders_2.sql"),
                                                                    new Position(0, 24)))))
                    .hasMessageContaining("models/m.py, line 2 puts the name 'orders' together");
            assertThat(
                            TestServer.get(
                                    lsp.server
                                            .getTextDocumentService()
                                            .prepareRename(
                                                    new PrepareRenameParams(
                                                            lsp.id("models/m.py"),
                                                            new Position(2, 5)))))
                    .isNull();
        }
    }

    @Test
    void aFileThatChangedUnseenIsNotSpoiled() throws Exception {
        try (TestServer lsp = able().start().lenient()) {
            lsp.open("models/m.py", READER);
            references(lsp, "models/m.py", 1, 28, true);
            Files.writeString(lsp.path("models/orders_2.sql"), "-- other\n{{ ref('orders') }}\n");
            assertThatThrownBy(() -> rename(lsp, "models/m.py", 1, 28, "sales"))
                    .hasMessageContaining("orders_2.sql changed on disk after it was read");
        }
    }
}
