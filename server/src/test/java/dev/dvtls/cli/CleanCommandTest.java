package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanCommandTest {
    @TempDir Path folder;
    private CliProject project;

    @BeforeEach
    void project() throws Exception {
        project =
                CliProject.in(Files.createDirectories(folder.resolve("p")))
                        .cached("dev", "model.shop.orders", "select 1 as id")
                        .file(".dvt/logs/run.jsonl", "x".repeat(1500))
                        .file(".dvt/work/killed/left.parquet", "12345")
                        .file(".dvt/venv/bin/python", "")
                        .file(".dvt/tools/bin/sling", "")
                        .file("target/compiled/shop/models/orders.sql", "select 1")
                        .file("target/manifest.json", "{}");
    }

    @Test
    void removesWhatRunsLeftAndSaysHowMuch() {
        CliProject.Ran ran = project.run("clean");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("removed .dvt/logs (1.5 kB)\n")
                .contains("removed .dvt/work/killed (5 bytes)\n")
                .contains("removed .dvt/cache (")
                .contains("removed target/compiled (8 bytes)\n")
                .containsPattern("Freed \\d\\.\\d kB in all\\.\n");
        Path root = project.root();
        assertThat(root.resolve(".dvt/venv/bin/python")).exists();
        assertThat(root.resolve(".dvt/tools/bin/sling")).exists();
        assertThat(root.resolve("target/manifest.json")).exists();
        assertThat(root.resolve("models/orders.sql")).exists();
        assertThat(root.resolve(".dvt/cache")).doesNotExist();
        assertThat(project.run("clean").out()).isEqualTo("Nothing to remove.\n");
    }

    @Test
    void allRemovesTheFolder() {
        assertThat(project.run("clean", "--all").code()).isZero();
        assertThat(project.root().resolve(".dvt")).doesNotExist();
    }

    @Test
    void aLinkIsRemovedAndNotWhatItLeadsTo() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "x");
        Files.createSymbolicLink(project.root().resolve(".dvt/shared"), elsewhere);
        project.run("clean", "--all");
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @Test
    void waitsForNoRunButSaysSo() throws Exception {
        WorkFolder run = WorkFolder.open(DvtFolder.open(project.root()));
        CliProject.Ran ran = project.run("clean");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("A run is at work in this project.");
        assertThat(project.root().resolve(".dvt/cache")).exists();
        assertThat(project.root().resolve("target/compiled")).exists();
        run.close();
        assertThat(project.run("clean").code()).isZero();
    }

    @Test
    void nothingOutsideOfTheProject() throws Exception {
        project.file("dbt_project.yml", "name: shop\nprofile: shop\ntarget-path: ../elsewhere\n");
        Path outside = Files.createDirectories(folder.resolve("elsewhere/compiled"));
        CliProject.Ran ran = project.run("clean");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("target-path leads out of the project");
        assertThat(outside).exists();
    }
}
