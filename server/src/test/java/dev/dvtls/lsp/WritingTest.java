package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.CachedRelation.Column;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionContext;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionItemResolveSupportCapabilities;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.CompletionTriggerKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.ParameterInformationCapabilities;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpCapabilities;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SignatureInformationCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered while one writes, over the protocol. */
class WritingTest {
    private static final String DEF = "def model(dbt, session):\n";

    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .access(new DiskProjects())
                .project()
                .file("profiles.yml", "p:\n  target: dev\n  outputs:\n    dev: {type: duckdb}\n")
                .file("models/orders.py", DEF + "    return session.sql(\"select 1 as id\")\n");
    }

    private static CompletionList complete(TestServer lsp, String file, int line, int column) {
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .completion(
                                        new CompletionParams(
                                                lsp.id(file), new Position(line, column))))
                .getRight();
    }

    private void cached(String column) throws Exception {
        CachedTable.put(folder, "dev", "model.p.orders", 1, new Column(column, "BIGINT"));
    }

    @Test
    void whatIsWorkedOnComesFirst() throws Exception {
        TestServer.Builder names = project();
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            names.file("models/" + name + ".sql", "select 1 as id\n");
        }
        try (TestServer lsp = names.start().lenient()) {
            for (String name : List.of("f", "e", "d", "c", "b", "a")) {
                lsp.openFromDisk("models/" + name + ".sql");
            }
            lsp.open("models/mine.py", DEF + "    return dbt.ref(\"\")\n");
            assertThat(inOrder(complete(lsp, "models/mine.py", 1, 20)))
                    .containsExactly("a", "b", "c", "d", "e", "f", "orders");
            lsp.change("models/f.sql", "select * from {{ ref('orders') }}\n");
            assertThat(inOrder(complete(lsp, "models/mine.py", 1, 20)))
                    .containsExactly("a", "b", "c", "f", "orders", "d", "e");
        }
    }

    private static List<String> inOrder(CompletionList list) {
        return list.getItems().stream()
                .sorted(
                        Comparator.comparing(CompletionItem::getSortText)
                                .thenComparing(CompletionItem::getLabel))
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void columnsComeOutOfTheCacheAndFollowIt() throws Exception {
        cached("customer_id");
        String line = "    x = \"😀\"; y = session.sql(\"select o.cu from __model__orders o\")\n";
        int column = line.indexOf("cu from") + 2 + 2; // UTF-8: the face has four bytes, not two
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open("models/m.py", DEF + line);
            CompletionItem item = complete(lsp, "models/m.py", 1, column).getItems().get(0);
            assertThat(item.getLabel()).isEqualTo("customer_id");
            assertThat(item.getKind()).isEqualTo(CompletionItemKind.Field);
            assertThat(item.getDetail()).isEqualTo("BIGINT · orders");
            assertThat(item.getTextEdit().getLeft().getRange())
                    .isEqualTo(new Range(new Position(1, column - 2), new Position(1, column)));
            cached("renamed");
            assertThat(complete(lsp, "models/m.py", 1, column).getItems())
                    .extracting(CompletionItem::getLabel)
                    .containsExactly("renamed");
        }
    }

    private static List<String> afterSpace(TestServer lsp, String file, int line, int column) {
        CompletionParams params = new CompletionParams(lsp.id(file), new Position(line, column));
        params.setContext(new CompletionContext(CompletionTriggerKind.TriggerCharacter, " "));
        return TestServer.get(lsp.server.getTextDocumentService().completion(params))
                .getRight()
                .getItems()
                .stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void aPropertiesFileIsCompletedWhileItIsBroken() throws Exception {
        cached("customer_id");
        try (TestServer lsp = project().encodings("utf-8").start().lenient()) {
            lsp.open("models/m.yml", "models: # 😀\n  - name: 'x\n  - name: \n   columns: [");
            assertThat(afterSpace(lsp, "models/m.yml", 2, 10)).containsExactly("orders");
            lsp.change("models/m.yml", "models:\n  - name: orders\n    columns: [{name: 'cu");
            CompletionItem item = complete(lsp, "models/m.yml", 2, 24).getItems().get(0);
            assertThat(item.getLabel()).isEqualTo("customer_id");
            assertThat(item.getDetail()).isEqualTo("BIGINT · orders");
            assertThat(item.getTextEdit().getLeft().getRange())
                    .isEqualTo(new Range(new Position(2, 22), new Position(2, 24)));
            // Nothing jumps up where only a word ends, or in other languages.
            lsp.open("models/n.yml", "models:\n  - name: a\n    ");
            assertThat(afterSpace(lsp, "models/n.yml", 2, 4)).isEmpty();
            lsp.open("models/m.py", "");
            assertThat(complete(lsp, "models/m.py", 0, 0).getItems()).isNotEmpty();
            lsp.change("models/m.py", "m ");
            assertThat(afterSpace(lsp, "models/m.py", 0, 2)).isEmpty();
        }
    }

    @Test
    void targetsComeFromTheProfileWithoutItsSecrets() throws Exception {
        TestServer.Builder builder =
                project()
                        .file(
                                "profiles.yml",
                                "p:\n  outputs:\n    prod: {type: postgres, password: hunter2}\n");
        try (TestServer lsp = builder.start().lenient()) {
            lsp.open("models/m.py", DEF + "    dbt.config(target=\"\n");
            CompletionList list = complete(lsp, "models/m.py", 1, 23);
            assertThat(list.getItems())
                    .extracting(CompletionItem::getLabel)
                    .containsExactly("prod");
            assertThat(list.toString()).contains("postgres").doesNotContain("hunter2");
        }
    }

    @Test
    void snippetsGoToClientsThatHaveThem() throws Exception {
        CompletionItemCapabilities item = new CompletionItemCapabilities();
        item.setSnippetSupport(true);
        try (TestServer lsp =
                project()
                        .client(
                                c ->
                                        c.getTextDocument()
                                                .setCompletion(new CompletionCapabilities(item)))
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", "");
            CompletionItem model = complete(lsp, "models/m.py", 0, 0).getItems().get(0);
            assertThat(model.getInsertTextFormat()).isEqualTo(InsertTextFormat.Snippet);
            assertThat(model.getTextEdit().getLeft().getNewText()).contains("${2:upstream}");
        }
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", "");
            CompletionItem model = complete(lsp, "models/m.py", 0, 0).getItems().get(0);
            assertThat(model.getInsertTextFormat()).isEqualTo(InsertTextFormat.PlainText);
            assertThat(model.getTextEdit().getLeft().getNewText())
                    .startsWith("def model(dbt, session):\n")
                    .doesNotContain("$");
        }
    }

    @Test
    void documentationIsBareTextWithoutMarkdown() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", "");
            CompletionItem sql =
                    complete(lsp, "models/m.py", 0, 0).getItems().stream()
                            .filter(item -> item.getLabel().equals("def model: session SQL"))
                            .findFirst()
                            .orElseThrow();
            assertThat(sql.getDocumentation().getLeft())
                    .startsWith("def model(dbt, session):\n")
                    .contains("            *\n");
            lsp.change("models/m.py", 0, 0, 0, DEF + "    dbt.ref(");
            assertThat(signature(lsp, 12).getSignatures().get(0).getDocumentation().getLeft())
                    .startsWith("The relation of a model")
                    .doesNotContain("`");
        }
    }

    @Test
    void anAnswerStaysLightHoweverLargeTheProject() throws Exception {
        TestServer.Builder builder = project();
        for (int i = 0; i < 1_000; i++) {
            builder.file("models/area_" + i % 7 + "/m" + i + ".sql", "select 1 as id");
        }
        CompletionItemCapabilities item = new CompletionItemCapabilities();
        item.setResolveSupport(
                new CompletionItemResolveSupportCapabilities(List.of("documentation")));
        builder.client(c -> c.getTextDocument().setCompletion(new CompletionCapabilities(item)));
        try (TestServer lsp = builder.start().lenient()) {
            lsp.open("models/m.py", DEF + "    x = dbt.ref(\"m\n");
            CompletionList list = complete(lsp, "models/m.py", 1, 18);
            assertThat(list.isIncomplete()).isTrue();
            assertThat(list.getItems()).hasSize(200);
            assertThat(new com.google.gson.Gson().toJson(list).length()).isLessThan(120_000);
            CompletionItem first = list.getItems().get(0);
            assertThat(first.getDocumentation()).isNull();
            assertThat(
                            TestServer.get(
                                            lsp.server
                                                    .getTextDocumentService()
                                                    .resolveCompletionItem(first))
                                    .getDocumentation())
                    .isNotNull();
        }
    }

    @Test
    void documentationOfShortListsKnowsTheTarget() throws Exception {
        cached("customer_id");
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", DEF + "    x = dbt.ref(\"");
            assertThat(complete(lsp, "models/m.py", 1, 17).getItems())
                    .filteredOn(item -> item.getLabel().equals("orders"))
                    .singleElement()
                    .extracting(item -> item.getDocumentation().getLeft())
                    .asString()
                    .contains(
                            "Lands at main.orders on dev (duckdb)", "customer_id", "Cache: 1 row");
        }
    }

    private static SignatureHelp signature(TestServer lsp, int column) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .signatureHelp(
                                new SignatureHelpParams(
                                        lsp.id("models/m.py"), new Position(1, column))));
    }

    @Test
    void signaturesMarkTheParameterAsTheClientCan() throws Exception {
        String text = DEF + "    x = dbt.source(\"a, b\", \"";
        try (TestServer lsp = project().start().lenient()) {
            assertThat(
                            lsp.initialized
                                    .getCapabilities()
                                    .getSignatureHelpProvider()
                                    .getTriggerCharacters())
                    .containsExactly("(", ",");
            lsp.open("models/m.py", text);
            SignatureHelp help = signature(lsp, 27);
            assertThat(help.getActiveParameter()).isEqualTo(1);
            assertThat(help.getSignatures().get(0).getLabel())
                    .isEqualTo("source(source_name, table_name)");
            assertThat(help.getSignatures().get(0).getParameters())
                    .extracting(p -> p.getLabel().getLeft())
                    .containsExactly("source_name", "table_name");
            assertThat(signature(lsp, 3)).isNull();
        }
        SignatureInformationCapabilities offsets = new SignatureInformationCapabilities();
        offsets.setParameterInformation(new ParameterInformationCapabilities(true));
        try (TestServer lsp =
                project()
                        .client(
                                c ->
                                        c.getTextDocument()
                                                .setSignatureHelp(
                                                        new SignatureHelpCapabilities(
                                                                offsets, false)))
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", text);
            ParameterInformation second =
                    signature(lsp, 27).getSignatures().get(0).getParameters().get(1);
            assertThat(second.getLabel().getRight().getFirst()).isEqualTo(20);
            assertThat(second.getLabel().getRight().getSecond()).isEqualTo(30);
        }
    }
}
