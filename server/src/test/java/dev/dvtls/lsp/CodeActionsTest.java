package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeActionsTest {
    private static final String WRONG =
            """
            def model(session, dbt):
                x = '🎉'
                if dbt.is_incremental():
                    return dbt.ref("nope")
                return {{ ref('a') }}
            """;

    @TempDir Path folder;

    private TestServer.Builder project() throws Exception {
        return new TestServer.Builder(folder.toRealPath())
                .project()
                .access(new DiskProjects())
                .file("models/a.sql", "select 1 as id\n")
                .file("models/s.yml", "sources:\n  - name: raw\n    tables:\n      - name: x\n");
    }

    private static List<CodeAction> actions(TestServer lsp, int line, int column, String... only) {
        Position at = new Position(line, column);
        CodeActionContext context = new CodeActionContext(List.of());
        if (only.length > 0) {
            context.setOnly(List.of(only));
        }
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .codeAction(
                                        new CodeActionParams(
                                                lsp.id("models/m.py"), new Range(at, at), context)))
                .stream()
                .map(a -> a.getRight())
                .toList();
    }

    private static List<String> titles(List<CodeAction> actions) {
        return actions.stream().map(CodeAction::getTitle).toList();
    }

    @Test
    void fixAllIsOneEditOfTheLinesThatChange() throws Exception {
        for (String encoding : List.of("utf-8", "utf-16")) {
            try (TestServer lsp = project().encodings(encoding).start().lenient()) {
                lsp.open("models/m.py", WRONG);
                List<CodeAction> actions = actions(lsp, 1, 0, "source.fixAll");
                assertThat(titles(actions)).containsExactly("Fix all that is sure in this file");
                assertThat(actions.get(0).getKind()).isEqualTo("source.fixAll.dvt");
                TextEdit wanted =
                        new TextEdit(
                                new Range(new Position(0, 0), new Position(5, 0)),
                                WRONG.replace("session, dbt", "dbt, session")
                                        .replace("incremental()", "incremental")
                                        .replace("{{ ref('a') }}", "dbt.ref('a')"));
                assertThat(actions.get(0).getEdit().getChanges().get(lsp.uri("models/m.py")))
                        .containsExactly(wanted);
            }
        }
    }

    @Test
    void kindsThatAreAskedFor() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(
                            lsp.initialized
                                    .getCapabilities()
                                    .getCodeActionProvider()
                                    .getRight()
                                    .getCodeActionKinds())
                    .containsExactly(
                            "quickfix",
                            "refactor.extract",
                            "refactor.rewrite",
                            "source.fixAll.dvt");
            lsp.open("models/m.py", WRONG);
            assertThat(actions(lsp, 2, 10, CodeActionKind.RefactorInline)).isEmpty();
            assertThat(actions(lsp, 2, 10, "source.fixAll.ruff")).isEmpty();
            assertThat(actions(lsp, 2, 10, "source.fix")).isEmpty();
            assertThat(actions(lsp, 2, 10, "source")).hasSize(1);
            List<CodeAction> quick = actions(lsp, 2, 10, "quickfix");
            assertThat(titles(quick))
                    .containsExactly(
                            "Remove the brackets", "Silence incremental-call on this line");
            assertThat(quick).extracting(CodeAction::getIsPreferred).containsExactly(true, false);
            assertThat(titles(actions(lsp, 2, 10)))
                    .contains("Remove the brackets", "Fix all that is sure in this file");
        }
    }

    @Test
    void newFilesOnlyWhereTheClientMakesThem() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", WRONG);
            assertThat(titles(actions(lsp, 3, 25, "quickfix")))
                    .containsExactly("Silence DVT120 on this line");
        }
        WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
        edits.setDocumentChanges(true);
        edits.setResourceOperations(List.of("create", "rename"));
        try (TestServer lsp =
                project().client(c -> c.getWorkspace().setWorkspaceEdit(edits)).start().lenient()) {
            lsp.open("models/m.py", WRONG);
            List<CodeAction> quick = actions(lsp, 3, 25, "quickfix");
            assertThat(titles(quick))
                    .startsWith(
                            "Create the model models/nope.py", "Create the seed seeds/nope.csv");
            CodeAction create = quick.get(0);
            var steps = create.getEdit().getDocumentChanges();
            assertThat(((CreateFile) steps.get(0).getRight()).getUri())
                    .isEqualTo(lsp.uri("models/nope.py"));
            assertThat(steps.get(1).getLeft().getTextDocument().getUri())
                    .isEqualTo(lsp.uri("models/nope.py"));
        }
    }

    @Test
    void aSourceEntryInTheYamlAsItIsOpen() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open(
                    "models/s.yml",
                    "# new\nsources:\n  - name: raw\n    tables:\n      - name: x\n");
            lsp.open(
                    "models/m.py",
                    "def model(dbt, session):\n    return dbt.source('raw', 'orders')\n");
            CodeAction add = actions(lsp, 1, 30, "quickfix").get(0);
            assertThat(add.getTitle()).isEqualTo("Add the source table raw.orders to models/s.yml");
            assertThat(add.getEdit().getChanges().get(lsp.uri("models/s.yml")))
                    .containsExactly(
                            new TextEdit(
                                    new Range(new Position(4, 15), new Position(4, 15)),
                                    "\n      - name: orders"));
        }
    }
}
