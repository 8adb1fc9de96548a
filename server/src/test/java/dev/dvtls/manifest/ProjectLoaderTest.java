package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.FileKind;
import dev.dvtls.project.ProjectFinder;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectLoaderTest {
    private static List<String> names(ProjectManifest manifest) {
        return manifest.nodes().stream().map(Node::name).toList();
    }

    private static List<String> problems(ProjectManifest manifest) {
        return manifest.problems().stream()
                .map(
                        p ->
                                manifest.project().root().relativize(p.file())
                                        + ":"
                                        + p.line()
                                        + ":"
                                        + p.column()
                                        + " "
                                        + p.message())
                .toList();
    }

    @Test
    void findsProjectsNestedAndSideBySide() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: outer
                        target-path: out
                        model-paths: ["."]
                        //- one.sql
                        select 1
                        //- .dbtignore
                        # a comment
                        ignored/
                        !ignored/kept
                        //- a b/inner/dvt_project.yml
                        name: inner
                        //- a b/inner/models/two.sql
                        select 2
                        //- side/dbt_project.yml
                        name: side
                        //- side/models/target/three.sql
                        select 3
                        //- side/target/models/no.sql
                        //- out/copy/dbt_project.yml
                        //- dbt_packages/util/dbt_project.yml
                        //- ignored/kept/dbt_project.yml
                        //- .venv/lib/dbt_project.yml
                        //- my env/pyvenv.cfg
                        //- my env/lib/dbt_project.yml
                        //- node_modules/x/dbt_project.yml
                        //- .dvt/x/dbt_project.yml
                        """);
        assertThat(ProjectFinder.find(workspace.root()).stream().map(ProjectLoader::load))
                .extracting(m -> m.project().name(), ProjectLoaderTest::names)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outer", List.of("one")),
                        org.assertj.core.groups.Tuple.tuple("inner", List.of("two")),
                        org.assertj.core.groups.Tuple.tuple("side", List.of("three")));
        assertThat(ProjectFinder.enclosing(workspace.path("a b/inner/models/two.sql")))
                .contains(workspace.path("a b/inner"));
    }

    @Test
    void whatCannotBeReadLeavesTheRest() throws IOException {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/good.sql
                        select * from {{ ref('latin') }}
                        //- models/bad.yml
                        models:
                          - name: good
                            description: "no end
                        //- models/odd.yml
                        models:
                          - just text
                          - description: without a name
                          - name: good
                            description: Fine
                            columns: nothing
                            versions: []
                        sources: {name: x}
                        seeds:
                        """);
        Files.write(
                workspace.path("models/latin.sql"),
                "-- a\n-- caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        ProjectManifest manifest = workspace.manifest();
        assertThat(names(manifest)).containsExactly("good", "latin");
        assertThat(manifest.node("model.shop.good").orElseThrow().dependsOn())
                .containsExactly("model.shop.latin");
        assertThat(manifest.node("model.shop.good").orElseThrow().description()).isEqualTo("Fine");
        assertThat(problems(manifest))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("models/bad.yml:4:1 Not valid YAML"),
                        p -> assertThat(p).startsWith("models/latin.sql:2:7 The file is not UTF-8"),
                        p -> assertThat(p).startsWith("models/odd.yml:2:5 An entry of `models`"),
                        p ->
                                assertThat(p)
                                        .startsWith("models/odd.yml:3:5 An entry of `models` has"),
                        p -> assertThat(p).startsWith("models/odd.yml:6:14 `columns` is a list"),
                        p -> assertThat(p).startsWith("models/odd.yml:8:10 `sources` is a list"));
        // Mended in the editor: the problem goes, the rest stays.
        ProjectManifest mended =
                manifest.withText(workspace.path("models/bad.yml"), "models: [{name: latin}]");
        assertThat(problems(mended)).noneMatch(p -> p.startsWith("models/bad.yml"));
        assertThat(names(mended)).containsExactly("good", "latin");
    }

    @Test
    void aBrokenProjectFileHasDefaults() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        models: [unclosed
                        //- models/a.sql
                        select 1
                        """);
        ProjectManifest manifest = workspace.manifest();
        assertThat(names(manifest)).containsExactly("a");
        assertThat(problems(manifest)).hasSize(1).first().asString().contains("dbt_project.yml:");
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        Workspace workspace =
                Workspace.of("//- models/a.sql\nselect 1\n//- shared/b.sql\nselect 2\n");
        Files.createSymbolicLink(workspace.path("models/linked"), workspace.path("shared"));
        Files.createSymbolicLink(workspace.path("models/again"), workspace.path("models"));
        Files.createSymbolicLink(workspace.path("shared/up"), workspace.root());
        Files.createSymbolicLink(workspace.path("models/disk"), Path.of("/"));
        Files.createSymbolicLink(workspace.path("models/gone.sql"), workspace.path("nowhere.sql"));
        Files.createSymbolicLink(workspace.path("models/.#a.sql"), Path.of("user@host.1234"));
        ProjectManifest manifest = workspace.manifest();
        assertThat(names(manifest)).containsExactly("a", "b", "gone");
        assertThat(manifest.nodeOf(workspace.path("models/linked/b.sql"))).isPresent();
        assertThat(ProjectFinder.find(workspace.root())).containsExactly(workspace.root());
        assertThat(problems(manifest)).hasSize(1).first().asString().contains("gone.sql");
    }

    @Test
    void ignoresWhatDbtignoreNames() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- .dbtignore
                        *.tmp.sql
                        models/skip_*.sql
                        drafts/
                        !models/skip_not.sql
                        /models/only_here/x.sql
                        **/deep/*.py
                        //- models/a.tmp.sql
                        //- models/skip_a.sql
                        //- models/skip_not.sql
                        //- models/sub/skip_b.sql
                        //- models/sub/drafts/c.sql
                        //- models/only_here/x.sql
                        //- models/y/deep/z.py
                        //- models/y/deep/w.sql
                        """);
        assertThat(names(workspace.manifest())).containsExactly("skip_b", "skip_not", "w");
        ProjectManifest manifest = workspace.manifest();
        assertThat(manifest.kindOf(workspace.path("models/a.tmp.sql"))).isEqualTo(FileKind.OTHER);
        assertThat(manifest.withText(workspace.path("models/a.tmp.sql"), "select 1"))
                .isSameAs(manifest);
    }

    @Test
    void knowsWhatAFileIs() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        model-paths: [models, 'extra\\models']
                        //- models/keep.sql
                        """);
        ProjectManifest manifest = workspace.manifest();
        assertThat(
                        List.of(
                                        "models/a.py",
                                        "extra/models/x/a.sql",
                                        "models/__init__.py",
                                        "models/m.yaml",
                                        "models/readme.md",
                                        "seeds/x.csv",
                                        "models/x.csv",
                                        "snapshots/s.sql",
                                        "macros/m.sql",
                                        "target/models/a.sql",
                                        "models/target/a.sql",
                                        "dbt_packages/u/models/a.sql",
                                        "dbt_project.yml",
                                        ".dbtignore",
                                        "models/dbt_project.yml")
                                .stream()
                                .map(f -> manifest.kindOf(workspace.path(f))))
                .containsExactly(
                        FileKind.PYTHON_MODEL,
                        FileKind.SQL_MODEL,
                        FileKind.OTHER,
                        FileKind.PROPERTIES,
                        FileKind.DOCS,
                        FileKind.SEED,
                        FileKind.OTHER,
                        FileKind.SNAPSHOT,
                        FileKind.OTHER,
                        FileKind.OTHER,
                        FileKind.SQL_MODEL,
                        FileKind.OTHER,
                        FileKind.PROJECT,
                        FileKind.PROJECT,
                        FileKind.PROPERTIES);
        assertThat(manifest.kindOf(Path.of("/elsewhere/models/a.sql"))).isEqualTo(FileKind.OTHER);
    }

    @Test
    void readsOneFileAgain() throws IOException {
        Workspace workspace = Workspace.of("//- models/a.sql\nselect 1\n");
        ProjectManifest manifest = workspace.manifest();
        workspace.write("models/b.sql", "select * from {{ ref('a') }}");
        manifest = ProjectLoader.reading(manifest, workspace.path("models/b.sql")).apply(manifest);
        assertThat(manifest.readersOf("model.shop.a")).containsExactly("model.shop.b");
        Files.delete(workspace.path("models/a.sql"));
        manifest = ProjectLoader.reading(manifest, workspace.path("models/a.sql")).apply(manifest);
        assertThat(names(manifest)).containsExactly("b");
        assertThat(manifest.node("model.shop.b").orElseThrow().dependsOn()).isEmpty();
    }

    @Test
    void duplicatesAndCircles() {
        ProjectManifest manifest =
                Workspace.of(
                                """
                                //- models/a.sql
                                select * from {{ ref('c') }}
                                //- models/b.py
                                def model(dbt, session):
                                    return dbt.ref("a")
                                //- models/c.sql
                                select * from {{ ref('b') }}
                                //- models/self.sql
                                select * from {{ ref('self') }}
                                //- models/sub/a.py
                                def model(dbt, session):
                                    return dbt.ref("tail")
                                //- seeds/tail.csv
                                id
                                //- models/tail.sql
                                {{ config(enabled=false) }}
                                """)
                        .manifest();
        assertThat(manifest.duplicates())
                .singleElement()
                .satisfies(
                        group ->
                                assertThat(group)
                                        .extracting(
                                                n -> n.file().getFileName().toString(),
                                                Node::dependsOn)
                                        .containsExactly(
                                                org.assertj.core.groups.Tuple.tuple(
                                                        "a.sql", java.util.Set.of("model.shop.c")),
                                                org.assertj.core.groups.Tuple.tuple(
                                                        "a.py",
                                                        java.util.Set.of("seed.shop.tail"))));
        assertThat(manifest.cycleThrough("model.shop.a"))
                .containsExactly("model.shop.a", "model.shop.c", "model.shop.b");
        assertThat(manifest.cycleThrough("model.shop.self")).containsExactly("model.shop.self");
        assertThat(manifest.cycleThrough("seed.shop.tail")).isEmpty();
    }
}
