package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.CallHierarchyOutgoingCallsParams;
import org.eclipse.lsp4j.CallHierarchyPrepareParams;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request with a place, in and out, however places are counted and lines end. */
class EncodingsTest {
    private static final String MODEL = "models/m.py";
    private static final String YAML = "models/p.yml";

    /** Behind a tab, a letter of two bytes and an astral character. */
    private static final String MODEL_TEXT =
            """
            def model(dbt, session):
            \tdbt.config(materialized="table")
            \tt = "é😀"; x = dbt.ref("stg_orders"), dbt.source("ops", "orders")
            \tt = "é😀"; y = session.sql("select '😀' from __model__stg_orders")
            \tt = "é😀"; z = dbt.ref("stg_ordrs")
            \treturn x
            """;

    private static final String YAML_TEXT =
            """
            sources:
              - {description: "é😀", name: ops, tables: [{name: orders}]}
            models:
              - {description: "é😀", name: stg_orders, columns: [{name: id}]}
            """;

    @TempDir Path folder;

    static Stream<Arguments> ways() {
        return Stream.of("utf-8", "utf-16", "utf-32")
                .flatMap(encoding -> Stream.of("LF", "CRLF").map(end -> arguments(encoding, end)));
    }

    /** A server with both files open, and the places in them. */
    private final class Open implements AutoCloseable {
        final Encoded model;
        final Encoded yaml;
        final TestServer lsp;

        Open(String encoding, String end) throws Exception {
            String newline = end.equals("CRLF") ? "\r\n" : "\n";
            model = new Encoded(MODEL_TEXT.replace("\n", newline), encoding);
            yaml = new Encoded(YAML_TEXT.replace("\n", newline), encoding);
            lsp =
                    new TestServer.Builder(folder.toRealPath())
                            .project()
                            .access(new DiskProjects())
                            .file("models/stg_orders.sql", "select 1 as id\n")
                            .file(YAML, yaml.text())
                            .encodings(encoding)
                            .client(EncodingsTest::renames)
                            .start()
                            .lenient();
            lsp.open(YAML, yaml.text());
            lsp.open(MODEL, model.text());
        }

        TextDocumentService documents() {
            return lsp.server.getTextDocumentService();
        }

        /** Where words begin, or so far behind. */
        Position in(String words, int further) {
            return model.position(words, further);
        }

        @Override
        public void close() throws IOException {
            lsp.close();
        }
    }

    private static void renames(ClientCapabilities client) {
        WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
        edits.setDocumentChanges(true);
        edits.setResourceOperations(List.of("rename"));
        client.getWorkspace().setWorkspaceEdit(edits);
    }

