package dev.dvtls.lsp;

import static dev.dvtls.lsp.ProjectAnswers.eventually;
import static dev.dvtls.lsp.ProjectAnswers.problems;
import static dev.dvtls.lsp.ProjectAnswers.roots;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersChangeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which projects there are, and whose a file is, while files and folders come and go. */
class ProjectsComeAndGoTest {
    private static final String PROJECT = "name: p\nprofile: p\n";
    private static final String READS_A = "select * from {{ ref('a') }}";

    @TempDir Path folder;

    private TestServer.Builder server() {
        return TestServer.in(folder).access(new DiskProjects());
    }

    @Test
    void aFolderWithAProjectIsFoundWhenItComesAndForgottenWhenItGoes() throws Exception {
        try (TestServer lsp =
                server().folders(folder.resolve("w"))
                        .file("w/one/dbt_project.yml", PROJECT)
                        .file("aside/deep/two/dbt_project.yml", PROJECT)
                        .start()
                        .lenient()) {
            eventually(lsp, () -> roots(lsp), List.of("w/one"));
            Files.move(lsp.path("aside"), lsp.path("w/here"));
            lsp.watched(new FileEvent(lsp.uri("w/here"), FileChangeType.Created));
            eventually(lsp, () -> roots(lsp), List.of("w/here/deep/two", "w/one"));
            Files.move(lsp.path("w/here"), lsp.path("aside"));
            lsp.watched(new FileEvent(lsp.uri("w/here"), FileChangeType.Deleted));
            eventually(lsp, () -> roots(lsp), List.of("w/one"));
        }
    }

