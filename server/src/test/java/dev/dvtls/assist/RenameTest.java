package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.assist.Rename.Changes;
import dev.dvtls.assist.Rename.Edit;
import dev.dvtls.assist.Rename.Outcome;
import dev.dvtls.check.Checker;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Occurrence.Named;
import dev.dvtls.manifest.Occurrence.OfNode;
import dev.dvtls.manifest.Occurrence.OfSource;
import dev.dvtls.project.FileText;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenameTest {
    private static final String PROJECT =
            """
            //- models/orders.py
            def model(dbt, session):
                old = session.sql("select * from __model__orders") # orders
                return dbt.source("ops", "orders").df()
            //- models/orders_2.py
            def model(dbt, session):
                return dbt.ref('orders'), dbt.ref("shop", "orders"), "orders"
            //- models/last.sql
            select 'orders' from {{ ref('orders') }}, {{ source('ops', 'orders') }}
            //- models/all.yml
            models:
              - name: orders
              - name: orders_2
            sources:
              - name: ops
                tables:
                  - name: orders # from the till
                  - {name: customers}
            exposures:
              - depends_on:
                  - ref('orders')
                  - source('ops', 'orders')
            """;

    private static Rename rename(Workspace workspace) {
        return new Rename(
                workspace.manifest(), file -> FileText.read(file).text(), () -> List.of());
    }

    private static Outcome to(Workspace workspace, String newName) {
        Workspace.Cursor cursor = workspace.cursor();
        return rename(workspace)
                .to(cursor.file(), cursor.offset(), newName, Files::exists)
                .orElseThrow();
    }

    /** Does what a rename says, on disk. */
    private static void apply(Workspace workspace, Outcome outcome) throws IOException {
        List<Edit> edits = ((Changes) outcome).edits();
        for (int i = edits.size() - 1; i >= 0; i--) {
            Edit edit = edits.get(i);
            String file = workspace.root().relativize(edit.file()).toString();
            String text = workspace.text(file);
            assertThat(edit.span().of(text)).isEqualToIgnoringCase(edit.before());
            workspace.write(
                    file,
                    text.substring(0, edit.span().start())
                            + edit.after()
                            + text.substring(edit.span().end()));
        }
        for (Rename.Move move : ((Changes) outcome).moves()) {
            Files.move(move.from(), move.to());
        }
    }

    private static String refusal(Workspace workspace, String newName) {
        assertThat(to(workspace, newName)).isInstanceOf(Rename.Refused.class);
        return ((Rename.Refused) to(workspace, newName)).why();
    }

    @Test
    void aModelEverywhere() throws IOException {
        Workspace workspace =
                Workspace.of(PROJECT.replace("(\"shop\", \"orders\")", "(\"shop\", \"or$0ders\")"));
        apply(workspace, to(workspace, "sales"));
        assertThat(workspace.text("models/sales.py"))
                .isEqualTo(
                        """
                        def model(dbt, session):
                            old = session.sql("select * from __model__sales") # orders
                            return dbt.source("ops", "orders").df()
                        """);
        assertThat(workspace.text("models/orders_2.py"))
                .contains("dbt.ref('sales'), dbt.ref(\"shop\", \"sales\"), \"orders\"");
        assertThat(workspace.text("models/last.sql"))
                .isEqualTo(
                        "select 'orders' from {{ ref('sales') }}, {{ source('ops', 'orders') }}\n");
        assertThat(workspace.text("models/all.yml"))
                .contains(
                        "- name: sales\n  - name: orders_2\n",
                        "      - ref('sales')\n      - source('ops', 'orders')\n",
                        "- name: orders # from the till\n      - {name: customers}");
        assertThat(Files.exists(workspace.path("models/orders.py"))).isFalse();
    }

    @Test
    void aTableKeepsReadingWhatItRead() throws IOException {
        Workspace workspace =
                Workspace.of(PROJECT.replace("(\"ops\", \"orders\")", "(\"ops\", \"or$0ders\")"));
        apply(workspace, to(workspace, "sales"));
        assertThat(workspace.text("models/orders.py")).contains("dbt.source(\"ops\", \"sales\")");
        assertThat(workspace.text("models/last.sql"))
                .contains("ref('orders')", "source('ops', 'sales')");
        assertThat(workspace.text("models/all.yml"))
                .contains(
                        "      - name: sales # from the till\n        identifier: orders\n",
                        "      - ref('orders')\n      - source('ops', 'sales')\n");
    }

    @Test
    void aSourceKeepsReadingWhereItRead() throws IOException {
        Workspace workspace =
                Workspace.of(PROJECT.replace("(\"ops\", \"orders\")", "(\"op$0s\", \"orders\")"));
        apply(workspace, to(workspace, "till"));
        assertThat(workspace.text("models/all.yml"))
                .contains(
                        "  - name: till\n    schema: ops\n    tables:",
                        "      - source('till', 'orders')\n");
        assertThat(workspace.text("models/last.sql")).contains("source('till', 'orders')");
    }

    @Test
    void flowYamlAndCrlf() throws IOException {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.sql
                        {{ source('s', 't$0') }}
                        //- models/s.yml
                        sources: [{name: "s", tables: [{name: 't'}]}]
                        """);
        apply(workspace, to(workspace, "u"));
        assertThat(workspace.text("models/s.yml"))
                .isEqualTo("sources: [{name: \"s\", tables: [{name: 'u', identifier: t}]}]\n");
        workspace =
                Workspace.of(
                        ("//- models/a.sql\n-- 😀\r\n{{ source('s$0', 't') }}\r\n//- models/s.yml\n"
                                + "# 😀\r\nsources:\r\n- name: s\r\n  tables:\r\n  - name: t"));
        apply(workspace, to(workspace, "v"));
        assertThat(workspace.text("models/s.yml"))
                .isEqualTo(
                        "# 😀\r\nsources:\r\n- name: v\r\n  schema: s\r\n  tables:\r\n  - name: t");
        assertThat(workspace.text("models/a.sql")).isEqualTo("-- 😀\r\n{{ source('v', 't') }}\r\n");
    }

    @Test
    void aSnapshotOfYamlAlone() throws IOException {
        Workspace workspace =
                Workspace.of(
                        """
                        //- snapshots/past.yml
                        snapshots:
                          - name: past
                            relation: ref('a')
                        //- models/a.sql
                        select 1 as id
                        //- models/b.py
                        def model(dbt, session):
                            return dbt.ref("pa$0st"), session.sql("from __model__past")
                        """);
        Outcome outcome = to(workspace, "before");
        assertThat(((Changes) outcome).moves()).isEmpty();
        apply(workspace, outcome);
        assertThat(workspace.text("snapshots/past.yml")).contains("- name: before\n");
        assertThat(workspace.text("models/b.py"))
                .contains("dbt.ref(\"before\"), session.sql(\"from __model__before\")");
    }

    @Test
    void versionsAndConfigOfTheProject() throws IOException {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        models:
                          shop:
                            marts:
                              a: {+tags: [x]}
                            a: {+tags: [other]}
                        //- models/marts/a_v1.sql
                        select 1
                        //- models/marts/a_v2.sql
                        select 1
                        //- models/marts/own.sql
                        select 1
                        //- models/v.yml
                        models:
                          - name: a$0
                            versions: [{v: 1}, {v: 2}, {v: 3, defined_in: own}]
                        //- models/b.sql
                        {{ ref('a') }} {{ ref('a', v=1) }}
                        """);
        apply(workspace, to(workspace, "c"));
        assertThat(workspace.text("dbt_project.yml"))
                .contains("      c: {+tags: [x]}\n    a: {+tags: [other]}");
        assertThat(workspace.text("models/b.sql")).contains("{{ ref('c') }} {{ ref('c', v=1) }}");
        assertThat(workspace.path("models/marts/c_v1.sql")).exists();
        assertThat(workspace.path("models/marts/c_v2.sql")).exists();
        assertThat(workspace.path("models/marts/own.sql")).exists();
        assertThat(workspace.manifest().node("model.shop.c.v3")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "my model  | 'my model' cannot be a name: use letters, digits and underscores, no"
                        + " digit first.",
                "2nd       | '2nd' cannot be a name",
                "orders_2  | There is a model 'orders_2' already, in models/orders_2.py.",
                "Orders_2  | There is a model 'orders_2' already",
                "con       | 'con' is reserved (Windows has no such files)",
                "__init__  | '__init__' is reserved",
                "yes       | 'yes' is reserved (a word of YAML)",
                "__model__ | is reserved (the prefix of models in SQL)",
                "gone      | There is a file models/gone.py already",
            })
    void newNamesThatCannotBe(String newName, String why) {
        Workspace workspace =
                Workspace.of(
                        PROJECT.replace("(\"shop\", \"orders\")", "(\"shop\", \"or$0ders\")")
                                + "//- .dbtignore\nmodels/gone.py\n//- models/gone.py\n# old\n");
        assertThat(refusal(workspace, newName)).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dbt.ref('or' 'ders')                   | models/x.py, line 2 puts the name"
                        + " 'orders'",
                "dbt.ref('or' + x)                      | models/x.py, line 2 puts the name"
                        + " 'orders'",
                "session.sql('from __model__or' 'ders') | models/x.py, line 2 puts the name"
                        + " 'orders'",
            })
    void namesPutTogetherAreRefused(String code, String why) {
        Workspace workspace =
                Workspace.of(
                        PROJECT.replace("(\"shop\", \"orders\")", "(\"shop\", \"or$0ders\")")
                                + "//- models/x.py\nx = 'ders'\ndef model(dbt, s): "
                                + code.replace("session", "s")
                                + "\n");
        assertThat(refusal(workspace, "sales")).startsWith(why);
        Workspace.Cursor cursor = workspace.cursor();
        assertThat(rename(workspace).prepare(cursor.file(), cursor.offset()))
                .hasValueSatisfying(p -> assertThat(p.refusal()).isPresent());
    }

    @Test
    void aTextThatNamesTwoNodesIsRefusedAndOneThatNamesOneIsRenamed() throws IOException {
        String loop =
                """
                //- models/loop.py
                def model(dbt, session):
                    for n in ["orders", "orders_2"]:
                        dbt.ref(n), dbt.source("ops", n)
                """;
        String cursor = PROJECT.replace("(\"shop\", \"orders\")", "(\"shop\", \"or$0ders\")");
        assertThat(refusal(Workspace.of(cursor + loop), "sales"))
                .startsWith("models/loop.py, line 2 gives the name 'orders' to another node too");
        Workspace workspace = Workspace.of(cursor + loop.replace(", dbt.source(\"ops\", n)", ""));
        apply(workspace, to(workspace, "sales"));
        assertThat(workspace.text("models/loop.py")).contains("[\"sales\", \"orders_2\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dbt_packages/lib/models/p.sql | select 1 | q.sql | The model 'p' belongs to the"
                        + " package 'lib'",
                "dbt_packages/lib/models/q.sql | {{ ref('p') }} | p.sql | The package 'lib' names"
                        + " 'p' too (dbt_packages/lib/models/q.sql, line 1)",
                "models/sub/p.py | x = 1 | p.sql | There are two nodes named 'p'",
                "models/x.yml | models: [ | p.sql | models/x.yml is not valid YAML",
            })
    void whatCannotBeRenamed(String file, String text, String model, String why) {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_packages/lib/dbt_project.yml
                        name: lib
                        //- models/%s
                        select 1
                        //- %s
                        %s
                        //- models/b.sql
                        {{ ref('p$0') }}
                        """
                                .formatted(model, file, text));
        assertThat(refusal(workspace, "new")).startsWith(why);
    }

    @Test
    void whereNoNameStands() {
        Workspace nothing = Workspace.of("//- models/b.sql\nsel$0ect 1\n");
        assertThat(rename(nothing).prepare(nothing.cursor().file(), nothing.cursor().offset()))
                .isEmpty();
    }

    @Test
    void aFileThatTheUserRenames() throws IOException {
        Workspace workspace = Workspace.of(PROJECT);
        Path from = workspace.path("models/orders.py");
        Rename rename = rename(workspace);
        assertThat(rename.ofFile(from, workspace.path("models/marts/orders.py")))
                .isEqualTo(Changes.NONE);
        assertThat(rename.ofFile(from, workspace.path("models/orders.sql")))
                .isEqualTo(Changes.NONE);
        assertThat(rename.ofFile(from, workspace.path("models/sales.txt"))).isEqualTo(Changes.NONE);
        assertThat(rename.ofFile(workspace.path("models/all.yml"), workspace.path("models/z.yml")))
                .isEqualTo(Changes.NONE);
        Outcome outcome = rename.ofFile(from, workspace.path("models/marts/sales.py"));
        assertThat(((Changes) outcome).moves()).isEmpty();
        assertThat(((Changes) outcome).edits()).hasSize(6);
        apply(workspace, outcome);
        assertThat(workspace.text("models/last.sql")).contains("ref('sales')");
    }

    /** Every model, seed, source and table of the demo project, one after the other. */
    @Test
    void theShopStaysRight() throws IOException {
        Path shop = Path.of("../test-workspaces/shop");
        Workspace workspace = Workspace.of("//- models/.keep\n");
        try (var files = Files.walk(shop)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = shop.relativize(file).toString();
                if (relative.matches(".*\\.(py|sql|yml|csv)") && !relative.startsWith(".")) {
                    workspace.write(relative, Files.readString(file));
                }
            }
        }
        List<String> before = nodeNames(workspace);
        assertThat(errors(workspace)).isEmpty();
        for (Node node : workspace.manifest().nodes()) {
            Outcome outcome = renamed(workspace, new OfNode(node.uniqueId()), node.name() + "_x");
            apply(workspace, outcome);
            assertThat(errors(workspace)).as(node.uniqueId()).isEmpty();
        }
        apply(workspace, renamed(workspace, new OfSource("shop", "operations"), "till"));
        assertThat(errors(workspace)).isEmpty();
        assertThat(nodeNames(workspace))
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(name -> name + "_x").toList());
    }

    private static Outcome renamed(Workspace workspace, Named named, String newName) {
        Optional<Occurrence> place =
                workspace.manifest().occurrences(named).stream()
                        .filter(o -> o.span().length() > 0)
                        .findFirst();
        if (place.isEmpty()) {
            // Nobody names it, its file alone does.
            Path file = workspace.manifest().occurrences(named).get(0).file();
            String ending = file.toString().substring(file.toString().lastIndexOf('.'));
            Path to = file.resolveSibling(newName + ending);
            Changes changes = (Changes) rename(workspace).ofFile(file, to);
            return new Changes(changes.edits(), List.of(new Rename.Move(file, to)));
        }
        return rename(workspace)
                .to(place.get().file(), place.get().span().start(), newName, Files::exists)
                .orElseThrow();
    }

    private static List<String> nodeNames(Workspace workspace) {
        return workspace.manifest().nodes().stream().map(Node::name).toList();
    }

    private static List<String> errors(Workspace workspace) {
        return Checker.checkAll(workspace.manifest(), file -> Optional.of("")).stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .map(p -> p.file() + ": " + p.message())
                .toList();
    }
}