    /** The edits of a file of ours. */
    private static List<TextEdit> edits(WorkspaceEdit edit, String uri) {
        return edit.getDocumentChanges().stream()
                .filter(change -> change.isLeft())
                .map(change -> change.getLeft())
                .filter(change -> change.getTextDocument().getUri().equals(uri))
                .flatMap(change -> change.getEdits().stream())
                .map(either -> either.getLeft())
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    void whatTellsOfAPlace(String encoding, String end) throws Exception {
        try (Open open = new Open(encoding, end)) {
            var model = open.lsp.id(MODEL);
            Position ref = open.in("stg_orders\")", 4);
            var hover = TestServer.get(open.documents().hover(new HoverParams(model, ref)));
            assertThat(open.model.slice(hover.getRange())).isEqualTo("stg_orders");
            Position inYaml = open.yaml.position("stg_orders", 4);
            var ofEntry =
                    TestServer.get(
                            open.documents().hover(new HoverParams(open.lsp.id(YAML), inYaml)));
            assertThat(open.yaml.slice(ofEntry.getRange())).isEqualTo("stg_orders");
            var help =
                    TestServer.get(
                            open.documents()
                                    .signatureHelp(
                                            new SignatureHelpParams(
                                                    model, open.in("\"orders\"", 3))));
            assertThat(help.getActiveParameter()).isEqualTo(1);
            List<CodeLens> lenses = new ArrayList<>();
            lenses.addAll(TestServer.get(open.documents().codeLens(new CodeLensParams(model))));
            assertThat(lenses).isNotEmpty();
            assertThat(lenses).allMatch(l -> open.model.slice(l.getRange()).equals("model"));
            var hints =
                    TestServer.get(
                            open.documents()
                                    .inlayHint(
                                            new InlayHintParams(
                                                    model,
                                                    new Range(ref, open.in("dbt.source", 0)))));
            assertThat(hints)
                    .singleElement()
                    .satisfies(
                            hint ->
                                    assertThat(hint.getPosition())
                                            .isEqualTo(open.in(", dbt.source", 0)));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    void whatLeadsElsewhere(String encoding, String end) throws Exception {
        try (Open open = new Open(encoding, end)) {
            var model = open.lsp.id(MODEL);
            Position ref = open.in("stg_orders\")", 4);
            var table =
                    TestServer.get(
                                    open.documents()
                                            .definition(
                                                    new DefinitionParams(
                                                            model, open.in("\"orders\"", 3))))
                            .getLeft();
            assertThat(table).extracting(Location::getUri).containsExactly(open.lsp.uri(YAML));
            assertThat(table.get(0).getRange().getStart())
                    .isEqualTo(open.yaml.position("orders}", 0));
            ReferenceParams params = new ReferenceParams(model, ref, new ReferenceContext(true));
            List<String> references =
                    TestServer.get(open.documents().references(params)).stream()
                            .filter(l -> !l.getUri().endsWith(".sql"))
                            .map(
                                    l ->
                                            (l.getUri().endsWith(".py") ? open.model : open.yaml)
                                                    .slice(l.getRange()))
                            .toList();
            assertThat(references)
                    .containsExactlyInAnyOrder("stg_orders", "stg_orders", "stg_orders");
            List<CallHierarchyItem> items =
                    TestServer.get(
                            open.documents()
                                    .prepareCallHierarchy(
                                            new CallHierarchyPrepareParams(
                                                    model, open.in("model", 2))));
            assertThat(open.model.slice(items.get(0).getSelectionRange())).isEqualTo("model");
            List<CallHierarchyOutgoingCall> calls =
                    TestServer.get(
                            open.documents()
                                    .callHierarchyOutgoingCalls(
                                            new CallHierarchyOutgoingCallsParams(items.get(0))));
            assertThat(
                            calls.stream()
                                    .flatMap(c -> c.getFromRanges().stream())
                                    .map(open.model::slice))
                    .containsExactlyInAnyOrder(
                            "dbt.ref(\"stg_orders\")",
                            "__model__stg_orders",
                            "dbt.source(\"ops\", \"orders\")");
            List<DocumentLink> links =
                    TestServer.get(
                            open.documents()
                                    .documentLink(new DocumentLinkParams(open.lsp.id(YAML))));
            assertThat(links.stream().map(l -> open.yaml.slice(l.getRange())))
                    .contains("stg_orders");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    void whatChangesTheText(String encoding, String end) throws Exception {
        try (Open open = new Open(encoding, end)) {
            var model = open.lsp.id(MODEL);
            Position ref = open.in("stg_orders\")", 4);
            List<CompletionItem> items =
                    TestServer.get(open.documents().completion(new CompletionParams(model, ref)))
                            .getRight()
                            .getItems();
            assertThat(items).extracting(CompletionItem::getLabel).contains("stg_orders");
            TextEdit inserted =
                    items.stream()
                            .filter(i -> i.getLabel().equals("stg_orders"))
                            .findFirst()
                            .orElseThrow()
                            .getTextEdit()
                            .getLeft();
            assertThat(open.model.slice(inserted.getRange())).isEqualTo("stg_orders");
            var prepared =
                    TestServer.get(
                                    open.documents()
                                            .prepareRename(new PrepareRenameParams(model, ref)))
                            .getSecond();
            assertThat(open.model.slice(prepared.getRange())).isEqualTo("stg_orders");
            WorkspaceEdit edit =
                    TestServer.get(open.documents().rename(new RenameParams(model, ref, "fresh")));
            assertThat(open.model.applied(edits(edit, open.lsp.uri(MODEL))))
                    .isEqualTo(open.model.text().replace("stg_orders", "fresh"));
            assertThat(open.yaml.applied(edits(edit, open.lsp.uri(YAML))))
                    .isEqualTo(open.yaml.text().replace("stg_orders", "fresh"));
            Position wrong = open.in("stg_ordrs", 3);
            CodeAction fix =
                    TestServer.get(
                                    open.documents()
                                            .codeAction(
                                                    new CodeActionParams(
                                                            model,
                                                            new Range(wrong, wrong),
                                                            new CodeActionContext(List.of()))))
                            .get(0)
                            .getRight();
            assertThat(fix.getTitle()).isEqualTo("Replace with 'stg_orders'");
            assertThat(
                            open.model.applied(
                                    fix.getEdit()
                                            .getChanges()
                                            .getOrDefault(open.lsp.uri(MODEL), List.of())))
                    .isEqualTo(open.model.text().replace("stg_ordrs", "stg_orders"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    @SuppressWarnings("deprecation") // symbols as clients without trees of them get them
    void whatMarksTheText(String encoding, String end) throws Exception {
        try (Open open = new Open(encoding, end)) {
            var model = open.lsp.id(MODEL);
            Diagnostic found =
                    open.lsp
                            .client
                            .take(
                                    PublishDiagnosticsParams.class,
                                    p -> p.getUri().equals(open.lsp.uri(MODEL)))
                            .getDiagnostics()
                            .get(0);
            assertThat(open.model.slice(found.getRange())).isEqualTo("stg_ordrs");
            Position ref = open.in("stg_orders\")", 4);
            List<? extends DocumentHighlight> highlights =
                    TestServer.get(
                            open.documents()
                                    .documentHighlight(new DocumentHighlightParams(model, ref)));
            assertThat(highlights.stream().map(h -> open.model.slice(h.getRange())))
                    .containsExactly("stg_orders", "stg_orders");
            SelectionRange selected =
                    TestServer.get(
                                    open.documents()
                                            .selectionRange(
                                                    new SelectionRangeParams(model, List.of(ref))))
                            .get(0);
            assertThat(open.model.slice(selected.getRange())).isEqualTo("stg_orders");
            assertThat(open.model.slice(selected.getParent().getRange()))
                    .isEqualTo("\"stg_orders\"");
            assertThat(
                            TestServer.get(
                                            open.documents()
                                                    .documentSymbol(
                                                            new DocumentSymbolParams(model)))
                                    .stream()
                                    .map(
                                            s ->
                                                    open.model.slice(
                                                            s.getLeft().getLocation().getRange())))
                    .contains("dbt.ref(\"stg_orders\")");
            FoldingRange fold =
                    TestServer.get(
                                    open.documents()
                                            .foldingRange(new FoldingRangeRequestParams(model)))
                            .get(0);
            assertThat(fold.getEndCharacter()).isEqualTo(open.model.units("\treturn x"));
            List<Integer> tokens =
                    TestServer.get(
                                    open.documents()
                                            .semanticTokensRange(
                                                    new SemanticTokensRangeParams(
                                                            model,
                                                            new Range(
                                                                    open.in("select", 0),
                                                                    open.in("z = ", 0)))))
                            .getData();
            assertThat(open.model.tokens(tokens)).contains("select", "from", "__model__stg_orders");
        }
    }
}
