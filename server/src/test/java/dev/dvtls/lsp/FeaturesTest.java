package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.CompletionItemResolveSupportCapabilities;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionCapabilities;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InsertReplaceEdit;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests, over the protocol. */
class FeaturesTest {
    private static final String MODEL =
            "def model(dbt, session):\n    return dbt.ref(\"stg_orders\")\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/stg_orders.py", "def model(dbt, session):\n    return 1\n")
                .file(
                        "models/sources.yml",
                        "sources:\n  - name: ops\n    tables:\n      - name: orders\n");
    }

    private static List<CompletionItem> complete(
            TestServer lsp, String file, int line, int column) {
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .completion(
                                        new CompletionParams(
                                                lsp.id(file), new Position(line, column))))
                .getRight()
                .getItems();
    }

    @Test
    void completesWithOneEdit() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(
                            lsp.initialized
                                    .getCapabilities()
                                    .getCompletionProvider()
                                    .getTriggerCharacters())
                    .containsExactlyInAnyOrder("\"", "'", ".", "_", "(", " ");
            lsp.open("models/m.py", "def model(dbt, session):\n    x = dbt.ref(\"st_x\n");
            List<CompletionItem> items = complete(lsp, "models/m.py", 1, 19);
            assertThat(items).extracting(CompletionItem::getLabel).containsExactly("stg_orders");
            TextEdit edit = items.get(0).getTextEdit().getLeft();
            assertThat(edit.getNewText()).isEqualTo("stg_orders");
            assertThat(edit.getRange())
                    .isEqualTo(new Range(new Position(1, 17), new Position(1, 21)));
            assertThat(items.get(0).getDetail())
                    .isEqualTo("Python model (table) · models/stg_orders.py");
            assertThat(items.get(0).getFilterText()).isEqualTo("stg_orders");
        }
    }

    @Test
    void completesWithInsertAndReplaceInTheAgreedEncoding() throws Exception {
        try (TestServer lsp = project().insertReplace().encodings("utf-8").start().lenient()) {
            lsp.open(
                    "models/m.py",
                    "def model(dbt, session):\r\n    f(\"😀\", dbt.ref(\"st_x\"))\r\n");
            InsertReplaceEdit edit =
                    complete(lsp, "models/m.py", 1, 25).get(0).getTextEdit().getRight();
            assertThat(edit.getInsert())
                    .isEqualTo(new Range(new Position(1, 23), new Position(1, 25)));
            assertThat(edit.getReplace())
                    .isEqualTo(new Range(new Position(1, 23), new Position(1, 27)));
        }
    }

    @Test
    void completesAModelThatWasJustCreated() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            lsp.open("models/fresh.py", "def model(dbt, session):\n    return 1\n");
            assertThat(complete(lsp, "models/m.py", 1, 20))
                    .extracting(CompletionItem::getLabel)
                    .containsExactlyInAnyOrder("fresh", "stg_orders");
        }
    }

    @Test
    void typingOnLeavesTheSuggestions() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CompletionParams place =
                    new CompletionParams(lsp.id("models/m.py"), new Position(1, 20));
            // Many: whether an edit overtakes an answer is a race.
            for (int i = 0; i < 100; i++) {
                var asked = lsp.server.getTextDocumentService().completion(place);
                lsp.change("models/m.py", MODEL + "#".repeat(i + 1));
                assertThat(TestServer.get(asked).getRight().getItems())
                        .extracting(CompletionItem::getLabel)
                        .containsExactly("stg_orders");
            }
        }
    }

    @Test
    void aLongListIsDocumentedItemByItem() throws Exception {
        TestServer.Builder builder = project();
        for (int i = 0; i < 101; i++) {
            builder.file("models/m" + i + ".py", "def model(dbt, session):\n    return 1\n");
        }
        CompletionItemCapabilities item = new CompletionItemCapabilities();
        item.setResolveSupport(
                new CompletionItemResolveSupportCapabilities(List.of("documentation")));
        builder.client(c -> c.getTextDocument().setCompletion(new CompletionCapabilities(item)));
        try (TestServer lsp = builder.start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CompletionItem first = complete(lsp, "models/m.py", 1, 20).get(0);
            assertThat(first.getDocumentation()).isNull();
            assertThat(
                            TestServer.get(
                                            lsp.server
                                                    .getTextDocumentService()
                                                    .resolveCompletionItem(first))
                                    .getDocumentation()
                                    .getLeft())
                    .contains(first.getLabel(), "Python model");
        }
    }

    @Test
    void anUnusableProjectFileIsTold() throws Exception {
        try (TestServer lsp = TestServer.in(folder).file("dbt_project.yml", "name: [\n").start()) {
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .contains("dbt_project.yml, line");
        }
    }

    @Test
    void goesToDefinitions() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            Either<List<? extends Location>, List<? extends LocationLink>> found =
                    definition(lsp, 1, 22);
            assertThat(found.getLeft().get(0).getUri()).isEqualTo(lsp.uri("models/stg_orders.py"));
            assertThat(found.getLeft().get(0).getRange().getStart()).isEqualTo(new Position(0, 4));
        }
    }

    @Test
    void goesToDefinitionsWithLinks() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c -> {
                                    DefinitionCapabilities d = new DefinitionCapabilities();
                                    d.setLinkSupport(true);
                                    c.getTextDocument().setDefinition(d);
                                })
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL.replace("ref(", "source(\"ops\", ").replace("stg_", ""));
            LocationLink link = definition(lsp, 1, 33).getRight().get(0);
            assertThat(link.getTargetUri()).isEqualTo(lsp.uri("models/sources.yml"));
            assertThat(link.getTargetSelectionRange().getStart()).isEqualTo(new Position(3, 14));
            assertThat(link.getOriginSelectionRange())
                    .isEqualTo(new Range(new Position(1, 30), new Position(1, 36)));
        }
    }

    private static Either<List<? extends Location>, List<? extends LocationLink>> definition(
            TestServer lsp, int line, int column) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .definition(
                                new DefinitionParams(
                                        lsp.id("models/m.py"), new Position(line, column))));
    }

    @Test
    void hovers() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c ->
                                        c.getTextDocument()
                                                .setHover(
                                                        new HoverCapabilities(
                                                                List.of("markdown"), false)))
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL);
            Hover hover = hover(lsp, 22);
            assertThat(hover.getContents().getRight().getValue()).contains("**stg_orders**");
            assertThat(hover(lsp, 6)).isNull();
        }
    }

    private static Hover hover(TestServer lsp, int column) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .hover(new HoverParams(lsp.id("models/m.py"), new Position(1, column))));
    }

    @Test
    void lensesRun() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", "\n" + MODEL);
            List<? extends CodeLens> lenses = lenses(lsp, "models/m.py");
            assertThat(lenses)
                    .extracting(l -> l.getCommand().getTitle())
                    .startsWith("Run", "Run with upstream");
            assertThat(lenses).allMatch(l -> l.getRange().getStart().getLine() == 1);
            assertThat(lenses.get(1).getCommand().getCommand()).isEqualTo("dvt.run");
            assertThat(lenses.get(1).getCommand().getArguments().toString())
                    .contains("\"select\":[\"+m\"]", lsp.uri("models/m.py"));
        }
    }

    @Test
    void lensesOfSqlModels() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/a.sql", "-- first\nselect 1 as id");
            lsp.open("models/e.sql", "{{ config(materialized='ephemeral') }} select 1 as id");
            assertThat(lenses(lsp, "models/a.sql"))
                    .extracting(l -> l.getRange().getStart() + l.getCommand().getTitle())
                    .startsWith(
                            new Position(0, 0) + "Run", new Position(0, 0) + "Run with upstream");
            assertThat(lenses(lsp, "models/e.sql"))
                    .extracting(l -> l.getCommand().getTitle())
                    .as("nothing to run")
                    .containsExactly("0 upstream, 0 downstream");
        }
    }

    private static List<? extends CodeLens> lenses(TestServer lsp, String file) throws Exception {
        return TestServer.get(
                lsp.server.getTextDocumentService().codeLens(new CodeLensParams(lsp.id(file))));
    }

    @Test
    void fixes() throws Exception {
        try (TestServer lsp = project().start()) {
            lsp.open("models/m.py", MODEL.replace("stg_", "sgt_"));
            Diagnostic diagnostic =
                    lsp.client
                            .take(PublishDiagnosticsParams.class, p -> true)
                            .getDiagnostics()
                            .get(0);
            List<Either<org.eclipse.lsp4j.Command, CodeAction>> actions =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .codeAction(
                                            new CodeActionParams(
                                                    lsp.id("models/m.py"),
                                                    diagnostic.getRange(),
                                                    new CodeActionContext(List.of(diagnostic)))));
            assertThat(actions).hasSize(1);
            CodeAction action = actions.get(0).getRight();
            assertThat(action.getTitle()).isEqualTo("Replace with a");
            assertThat(action.getEdit().getChanges().get(lsp.uri("models/m.py")))
                    .containsExactly(new TextEdit(diagnostic.getRange(), "a"));
        }
    }

    @Test
    void aRequestOvertakenByAnEditIsToBeAskedAgain() throws Exception {
        OneRule rule = new OneRule();
        rule.gate = new CountDownLatch(1);
        try (TestServer lsp = project().access(rule.access()).pull().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CompletableFuture<DocumentDiagnosticReport> asked =
                    lsp.server
                            .getTextDocumentService()
                            .diagnostic(new DocumentDiagnosticParams(lsp.id("models/m.py")));
            rule.begun.await();
            lsp.change("models/m.py", MODEL + "\n");
            // Answered only after the edit has been taken.
            complete(lsp, "models/m.py", 0, 0);
            rule.gate.countDown();
            assertThatThrownBy(asked::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ResponseErrorException.class,
                            e -> {
                                assertThat(e.getResponseError().getCode())
                                        .isEqualTo(ResponseErrorCode.ServerCancelled.getValue());
                                assertThat(e.getResponseError().getData().toString())
                                        .contains("retriggerRequest");
                            });
        }
    }

    @Test
    void aCancelledRequestHoldsNothingUp() throws Exception {
        OneRule rule = new OneRule();
        rule.gate = new CountDownLatch(1);
        try (TestServer lsp = project().access(rule.access()).pull().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CompletableFuture<DocumentDiagnosticReport> asked =
                    lsp.server
                            .getTextDocumentService()
                            .diagnostic(new DocumentDiagnosticParams(lsp.id("models/m.py")));
            rule.begun.await();
            asked.cancel(true);
            assertThat(complete(lsp, "models/m.py", 1, 20)).isNotEmpty();
            rule.gate.countDown();
        }
    }

    @Test
    void checksAProject() throws Exception {
        try (TestServer lsp = TestServer.in(folder).project().access(new DiskProjects()).start()) {
            lsp.open("models/m.py", MODEL);
            assertThat(lsp.diagnostics("models/m.py"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("DVT120");
            String result =
                    TestServer.json(
                            lsp.server
                                    .getWorkspaceService()
                                    .executeCommand(
                                            new ExecuteCommandParams("dvt.check", List.of())));
            assertThat(result).contains("\"errors\":1", "\"line\":2", "\"column\":21", "DVT120");
        }
    }

    @Test
    void anUnknownCommandIsAnError() throws Exception {
        try (TestServer lsp = project().start()) {
            assertThatThrownBy(
                            () ->
                                    lsp.server
                                            .getWorkspaceService()
                                            .executeCommand(
                                                    new ExecuteCommandParams("dvt.x", List.of()))
                                            .get())
                    .hasMessageContaining("There is no command dvt.x");
        }
    }
}
