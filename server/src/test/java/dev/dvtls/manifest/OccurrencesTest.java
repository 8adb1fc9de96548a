package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Occurrence.Named;
import dev.dvtls.manifest.Occurrence.OfNode;
import dev.dvtls.manifest.Occurrence.OfSource;
import dev.dvtls.manifest.Occurrence.Role;
import dev.dvtls.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccurrencesTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- models/orders.py
                    def model(dbt, session):
                        # orders, dbt.ref("orders")
                        old = session.sql("select * from __model__orders -- __model__orders")
                        return dbt.source("ops", "orders").df()
                    //- models/orders_2.py
                    def model(dbt, session):
                        note = "orders"; other = "ops__orders"
                        return dbt.ref('orders'), dbt.ref("shop", "orders"), note
                    //- models/loop.py
                    NAMES = ["orders", "orders_2"]
                    def model(dbt, session):
                        session.table("main.__model__orders")
                        session.sql(f'''select "orders" from "__model__orders" o, OPS__orders''')
                        session.sql("select __model__orders.id, ops__orders.* from __model__orders, ops__orders")
                        return [dbt.ref(n) for n in NAMES]
                    //- models/parts.py
                    def model(dbt, session):
                        orders = "or" + "ders"
                        dbt.ref("ord" "ers"), dbt.ref(orders), dbt.ref("\\x6frders")
                        return session.sql("from __model__{}".format(orders))
                    //- models/report.sql
                    {# {{ ref('orders') }} #}
                    {% set names = ['orders', 'orders_2'] %}
                    {% for n in names %} select * from {{ ref(n) }} {% endfor %}
                    select 'orders' from {{ source("ops", 'orders') }}, {{ ref( "orders" ) }}
                    //- models/all.yml
                    models:
                      - name: "orders"
                        description: orders, as ref('orders') gives them, {{ ref('orders') }}
                        columns:
                          - name: orders
                            tests:
                              - relationships: {to: ref('orders'), field: id}
                              - relationships: {to: "source('ops', 'orders')", field: id}
                      - name: orders_2
                    sources:
                      - name: ops
                        tables:
                          - name: orders
                          - {name: customers}
                    unit_tests:
                      - name: orders
                        model: orders
                        given:
                          - input: 'ref(''orders'')'
                          - input: source('ops', 'orders')
                    exposures:
                      - name: orders
                        depends_on:
                          - ref('orders')
                          - source('ops', 'nowhere')
                    //- seeds/codes.csv
                    orders
                    //- snapshots/kept.sql
                    {% snapshot kept %} select * from {{ ref('orders') }} {% endsnapshot %}
                    {{ ref('kept') }}
                    """);

    /** The lines with the name, it in «» where it can be replaced and in ‹› where not. */
    private static List<String> places(Workspace workspace, Named named) {
        List<String> lines = new ArrayList<>();
        for (Occurrence place : workspace.manifest().occurrences(named)) {
            String file = workspace.root().relativize(place.file()).toString();
            String text = workspace.text(file);
            String marked =
                    text.substring(0, place.span().start())
                            + (place.exact() ? "«" : "‹")
                            + place.span().of(text)
                            + (place.exact() ? "»" : "›")
                            + text.substring(place.span().end());
            int start = text.lastIndexOf('\n', place.span().start() - 1) + 1;
            lines.add(file + ":" + marked.substring(start).split("\n", 2)[0].strip());
        }
        return lines;
    }

    @Test
    void ofAModel() {
        assertThat(places(SHOP, new OfNode("model.shop.orders")))
                .containsExactly(
                        "models/all.yml:- name: \"«orders»\"",
                        "models/all.yml:description: orders, as ref('orders') gives them, {{"
                                + " ref('«orders»') }}",
                        "models/all.yml:- relationships: {to: ref('«orders»'), field: id}",
                        "models/all.yml:model: «orders»",
                        "models/all.yml:- input: 'ref(''«orders»'')'",
                        "models/all.yml:- ref('«orders»')",
                        "models/loop.py:NAMES = [\"«orders»\", \"orders_2\"]",
                        "models/loop.py:session.table(\"main.__model__«orders»\")",
                        "models/loop.py:session.sql(f'''select \"orders\" from"
                                + " \"__model__«orders»\" o, OPS__orders''')",
                        "models/loop.py:session.sql(\"select __model__«orders».id, ops__orders.*"
                                + " from __model__orders, ops__orders\")",
                        "models/loop.py:session.sql(\"select __model__orders.id, ops__orders.*"
                                + " from __model__«orders», ops__orders\")",
                        "models/orders.py:def ‹model›(dbt, session):",
                        "models/orders.py:old = session.sql(\"select * from __model__«orders»"
                                + " -- __model__orders\")",
                        "models/orders_2.py:return dbt.ref('«orders»'), dbt.ref(\"shop\","
                                + " \"orders\"), note",
                        "models/orders_2.py:return dbt.ref('orders'), dbt.ref(\"shop\","
                                + " \"«orders»\"), note",
                        "models/parts.py:dbt.ref(‹\"ord\" \"ers\"›), dbt.ref(orders),"
                                + " dbt.ref(\"\\x6frders\")",
                        "models/parts.py:dbt.ref(\"ord\" \"ers\"), dbt.ref(‹orders›),"
                                + " dbt.ref(\"\\x6frders\")",
                        "models/parts.py:dbt.ref(\"ord\" \"ers\"), dbt.ref(orders),"
                                + " dbt.ref(‹\"\\x6frders\"›)",
                        "models/parts.py:return session.sql(\"from"
                                + " __model__{}\".format(‹orders›))",
                        "models/report.sql:{% set names = ['«orders»', 'orders_2'] %}",
                        "models/report.sql:select 'orders' from {{ source(\"ops\", 'orders') }},"
                                + " {{ ref( \"«orders»\" ) }}",
                        "snapshots/kept.sql:{% snapshot kept %} select * from {{"
                                + " ref('«orders»') }} {% endsnapshot %}");
    }

    @Test
    void ofATable() {
        assertThat(places(SHOP, new OfNode("source.shop.ops.orders")))
                .containsExactly(
                        "models/all.yml:- relationships: {to: \"source('ops', '«orders»')\","
                                + " field: id}",
                        "models/all.yml:- name: «orders»",
                        "models/all.yml:- input: source('ops', '«orders»')",
                        "models/loop.py:session.sql(f'''select \"orders\" from"
                                + " \"__model__orders\" o, OPS__«orders»''')",
                        "models/loop.py:session.sql(\"select __model__orders.id, ops__«orders».*"
                                + " from __model__orders, ops__orders\")",
                        "models/loop.py:session.sql(\"select __model__orders.id, ops__orders.*"
                                + " from __model__orders, ops__«orders»\")",
                        "models/orders.py:return dbt.source(\"ops\", \"«orders»\").df()",
                        "models/report.sql:select 'orders' from {{ source(\"ops\", '«orders»')"
                                + " }}, {{ ref( \"orders\" ) }}");
    }

    @Test
    void ofASource() {
        assertThat(places(SHOP, new OfSource("shop", "ops")))
                .containsExactly(
                        "models/all.yml:- relationships: {to: \"source('«ops»', 'orders')\","
                                + " field: id}",
                        "models/all.yml:- name: «ops»",
                        "models/all.yml:- input: source('«ops»', 'orders')",
                        "models/all.yml:- source('«ops»', 'nowhere')",
                        "models/loop.py:session.sql(f'''select \"orders\" from"
                                + " \"__model__orders\" o, «OPS»__orders''')",
                        "models/loop.py:session.sql(\"select __model__orders.id, «ops»__orders.*"
                                + " from __model__orders, ops__orders\")",
                        "models/loop.py:session.sql(\"select __model__orders.id, ops__orders.*"
                                + " from __model__orders, «ops»__orders\")",
                        "models/orders.py:return dbt.source(\"«ops»\", \"orders\").df()",
                        "models/report.sql:select 'orders' from {{ source(\"«ops»\", 'orders')"
                                + " }}, {{ ref( \"orders\" ) }}");
    }

    @Test
    void ofASeedAndASnapshot() {
        assertThat(places(SHOP, new OfNode("seed.shop.codes")))
                .containsExactly("seeds/codes.csv:‹›orders");
        assertThat(places(SHOP, new OfNode("snapshot.shop.kept")))
                .containsExactly(
                        "snapshots/kept.sql:{% snapshot «kept» %} select * from {{"
                                + " ref('orders') }} {% endsnapshot %}",
                        "snapshots/kept.sql:{{ ref('«kept»') }}");
    }

    @Test
    void ofVersions() {
        Workspace versions =
                Workspace.of(
                        """
                        //- models/a_v1.py
                        def model(dbt, session):
                            return 1
                        //- models/a_v2.py
                        def model(dbt, session):
                            return session.sql("from __model__a")
                        //- models/b.sql
                        {{ ref('a') }} {{ ref('a', v=1) }} {{ ref('a', version=2) }}
                        //- models/v.yml
                        models:
                          - name: a
                            versions: [{v: 1}, {v: 2}]
                        exposures:
                          - depends_on: ["ref('a', v=1)"]
                        """);
        assertThat(places(versions, new OfNode("model.shop.a.v1")))
                .containsExactly(
                        "models/a_v1.py:def ‹model›(dbt, session):",
                        "models/b.sql:{{ ref('a') }} {{ ref('«a»', v=1) }} {{ ref('a',"
                                + " version=2) }}",
                        "models/v.yml:- name: «a»",
                        "models/v.yml:- depends_on: [\"ref('«a»', v=1)\"]");
        assertThat(places(versions, new OfNode("model.shop.a.v2")))
                .hasSize(5)
                .contains(
                        "models/a_v2.py:return session.sql(\"from __model__«a»\")",
                        "models/b.sql:{{ ref('«a»') }} {{ ref('a', v=1) }} {{ ref('a',"
                                + " version=2) }}");
    }

    @Test
    void aPackageMeansItsOwn() {
        Workspace packages =
                Workspace.of(
                        """
                        //- dbt_packages/lib/dbt_project.yml
                        name: lib
                        //- dbt_packages/lib/models/orders.sql
                        select 1
                        //- dbt_packages/lib/models/reads.sql
                        {{ ref('orders') }} {{ ref('only_ours') }}
                        //- models/orders.sql
                        select 1
                        //- models/only_ours.sql
                        {{ ref('orders') }} {{ ref('lib', 'orders') }}
                        """);
        assertThat(places(packages, new OfNode("model.lib.orders")))
                .containsExactly(
                        "dbt_packages/lib/models/orders.sql:‹›select 1",
                        "dbt_packages/lib/models/reads.sql:{{ ref('«orders»') }} {{"
                                + " ref('only_ours') }}",
                        "models/only_ours.sql:{{ ref('orders') }} {{ ref('lib', '«orders»') }}");
        assertThat(places(packages, new OfNode("model.shop.only_ours")))
                .contains(
                        "dbt_packages/lib/models/reads.sql:{{ ref('orders') }} {{"
                                + " ref('«only_ours»') }}");
    }

    @Test
    void rolesSayHowANameComesThere() {
        ProjectManifest manifest = SHOP.manifest();
        assertThat(manifest.occurrencesIn(SHOP.path("models/loop.py")))
                .extracting(Occurrence::role)
                .containsExactly(
                        Role.LITERAL,
                        Role.LITERAL,
                        Role.FILE,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING,
                        Role.SQL_STRING);
        assertThat(manifest.occurrencesIn(SHOP.path("models/all.yml")))
                .extracting(Occurrence::role)
                .containsOnly(Role.ENTRY, Role.YAML);
    }

    /** The index follows every edit of a file. */
    @Test
    void editsMoveTheNames() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.sql
                        select 1
                        //- models/b.sql
                        {{ ref('a') }}
                        //- models/x.yml
                        exposures: [{depends_on: ["ref('a')"]}]
                        """);
        OfNode a = new OfNode("model.shop.a");
        ProjectManifest manifest = workspace.manifest();
        assertThat(manifest.occurrences(a)).hasSize(3);
        manifest = manifest.withText(workspace.path("models/b.sql"), "-- moved\n{{ ref('a') }}");
        assertThat(manifest.occurrences(a)).extracting(o -> o.span().start()).contains(17);
        manifest = manifest.withText(workspace.path("models/x.yml"), "exposures: [");
        assertThat(manifest.occurrences(a)).hasSize(2);
        assertThat(manifest.unreadable()).containsExactly(workspace.path("models/x.yml"));
        manifest = manifest.withText(workspace.path("models/x.yml"), "z: \"{{ ref('a') }}\"");
        assertThat(manifest.occurrences(a)).hasSize(3);
        assertThat(manifest.unreadable()).isEmpty();
        manifest = manifest.withoutFile(workspace.path("models/x.yml"));
        manifest = manifest.withText(workspace.path("models/b.sql"), "{{ ref('c') }}");
        assertThat(manifest.occurrences(a)).hasSize(1);
    }
}
