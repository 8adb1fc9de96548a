package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.FileText;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemActionsTest {
    private static final String SOURCE_MODEL =
            """
            //- models/m.py
            def model(dbt, session):
                return dbt.source("raw", "$0orders")
            """;

    /** The first problem at the fixture's cursor, or of its file. */
    private record At(Workspace workspace, ProjectManifest manifest, Path file, Problem problem) {
        static At of(String fixture) {
            Workspace workspace = Workspace.of(fixture);
            ProjectManifest manifest = workspace.manifest();
            Path file = workspace.cursor().file();
            Problem problem =
                    Checker.check(manifest, file).stream()
                            .min(
                                    Comparator.comparing(
                                            p -> !p.span().touches(workspace.cursor().offset())))
                            .orElseThrow();
            return new At(workspace, manifest, file, problem);
        }

        Optional<String> silenced() {
            String text = manifest.file(file).orElseThrow().text();
            return Silence.of(
                            manifest.file(file).orElseThrow(),
                            problem,
                            t -> Checker.check(manifest.withText(file, t), file))
                    .map(fix -> fix.applied(text));
        }

        Optional<FileChange> model() {
            return MissingModel.of(manifest, manifest.file(file).orElseThrow(), problem);
        }

        Optional<FileChange> source() {
            return MissingSource.of(
                    manifest,
                    manifest.file(file).orElseThrow(),
                    problem,
                    f -> FileText.read(f).text());
        }
    }

    private static String yamlAfter(String yaml) {
        At at = At.of("//- models/sources.yml\n" + yaml + SOURCE_MODEL);
        FileChange change = at.source().orElseThrow();
        assertThat(change.isNew()).isFalse();
        assertThat(change.file()).isEqualTo(at.workspace().path("models/sources.yml"));
        return new Fix("", change.edits()).applied(at.workspace().text("models/sources.yml"));
    }

    @Test
    void silencedBehindTheLine() {
        assertThat(
                        At.of(
                                        """
                                        //- models/m.py
                                        def model(dbt, session):
                                            return dbt.ref("$0nope")  # why
                                        """)
                                .silenced())
                .contains(
                        """
                        def model(dbt, session):
                            return dbt.ref("nope")  # why  # dvt: ignore[DVT120]
                        """);
    }

    @Test
    void silencedInAListThatIsThere() {
        assertThat(
                        At.of(
                                        """
                                        //- models/m.py
                                        def model(dbt, session):
                                            x = dbt.ref("$0nope"), dbt.source("a", "b")  # dvt: ignore[DVT121]
                                        """)
                                .silenced()
                                .orElseThrow())
                .contains("# dvt: ignore[DVT121, DVT120]");
    }

    @Test
    void silencedAboveWhereTheLineGoesOn() {
        assertThat(
                        At.of(
                                        """
                                        //- models/m.py
                                        def model(dbt, session):
                                            x = dbt.ref("$0nope") + \\
                                                1
                                            return x
                                        """)
                                .silenced()
                                .orElseThrow())
                .contains("    # dvt: ignore[DVT120]\n    x = dbt.ref");
    }

    @Test
    void silencedInSqlWithCrlf() {
        At at = At.of("//- models/m.sql\nselect *\r\nfrom {{ ref('$0nope') }}\r\nwhere 1\r\n");
        assertThat(at.silenced())
                .contains(
                        """
                        select *
                        from {{ ref('nope') }}  -- dvt: ignore[DVT120]
                        where 1
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void noCommentForASyntaxError() {
        assertThat(At.of("//- models/m.py\ndef model(dbt, session:$0\n").silenced()).isEmpty();
    }

    @Test
    void aModelThatIsMissing() {
        FileChange change =
                At.of(
                                """
                                //- models/marts/m.py
                                def model(dbt, session):
                                    return dbt.ref("$0brand_new")
                                """)
                        .model()
                        .orElseThrow();
        assertThat(change.isNew()).isTrue();
        assertThat(change.title()).isEqualTo("Create the model models/marts/brand_new.py");
        assertThat(change.edits().get(0).newText()).startsWith("def model(dbt, session):\n");
        assertThat(
                        At.of("//- models/m.sql\nselect * from {{ ref('$0brand_new') }}\n")
                                .model()
                                .map(FileChange::title))
                .contains("Create the model models/brand_new.sql");
    }

    @Test
    void aSeedThatIsMissing() {
        At at =
                At.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        seed-paths: [data/lists, more]
                        //- models/m.py
                        def model(dbt, session):
                            return dbt.ref("$0codes")
                        """);
        FileChange change =
                MissingModel.seed(at.manifest(), at.manifest().file(at.file()).get(), at.problem())
                        .orElseThrow();
        assertThat(change.title()).isEqualTo("Create the seed data/lists/codes.csv");
        assertThat(change.isNew()).isTrue();
        assertThat(change.edits().get(0).newText()).isEqualTo("id\n1\n");
    }

    @Test
    void noModelOfAPackageOrAVersionOrAStrangeName() {
        for (String ref : new String[] {"'pkg', '$0x'", "'$0a b'", "'$0../x'"}) {
            assertThat(
                            At.of(
                                            "//- models/m.py\ndef model(dbt, session):\n"
                                                    + "    return dbt.ref("
                                                    + ref
                                                    + ")\n")
                                    .model())
                    .as(ref)
                    .isEmpty();
        }
    }

    @Test
    void aTableMoreInBlockStyle() {
        assertThat(
                        yamlAfter(
                                """
                                sources:
                                - name: raw  # of the shop
                                  tables:
                                  - name: people  # all of them
                                    description: |
                                      two
                                      lines

                                # the end
                                models: []
                                """))
                .isEqualTo(
                        """
                        sources:
                        - name: raw  # of the shop
                          tables:
                          - name: people  # all of them
                            description: |
                              two
                              lines
                          - name: orders

                        # the end
                        models: []
                        """);
    }

    @Test
    void aTableMoreInFlowStyleAndNoTablesYet() {
        assertThat(yamlAfter("sources: [{name: raw, tables: [{name: 日本🎉}]}]\n"))
                .isEqualTo("sources: [{name: raw, tables: [{name: 日本🎉}, {name: orders}]}]\n");
        assertThat(
                        yamlAfter(
                                """
                                sources:
                                  - name: raw
                                    tables: []
                                  - {name: b, tables: [{name: c}]}
                                """))
                .contains("    tables: [{name: orders}]\n");
    }

    @Test
    void aSourceMoreInTheStyleOfTheFile() {
        assertThat(yamlAfter("sources:\r\n- name: crm\r\n  tables:\r\n  - name: people\r\n"))
                .isEqualTo(
                        """
                        sources:
                        - name: crm
                          tables:
                          - name: people
                        - name: raw
                          tables:
                          - name: orders
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void aFirstSourceInAFileOfItsOwn() {
        FileChange change =
                At.of(SOURCE_MODEL.replace("$0orders", "orders").replace("raw", "$0raw"))
                        .source()
                        .orElseThrow();
        assertThat(change.isNew()).isTrue();
        assertThat(change.title())
                .isEqualTo("Create models/_sources.yml with the source table raw.orders");
        assertThat(change.edits().get(0).newText()).endsWith("      - name: orders\n");
    }
}
