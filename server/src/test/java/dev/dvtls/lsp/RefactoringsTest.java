package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.CachedRelation.Column;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefactoringsTest {
    private static final String MODEL =
            """
            import os


            def model(dbt, session):
                dbt.config(materialized="incremental")
                s = "😀"; return session.sql("from __model__a")
            """;

    @TempDir Path folder;

    private TestServer.Builder project() throws Exception {
        return new TestServer.Builder(folder.toRealPath())
                .project()
                .access(new DiskProjects())
                .file("models/a.sql", "select 1 as id\n")
                .file("models/sub/p.yml", "models:\n  - name: other\n");
    }

    private static List<CodeAction> actions(
            TestServer lsp, String file, int line, int column, String... only) {
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
                                                lsp.id(file), new Range(at, at), context)))
                .stream()
                .map(a -> a.getRight())
                .toList();
    }

    @Test
    void theSqlBecomesAConstant() throws Exception {
        for (String encoding : List.of("utf-8", "utf-16")) {
            try (TestServer lsp = project().encodings(encoding).start().lenient()) {
                lsp.open("models/m.py", MODEL);
                int start = encoding.equals("utf-8") ? 35 : 33;
                CodeAction extract = actions(lsp, "models/m.py", 5, start, "refactor").get(0);
                assertThat(extract.getKind()).isEqualTo("refactor.extract");
                assertThat(extract.getEdit().getChanges().get(lsp.uri("models/m.py")))
                        .containsExactly(
                                new TextEdit(
                                        new Range(new Position(0, 9), new Position(0, 9)),
                                        "\n\nA_SQL = \"from __model__a\""),
                                new TextEdit(
                                        new Range(
                                                new Position(5, start),
                                                new Position(5, start + 17)),
                                        "A_SQL"));
                assertThat(actions(lsp, "models/m.py", 5, start, "refactor.rewrite"))
                        .extracting(CodeAction::getKind)
                        .doesNotContain("refactor.extract");
            }
        }
    }

    @Test
    void aUniqueKeyAtTheMaterialization() throws Exception {
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(actions(lsp, "models/m.py", 4, 20))
                    .extracting(CodeAction::getTitle)
                    .containsExactly("Add unique_key=\"id\"");
        }
    }

    @Test
    void anEntryInTheYamlAtTheHeadOfAModel() throws Exception {
        WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
        edits.setDocumentChanges(true);
        edits.setResourceOperations(List.of("create"));
        try (TestServer lsp =
                project().client(c -> c.getWorkspace().setWorkspaceEdit(edits)).start().lenient()) {
            lsp.open("models/m.py", MODEL);
            CodeAction create = actions(lsp, "models/m.py", 3, 6).get(0);
            assertThat(create.getTitle()).isEqualTo("Create models/_models.yml with the model m");
            var steps = create.getEdit().getDocumentChanges();
            assertThat(((CreateFile) steps.get(0).getRight()).getUri())
                    .isEqualTo(lsp.uri("models/_models.yml"));
            lsp.open("models/sub/p.yml", "# unsaved\nmodels:\n  - name: other\n");
            lsp.open("models/sub/b.sql", "select 1\n\nas id\n");
            assertThat(actions(lsp, "models/sub/b.sql", 2, 0)).as("further down").isEmpty();
            CodeAction add = actions(lsp, "models/sub/b.sql", 2, 0, "refactor.rewrite").get(0);
            assertThat(add.getTitle()).isEqualTo("Add the model b to models/sub/p.yml");
            assertThat(add.getEdit().getChanges().get(lsp.uri("models/sub/p.yml")))
                    .containsExactly(
                            new TextEdit(
                                    new Range(new Position(2, 15), new Position(2, 15)),
                                    "\n  - name: b\n    description: \"\""));
        }
        try (TestServer lsp = project().start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(actions(lsp, "models/m.py", 3, 6)).as("makes no files").isEmpty();
        }
    }

    /** What a run left is what the entry says. */
    @Test
    void theEntryHasTheColumnsOfTheCache() throws Exception {
        CachedTable.put(
                folder,
                "dev",
                "model.p.a",
                1,
                new Column("id", "BIGINT"),
                new Column("größe 😀", "DECIMAL(18,2)"));
        TestServer.Builder builder =
                project()
                        .file(
                                "profiles.yml",
                                "p:\n  target: dev\n  outputs: {dev: {type: duckdb}}\n")
                        .file("models/p.yml", "models:\n  - name: m\n    description: x\n");
        try (TestServer lsp = builder.start().lenient()) {
            lsp.openFromDisk("models/a.sql");
            CodeAction add = actions(lsp, "models/a.sql", 0, 0, "refactor.rewrite").get(0);
            assertThat(add.getTitle())
                    .isEqualTo("Add the model a and its 2 columns to models/p.yml");
            assertThat(add.getEdit().getChanges().get(lsp.uri("models/p.yml")))
                    .extracting(edit -> edit.getNewText().lines().map(String::strip).toList())
                    .containsExactly(
                            List.of(
                                    "",
                                    "- name: a",
                                    "description: \"\"",
                                    "columns:",
                                    "- name: id",
                                    "data_type: BIGINT",
                                    "- name: \"größe 😀\"",
                                    "data_type: DECIMAL(18,2)"));
        }
    }
}
