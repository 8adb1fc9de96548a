package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
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
    void aDeletedFolderLeavesWhatIsOpen() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/deep/a.sql", "select 1")
                        .file("models/deep/b.sql", "select 1")
                        .file("models/m.sql", "{{ ref('b') }}" + READS_A)
                        .start()
                        .lenient()) {
            lsp.openFromDisk("models/deep/a.sql");
            eventually(lsp, () -> problems(lsp), List.of());
            Files.delete(lsp.path("models/deep/a.sql"));
            Files.delete(lsp.path("models/deep/b.sql"));
            Files.delete(lsp.path("models/deep"));
            lsp.watched(new FileEvent(lsp.uri("models/deep"), FileChangeType.Deleted));
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
        }
    }

    @Test
    void propertiesGoWithTheirFolder() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/a.sql", "select 1")
                        .file("models/m.sql", READS_A)
                        .file(
                                "models/deep/a.yml",
                                "models:\n  - name: a\n    config: {enabled: false}\n")
                        .start()
                        .lenient()) {
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            Files.delete(lsp.path("models/deep/a.yml"));
            Files.delete(lsp.path("models/deep"));
            lsp.watched(new FileEvent(lsp.uri("models/deep"), FileChangeType.Deleted));
            eventually(lsp, () -> problems(lsp), List.of());
        }
    }

    /** As a checkout does it; the events come in any order. */
    @Test
    void foldersThatWereReplacedHaveTheirNewFiles() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/m.sql", "{{ ref('a0') }} {{ ref('a1') }} {{ ref('a9') }}")
                        .start()
                        .lenient()) {
            String missing = "models/m.sql:1 DVT120";
            eventually(lsp, () -> problems(lsp), List.of(missing, missing, missing));
            List<FileEvent> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Files.createDirectories(lsp.path("models/deep" + i));
                Files.writeString(lsp.path("models/deep" + i + "/a" + i + ".sql"), "select 1");
                events.add(
                        new FileEvent(
                                lsp.uri("models/deep" + i + "/a" + i + ".sql"),
                                FileChangeType.Created));
                events.add(new FileEvent(lsp.uri("models/deep" + i), FileChangeType.Deleted));
            }
            lsp.watched(events.toArray(FileEvent[]::new));
            eventually(lsp, () -> problems(lsp), List.of());
        }
    }

    @Test
    void foldersOfSeedsAndAroundModelsAreReadWhenTheyCome() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT + "model-paths: [in/models, models]\n")
                        .file("aside/seeds/a.csv", "id\n1\n")
                        .file("aside/models/b.sql", "select 1")
                        .file("models/m.sql", READS_A + "{{ ref('b') }}")
                        .start()
                        .lenient()) {
            eventually(
                    lsp,
                    () -> problems(lsp),
                    List.of("models/m.sql:1 DVT120", "models/m.sql:1 DVT120"));
            Files.createDirectories(lsp.path("seeds"));
            Files.move(lsp.path("aside/seeds"), lsp.path("seeds/deep"));
            lsp.watched(new FileEvent(lsp.uri("seeds/deep"), FileChangeType.Created));
            eventually(lsp, () -> problems(lsp), List.of("models/m.sql:1 DVT120"));
            Files.move(lsp.path("aside"), lsp.path("in"));
            lsp.watched(new FileEvent(lsp.uri("in"), FileChangeType.Created));
            eventually(lsp, () -> problems(lsp), List.of());
        }
    }

    @Test
    void aFileThatIsNoLongerTextIsToldSo() throws Exception {
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/a.sql", "select 1")
                        .start()
                        .lenient()) {
            eventually(lsp, () -> problems(lsp), List.of());
            Files.write(lsp.path("models/a.sql"), "select 'é'".getBytes(StandardCharsets.UTF_16));
            lsp.watched(new FileEvent(lsp.uri("models/a.sql"), FileChangeType.Changed));
            eventually(lsp, () -> problems(lsp), List.of("models/a.sql:1 project-error"));
        }
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

    @Test
    void aModuleThatGoesOrComesIsNoticed() throws Exception {
        String lib = "lib/clean.py";
        try (TestServer lsp =
                server().file("dbt_project.yml", PROJECT)
                        .file("models/a.sql", "select 1")
                        .file(lib, "x = 1\n")
                        .start()
                        .lenient()) {
            lsp.open(
                    "models/m.py",
                    """
                    import lib.clean
                    def model(dbt, session):
                        return dbt.ref("a").df()
                    """);
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
            lsp.deleted(lib);
            assertThat(lsp.diagnostics("models/m.py"))
                    .singleElement()
                    .asString()
                    .contains("missing-module");
            lsp.onDisk(lib, "x = 1\n");
            assertThat(lsp.diagnostics("models/m.py")).isEmpty();
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

    /** Asks until the answer is the wanted one: events take effect after a moment. */
    private static <T> void eventually(TestServer lsp, Supplier<T> question, T wanted) {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        while (!question.get().equals(wanted) && System.nanoTime() < end) {
            var unused = lsp.client.takeAll(Object.class, Duration.ofMillis(20));
        }
        assertThat(question.get()).isEqualTo(wanted);
    }

    private List<String> roots(TestServer lsp) {
        List<String> roots = new ArrayList<>();
        for (JsonElement project : TestServer.get(lsp.server.projects(new JsonObject()))) {
            roots.add(relative(project.getAsJsonObject().get("root").getAsString()));
        }
        return roots;
    }

    /** Of all files of all projects: {@code file:line code}. */
    private List<String> problems(TestServer lsp) {
        Map<?, ?> checked =
                (Map<?, ?>)
                        TestServer.get(
                                lsp.server
                                        .getWorkspaceService()
                                        .executeCommand(
                                                new ExecuteCommandParams("dvt.check", List.of())));
        List<String> problems = new ArrayList<>();
        for (Object element : (List<?>) Objects.requireNonNull(checked.get("problems"))) {
            Map<?, ?> problem = (Map<?, ?>) element;
            problems.add(
                    relative(String.valueOf(problem.get("file")))
                            + ":"
                            + ((Number) Objects.requireNonNull(problem.get("line"))).intValue()
                            + " "
                            + problem.get("code"));
        }
        return problems;
    }

    private String relative(String path) {
        return folder.relativize(Path.of(path)).toString().replace('\\', '/');
    }
}
