package dev.dvtls.lsp;

import static dev.dvtls.lsp.ProjectAnswers.eventually;
import static dev.dvtls.lsp.ProjectAnswers.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders of a project come, change and go on disk. */
class FilesComeAndGoTest {
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
}