    @Test
    void anInstalledPackageDoesNotBecomeAProjectOfItsOwn() throws Exception {
        String package1 = "dbt_packages/q/dbt_project.yml";
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file(package1, "name: q\nprofile: p\n")
                        .file("dbt_packages/q/models/a.sql", "select 1")
                        .file("models/m.sql", "{{ ref('r', 'a') }}")
                        .start()
                        .lenient()) {
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            lsp.onDisk(package1, "name: r\nprofile: p\n");
            eventually(lsp, () -> problems(lsp), List.of());
            // By now all that the first change led to is done.
            lsp.onDisk("models/m.sql", "{{ ref('q', 'a') }}");
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            assertThat(roots(lsp)).containsExactly("");
        }
    }

    @Test
    void anInnerProjectThatIsIgnoredIsNone() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/inner/dbt_project.yml", PROJECT)
                        .start()
                        .lenient()) {
            eventually(lsp, () -> roots(lsp), List.of("", "models/inner"));
            lsp.onDisk(".dbtignore", "inner/\n");
            eventually(lsp, () -> roots(lsp), List.of(""));
            lsp.deleted(".dbtignore");
            eventually(lsp, () -> roots(lsp), List.of("", "models/inner"));
        }
    }

    @Test
    void aProjectFileThatIsSavedMakesAProject() throws Exception {
        try (TestServer lsp = server().file("models/a.sql", "select 1").start().lenient()) {
            lsp.open("dbt_project.yml", PROJECT);
            assertThat(roots(lsp)).isEmpty();
            Files.writeString(lsp.path("dbt_project.yml"), PROJECT);
            lsp.server
                    .getTextDocumentService()
                    .didSave(new DidSaveTextDocumentParams(lsp.id("dbt_project.yml")));
            eventually(lsp, () -> roots(lsp), List.of(""));
        }
    }

    @Test
    void aFileOfAPackageCanBeLookedAt() throws Exception {
        String read = "dbt_packages/q/models/a.sql";
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("dbt_packages/q/dbt_project.yml", "name: q\nprofile: p\n")
                        .file(read, "select 1")
                        .file("models/m.sql", "{{ ref('q', 'a') }}")
                        .start()
                        .lenient()) {
            eventually(lsp, () -> roots(lsp), List.of(""));
            lsp.openFromDisk(read);
            eventually(lsp, () -> roots(lsp), List.of("", "dbt_packages/q"));
            assertThat(problems(lsp)).isEmpty();
            lsp.onDisk("models/m.sql", "{{ ref('q', 'b') }}");
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            lsp.onDisk("dbt_packages/q/models/b.sql", "select 1");
            eventually(lsp, () -> problems(lsp), List.of());
            lsp.closeDocument(read);
            eventually(lsp, () -> roots(lsp), List.of(""));
            assertThat(problems(lsp)).isEmpty();
        }
    }

    @Test
    void aProjectOutsideOfTheFoldersStaysAsLongAsAFileOfItIsOpen() throws Exception {
        try (TestServer lsp =
                server().folders(folder.resolve("w"))
                        .file("w/dbt_project.yml", PROJECT)
                        .file("aside/dbt_project.yml", PROJECT)
                        .file("aside/models/a.sql", "select 1")
                        .start()
                        .lenient()) {
            lsp.openFromDisk("aside/models/a.sql");
            eventually(lsp, () -> roots(lsp), List.of("aside", "w"));
            lsp.closeDocument("aside/models/a.sql");
            eventually(lsp, () -> roots(lsp), List.of("w"));
        }
    }

    @Test
    void workspaceFoldersComeAndGo() throws Exception {
        try (TestServer lsp =
                server().folders(folder.resolve("one"))
                        .file("one/dbt_project.yml", PROJECT)
                        .file("two/dbt_project.yml", PROJECT)
                        .file("two/models/m.sql", READS_A)
                        .file("three/dbt_project.yml", PROJECT)
                        .start()
                        .lenient()) {
            eventually(lsp, () -> roots(lsp), List.of("one"));
            folders(lsp, List.of("two", "three"), List.of("one"));
            eventually(lsp, () -> roots(lsp), List.of("three", "two"));
            // What is open keeps its project.
            lsp.openFromDisk("two/models/m.sql");
            assertThat(lsp.diagnostics("two/models/m.sql")).hasSize(1);
            folders(lsp, List.of(), List.of("two", "three"));
            eventually(lsp, () -> roots(lsp), List.of("two"));
            assertThat(problems(lsp)).containsExactly("two/models/m.sql:1 DVT120");
        }
    }

    @Test
    void anOpenFileOfAnInnerProjectIsNoModelOfTheOuter() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/inner/dbt_project.yml", PROJECT)
                        .file("models/inner/models/a.sql", "select 1")
                        .file("models/m.sql", READS_A)
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/inner/models/a.sql");
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            // The outer project is read again, with what is open.
            lsp.onDisk("dbt_project.yml", PROJECT + "vars: {x: 1}\n");
            lsp.onDisk("models/n.sql", READS_A);
            eventually(
                    lsp,
                    () -> problems(lsp),
                    List.of("models/m.sql:1 DVT120", "models/n.sql:1 DVT120"));
        }
    }

    @Test
    void aClosedFileOfAnInnerProjectIsNoModelOfTheOuter() throws Exception {
        try (TestServer lsp =
                server().folders(folder.resolve("elsewhere"))
                        .file("elsewhere/a.txt", "")
                        .file("dbt_project.yml", PROJECT)
                        .file("models/inner/dbt_project.yml", PROJECT)
                        .file("models/inner/models/a.sql", "select 1")
                        .file("models/m.sql", READS_A)
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/m.sql");
            lsp.openFromDisk("models/inner/models/a.sql");
            eventually(lsp, () -> roots(lsp), List.of("", "models/inner"));
            lsp.closeDocument("models/inner/models/a.sql");
            eventually(lsp, () -> roots(lsp), List.of(""));
            // By now all that the closing led to is done.
            lsp.onDisk("models/n.sql", READS_A);
            eventually(
                    lsp,
                    () -> problems(lsp),
                    List.of("models/m.sql:1 DVT120", "models/n.sql:1 DVT120"));
        }
    }

    @Test
    void aProjectThatGoesWhileItIsReadStaysGone() throws Exception {
        try (TestServer lsp = server().file("dbt_project.yml", PROJECT).start().lenient()) {
            eventually(lsp, () -> roots(lsp), List.of(""));
            lsp.onDisk("dvt.toml", "");
            lsp.deleted("dbt_project.yml");
            eventually(lsp, () -> roots(lsp), List.of());
            // What the reading that was under way led to is done by the end of another search.
            lsp.onDisk("other/dbt_project.yml", PROJECT);
            eventually(lsp, () -> roots(lsp), List.of("other"));
        }
    }

    private static void folders(TestServer lsp, List<String> added, List<String> removed) {
        lsp.server
                .getWorkspaceService()
                .didChangeWorkspaceFolders(
                        new DidChangeWorkspaceFoldersParams(
                                new WorkspaceFoldersChangeEvent(
                                        folders(lsp, added), folders(lsp, removed))));
    }

    private static List<WorkspaceFolder> folders(TestServer lsp, List<String> names) {
        return names.stream().map(name -> new WorkspaceFolder(lsp.uri(name), name)).toList();
    }
}
