package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.FileText;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Entries in properties files, and a unique key, out of what is known of columns. */
class DocumentedModelTest {
    private static final String MODEL =
            """
            //- models/shop/orders.py
            def model(dbt, session):
                dbt.config($0materialized='incremental', tags=["x"])
                return session.sql("select 1")
            """;
    private static final List<Node.Column> COLUMNS =
            List.of(
                    column("customer_id", "BIGINT"),
                    column("a: b", "STRUCT(\"x\" INTEGER)"),
                    column("no", "DECIMAL(18,2)"));

    private static Node.Column column(String name, String type) {
        return new Node.Column(name, Optional.of(type), "");
    }

    /** Of the model itself. */
    private static KnownColumns known(List<Node.Column> columns) {
        return (manifest, node) ->
                new KnownColumns.Known(node.name().equals("orders") ? columns : List.of(), true);
    }

    private static Optional<FileChange> change(Workspace workspace, List<Node.Column> columns) {
        ProjectManifest manifest = workspace.manifest();
        return DocumentedModel.of(
                manifest,
                known(columns),
                manifest.file(workspace.path("models/shop/orders.py")).orElseThrow(),
                file -> FileText.read(file).text());
    }

    private static String after(String title, String yaml, List<Node.Column> columns) {
        Workspace workspace = Workspace.of("//- models/shop/p.yml\n" + yaml + MODEL);
        FileChange change = change(workspace, columns).orElseThrow();
        assertThat(change.title()).isEqualTo(title + "models/shop/p.yml");
        assertThat(change.isNew()).isFalse();
        return new Fix("", change.edits()).applied(workspace.text("models/shop/p.yml"));
    }

    @Test
    void aFileOfItsOwnWhereTheFolderHasNone() {
        Workspace workspace = Workspace.of("//- models/p.yml\nmodels: []\n" + MODEL);
        FileChange change = change(workspace, COLUMNS).orElseThrow();
        assertThat(change.title())
                .isEqualTo(
                        "Create models/shop/_models.yml with the model orders and its 3 columns");
        assertThat(change.isNew()).isTrue();
        assertThat(change.edits().get(0).newText())
                .isEqualTo(
                        """
                        version: 2

                        models:
                          - name: orders
                            description: ""
                            columns:
                              - name: customer_id
                                data_type: BIGINT
                              - name: "a: b"
                                data_type: "STRUCT(\\"x\\" INTEGER)"
                              - name: "no"
                                data_type: DECIMAL(18,2)
                        """);
    }

    @Test
    void anEntryMoreAsTheOthersAreWritten() {
        assertThat(
                        after(
                                "Add the model orders and its 1 column to ",
                                """
                                # of the shop
                                models:
                                - name: b  # first
                                  columns:
                                  - name: x
                                    description: |
                                      two
                                      lines

                                # the end
                                sources: []
                                """,
                                COLUMNS.subList(0, 1)))
                .isEqualTo(
                        """
                        # of the shop
                        models:
                        - name: b  # first
                          columns:
                          - name: x
                            description: |
                              two
                              lines
                        - name: orders
                          description: ""
                          columns:
                          - name: customer_id
                            data_type: BIGINT

                        # the end
                        sources: []
                        """);
    }

