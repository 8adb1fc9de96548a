package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkCapabilities;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolCapabilities;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeCapabilities;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SemanticTokensWorkspaceCapabilities;
import org.eclipse.lsp4j.SymbolCapabilities;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.WorkspaceSymbolResolveSupportCapabilities;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbols, folds, selections, links and semantic tokens, over the protocol. */
class ShapeRequestsTest {
    private static final String MODEL =
            """
            def model(dbt, session):
                dbt.config(materialized="table")
                return session.sql(
                    "select '😀' from __model__stg_orders"
                )
            """;

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/stg_orders.py", "x = 1\ndef model(dbt, session):\n    return 1\n")
                .file(
                        "models/sources.yml",
                        "sources:\n  - name: ops\n    tables:\n      - name: orders\n");
    }

    private static TextDocumentService documents(TestServer lsp) {
        return lsp.server.getTextDocumentService();
    }

    private static Range range(int line, int from, int toLine, int to) {
        return new Range(new Position(line, from), new Position(toLine, to));
    }

    @Test
    void symbolsAsATree() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c -> {
                                    var symbol = new DocumentSymbolCapabilities();
                                    symbol.setHierarchicalDocumentSymbolSupport(true);
                                    c.getTextDocument().setDocumentSymbol(symbol);
                                })
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL);
            var answer =
                    TestServer.get(
                            documents(lsp)
                                    .documentSymbol(
                                            new DocumentSymbolParams(lsp.id("models/m.py"))));
            assertThat(answer).hasSize(1);
            DocumentSymbol model = answer.get(0).getRight();
            assertThat(model.getName()).isEqualTo("model");
            assertThat(model.getRange()).isEqualTo(range(0, 0, 4, 5));
            assertThat(model.getSelectionRange()).isEqualTo(range(0, 4, 0, 9));
            assertThat(model.getChildren())
                    .extracting(DocumentSymbol::getName)
                    .containsExactly("materialized", "stg_orders");
        }
    }

    @Test
    @SuppressWarnings("deprecation") // what older clients get
    void symbolsAsAList() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            var answer =
                    TestServer.get(
                            documents(lsp)
                                    .documentSymbol(
                                            new DocumentSymbolParams(lsp.id("models/m.py"))));
            assertThat(answer)
                    .extracting(s -> s.getLeft().getContainerName() + "/" + s.getLeft().getName())
                    .containsExactly("null/model", "model/materialized", "model/stg_orders");
        }
    }

    @Test
    void nothingOutsideOfProjects() throws Exception {
        try (TestServer lsp = TestServer.in(folder).start().lenient()) {
            lsp.open("m.py", MODEL);
            assertThat(
                            TestServer.get(
                                    documents(lsp)
                                            .documentSymbol(
                                                    new DocumentSymbolParams(lsp.id("m.py")))))
                    .isEmpty();
            assertThat(
                            TestServer.get(
                                    documents(lsp)
                                            .foldingRange(
                                                    new FoldingRangeRequestParams(lsp.id("m.py")))))
                    .isEmpty();
        }
    }

    private static List<FoldingRange> folds(TestServer lsp) {
        return TestServer.get(
                documents(lsp).foldingRange(new FoldingRangeRequestParams(lsp.id("models/m.py"))));
    }

    private static void folding(ClientCapabilities client, boolean wholeLines, int limit) {
        FoldingRangeCapabilities folding = new FoldingRangeCapabilities();
        folding.setLineFoldingOnly(wholeLines);
        folding.setRangeLimit(limit);
        client.getTextDocument().setFoldingRange(folding);
    }

    @Test
    void foldsWholeLinesOrCharacters() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            FoldingRange model = folds(lsp).get(0);
            assertThat(model.getStartCharacter()).isEqualTo(24);
            assertThat(model.getEndCharacter()).isEqualTo(5);
            FoldingRange call = folds(lsp).get(1);
            assertThat(List.of(call.getStartLine(), call.getEndLine())).containsExactly(2, 4);
        }
        try (TestServer lsp = project().client(c -> folding(c, true, 10)).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(folds(lsp)).hasSize(2).allMatch(f -> f.getStartCharacter() == null);
            assertThat(folds(lsp).get(0).getEndLine()).isEqualTo(4);
        }
        try (TestServer lsp = project().client(c -> folding(c, true, 1)).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(folds(lsp)).extracting(FoldingRange::getStartLine).containsExactly(0);
        }
    }

    @Test
    void selectionsOfSeveralCursors() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            List<SelectionRange> answer =
                    TestServer.get(
                            documents(lsp)
                                    .selectionRange(
                                            new SelectionRangeParams(
                                                    lsp.id("models/m.py"),
                                                    List.of(
                                                            new Position(1, 9),
                                                            new Position(0, 5)))));
            assertThat(answer).hasSize(2);
            assertThat(answer.get(0).getRange()).isEqualTo(range(1, 8, 1, 14));
            assertThat(answer.get(0).getParent().getRange()).isEqualTo(range(1, 4, 1, 14));
            assertThat(answer.get(1).getRange()).isEqualTo(range(0, 4, 0, 9));
        }
    }

    @Test
    void linksAreResolvedWhenFollowed() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c -> {
                                    DocumentLinkCapabilities links = new DocumentLinkCapabilities();
                                    links.setTooltipSupport(true);
                                    c.getTextDocument().setDocumentLink(links);
                                })
                        .start()
                        .lenient()) {
            lsp.open("models/p.yml", "models:\n  - name: stg_orders\n  - name: nowhere\n");
            List<DocumentLink> links =
                    TestServer.get(
                            documents(lsp)
                                    .documentLink(new DocumentLinkParams(lsp.id("models/p.yml"))));
            assertThat(links).hasSize(1);
            assertThat(links.get(0).getRange()).isEqualTo(range(1, 10, 1, 20));
            assertThat(links.get(0).getTooltip())
                    .isEqualTo("Python model (table) · models/stg_orders.py");
            assertThat(links.get(0).getTarget()).isNull();
            assertThat(TestServer.get(documents(lsp).documentLinkResolve(links.get(0))).getTarget())
                    .isEqualTo(lsp.uri("models/stg_orders.py"));
        }
    }

    private static List<? extends WorkspaceSymbol> symbols(TestServer lsp, String query) {
        return TestServer.get(
                        lsp.server.getWorkspaceService().symbol(new WorkspaceSymbolParams(query)))
                .getRight();
    }

    @Test
    void workspaceSymbolsWithTheirPlace() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            assertThat(symbols(lsp, "ord"))
                    .extracting(WorkspaceSymbol::getName)
                    .containsExactly("ops.orders", "stg_orders");
            assertThat(symbols(lsp, "stgo").get(0).getLocation().getLeft().getRange())
                    .isEqualTo(range(1, 4, 1, 4));
            assertThat(symbols(lsp, "opso").get(0).getLocation().getLeft().getRange())
                    .isEqualTo(range(3, 14, 3, 14));
        }
    }

    @Test
    void workspaceSymbolsResolvedLater() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c -> {
                                    SymbolCapabilities symbol = new SymbolCapabilities();
                                    symbol.setResolveSupport(
                                            new WorkspaceSymbolResolveSupportCapabilities(
                                                    List.of("location.range")));
                                    c.getWorkspace().setSymbol(symbol);
                                })
                        .start()
                        .lenient()) {
            WorkspaceSymbol found = symbols(lsp, "stg").get(0);
            assertThat(found.getLocation().getRight().getUri())
                    .isEqualTo(lsp.uri("models/stg_orders.py"));
            assertThat(
                            TestServer.get(
                                            lsp.server
                                                    .getWorkspaceService()
                                                    .resolveWorkspaceSymbol(found))
                                    .getLocation()
                                    .getLeft()
                                    .getRange())
                    .isEqualTo(range(1, 4, 1, 4));
        }
    }

    private static SemanticTokens full(TestServer lsp) {
        return TestServer.get(
                documents(lsp).semanticTokensFull(new SemanticTokensParams(lsp.id("models/m.py"))));
    }

    @Test
    void semanticTokensInTheAgreedEncoding() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            // config key, then select, from and the table of the SQL
            assertThat(full(lsp).getData())
                    .containsExactly(
                            1, 15, 12, 2, 0, //
                            2, 9, 6, 3, 0, //
                            0, 12, 4, 3, 0, //
                            0, 5, 19, 1, 1);
        }
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(full(lsp).getData()).contains(14, 4, 3, 0);
        }
    }

    @Test
    void semanticTokensCanBeSwitchedOff() throws Exception {
        JsonObject off = new JsonObject();
        off.addProperty("semanticTokens", false);
        try (TestServer lsp = project().options(off).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(full(lsp)).isNull(); // an empty answer would hide another server's
        }
    }

    @Test
    void semanticTokensOfARange() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            SemanticTokens part =
                    TestServer.get(
                            documents(lsp)
                                    .semanticTokensRange(
                                            new SemanticTokensRangeParams(
                                                    lsp.id("models/m.py"), range(0, 0, 1, 40))));
            assertThat(part.getData()).containsExactly(1, 15, 12, 2, 0);
        }
    }

    /** The data that a client has after applying the edits. */
    private static List<Integer> applied(List<Integer> data, SemanticTokensDelta delta) {
        List<Integer> now = new ArrayList<>(data);
        delta.getEdits()
                .forEach(
                        edit -> {
                            now.subList(edit.getStart(), edit.getStart() + edit.getDeleteCount())
                                    .clear();
                            now.addAll(edit.getStart(), edit.getData());
                        });
        return now;
    }

    @Test
    void semanticTokensThatChanged() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            SemanticTokens first = full(lsp);
            lsp.change("models/m.py", 1, 4, 4, "x = ");
            var second =
                    TestServer.get(
                            documents(lsp)
                                    .semanticTokensFullDelta(
                                            new SemanticTokensDeltaParams(
                                                    lsp.id("models/m.py"), first.getResultId())));
            SemanticTokens whole = full(lsp);
            assertThat(applied(first.getData(), second.getRight())).isEqualTo(whole.getData());
            assertThat(second.getRight().getEdits()).hasSize(1);
            assertThat(second.getRight().getEdits().get(0).getData()).containsExactly(19);
            var unknown =
                    TestServer.get(
                            documents(lsp)
                                    .semanticTokensFullDelta(
                                            new SemanticTokensDeltaParams(
                                                    lsp.id("models/m.py"), "no such answer")));
            assertThat(unknown.getLeft().getData()).isEqualTo(whole.getData());
        }
    }

    @Test
    void semanticTokensAreAskedForAgainWhenNamesChange() throws Exception {
        try (TestServer lsp =
                project()
                        .client(
                                c ->
                                        c.getWorkspace()
                                                .setSemanticTokens(
                                                        new SemanticTokensWorkspaceCapabilities(
                                                                true)))
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL.replace("stg_orders", "fresh"));
            assertThat(full(lsp).getData()).endsWith(14, 1, 32); // missing
            lsp.client.drain();
            lsp.onDisk("models/fresh.sql", "select 1\n");
            List<Integer> last;
            do { // the first may be late, and of the document that was opened
                lsp.client.take(TestClient.TokenRefresh.class, refresh -> true);
                List<Integer> data = full(lsp).getData();
                last = data.subList(data.size() - 3, data.size());
            } while (!last.equals(List.of(14, 1, 1)));
        }
    }
}
