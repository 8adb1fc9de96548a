package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Manifest.Disabled;
import dev.dvtls.manifest.Manifest.Found;
import dev.dvtls.manifest.Manifest.NotFound;
import dev.dvtls.manifest.Manifest.NotOurs;
import dev.dvtls.manifest.Manifest.Resolution;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.testing.Workspace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectManifestTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- dbt_project.yml
                    name: shop
                    profile: shop
                    models:
                      +tags: every
                      shop:
                        staging:
                          +materialized: view
                          +schema: stg
                          +tags: [staged]
                          off:
                            +enabled: false
                        dims:
                          materialized: table
                    seeds:
                      shop:
                        +schema: seeds
                    //- models/staging/stg_orders.sql
                    {{ config(tags=['own'], alias="the_orders") }}
                    select * from {{ source('raw', 'orders') }} -- {{ ref('nowhere') }}
                    //- models/staging/from_api.py
                    def model(dbt, session):
                        dbt.config(tags="api")
                        return session.sql("select * from raw__orders join __model__countries using (id)")
                    //- models/staging/off/unused.sql
                    select 1
                    //- models/dims/customers.py
                    def model(dbt, session):
                        dbt.config(materialized="incremental", unique_key="id")
                        old = session.sql("select * from __model__customers")
                        return dbt.ref("stg_orders").df()
                    //- models/dims/__init__.py
                    //- models/report.sql
                    select * from {{ ref('customers') }} join {{ ref("shop", 'countries') }}
                    //- models/schema.yml
                    models:
                      - name: customers
                        description: All of them
                        config: {materialized: view, tags: prop, meta: {owner: "{{ var('x') }}"}}
                        columns:
                          - name: id
                            data_type: bigint
                    sources:
                      - name: raw
                        database: ops
                        schema: public
                        connection: mysql_ops
                        tags: [src]
                        tables:
                          - name: orders
                            identifier: ORDERS_V2
                          - name: gone
                            config: {enabled: false}
                      - name: empty
                    seeds:
                      - name: countries
                        description: Codes
                    //- seeds/geo/countries.csv
                    id,name
                    """);

    private final ProjectManifest manifest = SHOP.manifest();

    private Node node(String id) {
        return manifest.node(id).orElseThrow();
    }

    private String found(Reference.Target target) {
        Resolution resolution = manifest.resolve(target);
        return resolution instanceof Found found ? found.node().uniqueId() : resolution.toString();
    }

    @Test
    void hasTheNodesOfAProject() {
        assertThat(manifest.nodes())
                .extracting(Node::uniqueId)
                .containsExactly(
                        "model.shop.customers",
                        "model.shop.from_api",
                        "model.shop.report",
                        "model.shop.stg_orders",
                        "seed.shop.countries",
                        "source.shop.raw.orders");
        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.files()).hasSize(5);
    }

    @Test
    void linksWhatFilesRead() {
        assertThat(node("model.shop.report").dependsOn())
                .containsExactly("model.shop.customers", "seed.shop.countries");
        assertThat(node("model.shop.stg_orders").dependsOn())
                .containsExactly("source.shop.raw.orders");
        assertThat(node("model.shop.customers").dependsOn())
                .containsExactly("model.shop.stg_orders");
        assertThat(node("model.shop.from_api").dependsOn())
                .containsExactly("seed.shop.countries", "source.shop.raw.orders");
        assertThat(manifest.readersOf("seed.shop.countries"))
                .containsExactly("model.shop.from_api", "model.shop.report");
        assertThat(manifest.readersOf("model.shop.report")).isEmpty();
    }

    @Test
    void mergesConfigFromTreeToFile() {
        Node orders = node("model.shop.stg_orders");
        assertThat(orders.tags()).containsExactly("every", "staged", "own");
        assertThat(orders.materialized()).isEqualTo("view");
        assertThat(orders.relation().customSchema()).contains("stg");
        assertThat(orders.relation().identifier()).isEqualTo("the_orders");
        assertThat(orders.schemaOn("main")).isEqualTo("main_stg");

        Node customers = node("model.shop.customers");
        assertThat(customers.materialized()).isEqualTo("incremental");
        assertThat(customers.config()).containsEntry("unique_key", "id");
        assertThat(customers.tags()).containsExactly("every", "prop");
        assertThat(customers.description()).isEqualTo("All of them");
        assertThat(customers.columns())
                .containsExactly(new Node.Column("id", Optional.of("bigint"), ""));
        assertThat(customers.schemaOn("main")).isEqualTo("main");

        assertThat(node("seed.shop.countries").schemaOn("main")).isEqualTo("main_seeds");
    }

    /** A folder's view is meant for its SQL models; a Python model becomes a table all the same. */
    @Test
    void pythonModelsDefaultToTable() {
        assertThat(node("model.shop.from_api").materialized()).isEqualTo("table");
        assertThat(node("model.shop.report").materialized()).isEqualTo("view");
    }

    @Test
    void sourcesLiveWhereTheyAreSaidToLive() {
        Node orders = node("source.shop.raw.orders");
        assertThat(orders.relation())
                .isEqualTo(
                        new Node.RelationName(
                                Optional.of("ops"),
                                Optional.of("public"),
                                "ORDERS_V2",
                                Optional.of("mysql_ops")));
        assertThat(orders.schemaOn("main")).isEqualTo("public");
        assertThat(orders.tags()).containsExactly("src");
        assertThat(SHOP.text("models/schema.yml").substring(orders.place())).startsWith("orders\n");
    }

    @Test
    void resolvesAsDbtDoes() {
        assertThat(found(ModelTarget.of("countries"))).isEqualTo("seed.shop.countries");
        assertThat(found(new ModelTarget(Optional.of("shop"), "report", Optional.empty())))
                .isEqualTo("model.shop.report");
        assertThat(found(new SourceTarget("raw", "orders"))).isEqualTo("source.shop.raw.orders");
        assertThat(found(new SessionTable("RAW__Orders"))).isEqualTo("source.shop.raw.orders");
        assertThat(manifest.resolve(ModelTarget.of("unused"))).isEqualTo(new Disabled("unused"));
        assertThat(manifest.resolve(new SourceTarget("raw", "gone")))
                .isEqualTo(new Disabled("gone"));
        assertThat(manifest.resolve(new SourceTarget("raw", "nope"))).isEqualTo(new NotFound(true));
        assertThat(manifest.resolve(new SourceTarget("empty", "x"))).isEqualTo(new NotFound(true));
        assertThat(manifest.resolve(new SourceTarget("row", "orders")))
                .isEqualTo(new NotFound(false));
        assertThat(manifest.resolve(ModelTarget.of("Report"))).isEqualTo(new NotFound(false));
        assertThat(
                        manifest.resolve(
                                new ModelTarget(Optional.of("other"), "report", Optional.empty())))
                .isEqualTo(new NotFound(false));
        assertThat(manifest.resolve(new SessionTable("my__table"))).isEqualTo(new NotOurs());
    }

    @Test
    void offersNearNames() {
        assertThat(manifest.nearest(ModelTarget.of("stg_order"))).containsExactly("stg_orders");
        assertThat(manifest.nearest(ModelTarget.of("Reprot"))).containsExactly("report");
        assertThat(manifest.nearest(ModelTarget.of("orders"))).containsExactly("stg_orders");
        assertThat(manifest.nearest(ModelTarget.of("unused"))).isEmpty();
        assertThat(manifest.nearest(new SourceTarget("raw", "order"))).containsExactly("orders");
        assertThat(manifest.nearest(new SourceTarget("rwa", "orders"))).containsExactly("raw");
    }

    @Test
    void knowsFilesAndTheirNodes() {
        assertThat(manifest.nodeOf(SHOP.path("models/report.sql")).map(Node::name))
                .contains("report");
        assertThat(manifest.nodeOf(SHOP.path("models/dims/__init__.py"))).isEmpty();
        assertThat(manifest.nodeOf(SHOP.path("models/staging/off/unused.sql"))).isEmpty();
        assertThat(manifest.nodeOf(SHOP.path("models/schema.yml"))).isEmpty();
        assertThat(manifest.file(SHOP.path("models/report.sql"))).isPresent();
        assertThat(manifest.fqn(node("seed.shop.countries")))
                .isEqualTo(List.of("shop", "geo", "countries"));
        assertThat(manifest.fqn(node("model.shop.customers")))
                .isEqualTo(List.of("shop", "dims", "customers"));
    }
}