    @Test
    void aSectionMoreAndNoColumnsYet() {
        assertThat(
                        after(
                                "Add the model orders to ",
                                "version: 2\r\nsources: [{name: 日本🎉, tables: []}]  # all\r\n",
                                List.of()))
                .isEqualTo(
                        """
                        version: 2
                        sources: [{name: 日本🎉, tables: []}]  # all

                        models:
                          - name: orders
                            description: ""
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void inFlowStyle() {
        assertThat(
                        after(
                                "Add the model orders and its 3 columns to ",
                                "models: [{name: b}]\n",
                                COLUMNS))
                .isEqualTo(
                        """
                        models: [{name: b}, {name: orders, description: "", columns: [\
                        {name: customer_id, data_type: BIGINT}, \
                        {name: "a: b", data_type: "STRUCT(\\"x\\" INTEGER)"}, \
                        {name: "no", data_type: "DECIMAL(18,2)"}]}]
                        """);
    }

    @Test
    void theColumnsThatAnEntryLacks() {
        assertThat(
                        after(
                                "Add 2 missing columns of the model orders to ",
                                """
                                models:
                                  - name: orders
                                    columns:
                                      -   name: Customer_ID
                                          data_tests: [unique]
                                    meta: {a: 1}
                                """,
                                COLUMNS))
                .isEqualTo(
                        """
                        models:
                          - name: orders
                            columns:
                              -   name: Customer_ID
                                  data_tests: [unique]
                              -   name: "a: b"
                                  data_type: "STRUCT(\\"x\\" INTEGER)"
                              -   name: "no"
                                  data_type: DECIMAL(18,2)
                            meta: {a: 1}
                        """);
        assertThat(
                        after(
                                "Add 1 missing column of the model orders to ",
                                "models:\n- name: orders # mine\n",
                                COLUMNS.subList(0, 1)))
                .isEqualTo(
                        """
                        models:
                        - name: orders # mine
                          columns:
                            - name: customer_id
                              data_type: BIGINT
                        """);
    }

    @Test
    void notWhereAllIsThereOrTheFileCannotBeRead() {
        assertThat(
                        change(
                                Workspace.of(
                                        "//- models/q.yml\nmodels: [{name: orders, columns:"
                                                + " [{name: CUSTOMER_ID}]}]\n"
                                                + MODEL),
                                COLUMNS.subList(0, 1)))
                .as("complete")
                .isEmpty();
        assertThat(
                        change(
                                Workspace.of("//- models/shop/_models.yml\nmodels: [\n" + MODEL),
                                COLUMNS))
                .as("not valid")
                .isEmpty();
        assertThat(change(Workspace.of("//- models/shop/_models.yml\nmodels:\n" + MODEL), COLUMNS))
                .as("of a shape of its own")
                .isEmpty();
    }

    private static Optional<String> keyed(String fixture, List<Node.Column> columns) {
        Workspace workspace = Workspace.of(fixture);
        ProjectManifest manifest = workspace.manifest();
        int at = workspace.cursor().offset();
        return UniqueKey.of(
                        manifest,
                        known(columns),
                        manifest.file(workspace.cursor().file()).orElseThrow(),
                        new Span(at, at))
                .map(fix -> fix.applied(manifest.file(workspace.cursor().file()).get().text()));
    }

    @Test
    void aUniqueKeyBesideTheMaterialization() {
        assertThat(keyed(MODEL, COLUMNS).orElseThrow())
                .contains("materialized='incremental', unique_key='customer_id', tags");
        assertThat(keyed(MODEL, List.of(column("x_id", ""), column("ORDER_ID", ""))).orElseThrow())
                .contains("unique_key='ORDER_ID'");
        assertThat(keyed(MODEL, List.of()).orElseThrow()).contains("unique_key='id'");
        assertThat(
                        keyed(
                                        """
                                        //- models/orders.sql
                                        {{ config(materialized = "incremental$0") }}
                                        select * from {{ ref('orders_raw') }}
                                        """,
                                        List.of())
                                .orElseThrow())
                .startsWith("{{ config(materialized = \"incremental\", unique_key=\"id\") }}");
    }

    @Test
    void noUniqueKeyWhereThereIsOneOrNoPlaceForIt() {
        for (String config :
                new String[] {
                    "$0materialized='table'",
                    "materialized='incremental', $0unique_key='a'",
                    "**{'$0materialized': 'incremental'}",
                    "materialized=$0KIND",
                    "$0tags=['a'], materialized='incremental'",
                }) {
            assertThat(
                            keyed(
                                    "//- models/orders.py\nKIND = 'incremental'\n\n\ndef"
                                            + " model(dbt, session):\n    dbt.config("
                                            + config
                                            + ")\n    return dbt.ref('a')\n",
                                    COLUMNS))
                    .as(config)
                    .isEmpty();
        }
        assertThat(
                        keyed(
                                "//- models/p.yml\nmodels: [{name: orders, config: {unique_key:"
                                        + " a}}]\n"
                                        + MODEL,
                                COLUMNS))
                .as("in the properties")
                .isEmpty();
    }
}
