package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is a line: YAML with {@code ⏎} for its line ends, and what is offered at {@code $0}. */
class YamlCompletionTest {
    private static final String PROJECT =
            """
            //- dbt_project.yml
            name: shop
            profile: shop
            //- models/orders.sql
            select 1 as order_id, 2 as "Order Date", 3 as on from {{ source('ops', 'orders') }}
            //- models/enriched.py
            def model(dbt, session):
                dbt.config(tags=["daily"])
                dbt.source("web", "hits")
                return dbt.ref("orders").df()
            //- models/marts/revenue.sql
            select 1 as day
            //- models/marts/described.sql
            select 1 as day
            //- models/marts/marts.yml
            models:
              - name: described
            sources:
              - name: crm
                tables:
                  - name: people
                    columns: [{name: id}, {name: city}]
            //- seeds/codes.csv
            code,label
            //- snapshots/past.sql
            {% snapshot past %} select 1 as id {% endsnapshot %}
            """;

    /** The cache, as far as these tests go: types of what {@code codes} has. */
    private static final KnownColumns CACHE =
            (manifest, node) ->
                    node.name().equals("codes")
                            ? new KnownColumns.Known(
                                    List.of(
                                            new Node.Column("code", Optional.of("VARCHAR"), ""),
                                            new Node.Column("label", Optional.of("INTEGER"), "")),
                                    true)
                            : KnownColumns.PROPERTIES.of(manifest, node);

    private static final Known KNOWN =
            new Known(CACHE, () -> Map.of("dev", "duckdb", "prod", "postgres"));

    private static Completed at(String file, String yaml) {
        return Completed.in(PROJECT, KNOWN, file, yaml);
    }

    /** In a properties file; with Windows' line ends it is the same. */
    private static Completed properties(String line) {
        Completed here = at("models/here.yml", line.replace("⏎", "\n"));
        Completed windows = at("models/here.yml", line.replace("⏎", "\r\n"));
        assertThat(windows.shown()).isEqualTo(here.shown());
        return here;
    }

    private static String first(Completed completed, int most) {
        List<String> shown = List.of(completed.shown().split(", "));
        return String.join(", ", shown.subList(0, Math.min(most, shown.size())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$0                                          | version, models, sources",
                "version: 2⏎$0                               | models, sources, seeds",
                "mo$0⏎sources:⏎  - name: a                   | version, models, seeds",
                "models:⏎  $0                                | - name, - description, - config",
                "models:⏎  $0⏎  - name: b                    | - name, - description, - config",
                "models:⏎  - $0                              | name, description, config",
                "models:⏎  - na$0                            | name, description, config",
                "models:⏎- na$0                              | name, description, config",
                "models:⏎  - na$0⏎    description: x         | name, config, columns",
                "models:⏎  - name: a⏎    de$0                | description, config, columns",
                "models:⏎  - name: a⏎    $0⏎  - name: b      | description, config, columns",
                "models:⏎  - name: a⏎    de$0: x             | description, config, columns",
                "models:⏎  - {name: a, de$0                  | description, config, columns",
                "models: [{name: a, de$0}]                   | description, config, columns",
                "models:⏎  - name: 'a⏎    de$0               | description, config, columns",
                "models:⏎  - name: 😀⏎    columns:⏎      - $0  | name, description, data_type",
                "models:⏎  - name: a⏎    columns:⏎    - $0   | name, description, data_type",
                "models:⏎  - name: a⏎    columns:⏎      - name: b⏎        da$0"
                        + " | description, data_type, data_tests",
                "models:⏎  - name: a⏎    config:⏎      $0    | materialized, unique_key, tags",
                "models:⏎  - name: a⏎    config: {ma$0       | materialized, unique_key, tags",
                "models:⏎  - name: a⏎    columns:⏎      - name: b⏎        data_tests:⏎"
                        + "          - $0 | not_null, unique, accepted_values",
                "models:⏎  - name: a⏎    columns:⏎      - name: b⏎        tests: [un$0"
                        + " | not_null, unique, accepted_values",
                "models:⏎  - name: a⏎    tests:⏎      - relationships:⏎          $0"
                        + " | to, field, arguments",
                "models:⏎  - name: a⏎    tests:⏎      - mine:⏎          config:⏎            $0"
                        + " | severity, where, limit",
                "models:⏎  - name: a⏎    versions:⏎      - v: 1⏎        $0"
                        + " | defined_in, description, config",
                "seeds:⏎  - name: codes⏎    config:⏎      $0   | column_types, delimiter,"
                        + " quote_columns",
                "sources:⏎  - name: a⏎    $0                   | description, schema, database",
                "sources:⏎  - name: a⏎    tables:⏎      - name: b⏎        $0"
                        + " | identifier, description, columns",
                "sources:⏎  - name: a⏎    freshness:⏎      warn_after: {$0} | count, period",
                "exposures:⏎  - name: a⏎    $0                 | label, type, maturity",
                "exposures:⏎  - name: a⏎    owner:⏎      $0    | name, email",
                "macros:⏎  - name: a⏎    arguments:⏎      - $0 | name, type, description",
                "unit_tests:⏎  - name: a⏎    given:⏎      - in$0  | input, rows, format",
                "snapshots:⏎  - name: past⏎    config:⏎      s$0  | strategy, unique_key,"
                        + " updated_at",
            })
    void offersTheKeysOfThePlace(String yaml, String expected) {
        assertThat(first(properties(yaml), 3)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models:⏎  - name: $0                | enriched, orders, revenue, described",
                "models:⏎  - name: en$0              | enriched, orders, revenue, described",
                "models:⏎  - name: $0⏎  - name: orders  | enriched, revenue, described",
                "models:⏎  - name: orders⏎  - name: \"$0 | enriched, revenue, described",
                "models: [{name: $0                  | enriched, orders, revenue, described",
                "seeds:⏎  - name: $0                 | codes",
                "snapshots:⏎  - name: $0             | past",
                "sources:⏎  - name: $0               | ops, web, crm",
                "sources:⏎  - name: web⏎  - name: $0 | ops, crm",
                "sources:⏎  - name: ops⏎    tables:⏎      - name: $0   | orders",
                "sources:⏎  - name: ops⏎    tables:⏎      - name: orders⏎      - name: $0 | ``",
                "sources:⏎  - name: ops⏎    connection: $0             | dev, prod",
                "unit_tests:⏎  - name: a⏎    model: $0      | enriched, orders, described, revenue",
                "models:⏎  - name: orders⏎    columns:⏎      - name: $0"
                        + " | order_id, Order Date, on",
                "models:⏎  - name: orders⏎    columns:⏎      - name: order_id⏎      - name: $0"
                        + " | Order Date, on",
                "models:⏎  - name: enriched⏎    columns:⏎      - name: $0"
                        + " | order_id, Order Date, on",
                "models:⏎  - name: nobody⏎    columns:⏎      - name: $0   | ``",
                "seeds:⏎  - name: codes⏎    columns: [{name: $0          | code, label",
                "seeds:⏎  - name: codes⏎    columns: [{name: code, data_type: $0  | VARCHAR",
                "models:⏎  - name: orders⏎    config:⏎      unique_key: $0"
                        + " | order_id, Order Date, on",
                "models:⏎  - name: orders⏎    config:⏎      unique_key: [on, $0"
                        + " | order_id, Order Date",
                "models:⏎  - name: orders⏎    config:⏎      materialized: $0"
                        + " | ephemeral, incremental, table, view",
                "models:⏎  - name: enriched⏎    config:⏎      materialized: t$0"
                        + " | incremental, table",
                "models:⏎  - name: orders⏎    config:⏎      tags: [$0       | daily",
                "models:⏎  - name: orders⏎    config:⏎      tags: da$0      | daily",
                "models:⏎  - name: orders⏎    tags:⏎      - $0              | daily",
                "models:⏎  - name: orders⏎    tags: [daily, $0              | ``",
                "models:⏎  - name: orders⏎    config: {target: $0           | dev, prod",
                "models:⏎  - name: orders⏎    config: {enabled: $0          | true, false",
                "models:⏎  - name: orders⏎    access: $0         | private, protected, public",
                "exposures:⏎  - name: a⏎    maturity: $0         | high, medium, low",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - ref('$0"
                        + " | enriched, orders, described, revenue, codes, past",
                "exposures:⏎  - name: a⏎    depends_on: [ref('or$0')]"
                        + " | enriched, orders, described, revenue, codes, past",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - source('crm', '$0') | people",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - source($0           | crm",
                "models:⏎  - name: a⏎    tests:⏎      - relationships:⏎          to: ref('codes')⏎"
                        + "          field: $0 | code, label",
                "models:⏎  - name: a⏎    tests:⏎      - relationships: {to: \"source('crm',"
                        + " 'people')\", field: $0 | id, city",
                "models:⏎  - name: a⏎    tests:⏎      - relationships:⏎          to: \"{{"
                        + " ref('$0') }}\" | enriched, orders, described, revenue, codes, past",
                "models:⏎  - name: a⏎    config:⏎      post_hook: \"grant on {{ ref('$0"
                        + " | enriched, orders, described, revenue, codes, past",
                "unit_tests:⏎  - name: a⏎    given:⏎      - input: source('crm', '$0 | people",
            })
    void offersNamesAndValues(String yaml, String expected) {
        assertThat(properties(yaml).shown()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models:⏎  - name: a # $0",
                "# $0",
                "models:⏎  - name: a⏎    description: $0",
                "models:⏎  - name: a⏎    description: some ref $0",
                "models:⏎  - name: a⏎    description: |⏎      text⏎      $0",
                "models:⏎  - name: a⏎    description: some⏎      $0",
                "models: $0",
                "models:⏎  - name: a⏎    columns: $0",
                "models:⏎  - name: a⏎    meta:⏎      $0",
                "models:⏎  - name: a⏎    meta: {own$0",
                "models:⏎  - name: a⏎    mine: $0",
                "mine:⏎  - name: $0",
                "models:⏎  - name: orders⏎      x$0",
                "models:⏎  - name:$0",
                "exposures:⏎  - name: a⏎    depends_on: $0",
            })
    void offersNothingWhereAnythingMayStand(String yaml) {
        assertThat(properties(yaml).labels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models:⏎  - na$0                    | name         | - name: ",
                "models:⏎  $0                        | - name       | ⏎  - name: ",
                "models:⏎  - name: a⏎    co$0        | columns      | ⏎    columns:",
                "models:⏎  - name: a⏎    de$0s: x    | description  | ⏎    description: x",
                "models:⏎  - name: a⏎    tests:⏎      - $0 | unique | - unique",
                "models:⏎  - name: a⏎    tests:⏎      - $0 | accepted_values | - accepted_values:",
                "models:⏎  - name: a⏎    tests:⏎      $0 | - not_null | ⏎      - not_null",
                "models:⏎  - name: or$0ders # x      | revenue      | name: revenue # x",
                "models:⏎  - name: \"or$0\"          | orders       | name: \"orders\"",
                "models:⏎  - name: orders⏎    columns:⏎      - name: Order D$0 | Order Date"
                        + " | name: Order Date",
                "models:⏎  - name: orders⏎    columns:⏎      - name: $0 | on | name: \"on\"",
                "models:⏎  - name: orders⏎    columns: [{name: '$0'}] | on | {name: 'on'}",
                "models:⏎  - name: a⏎    tags:⏎      $0         | daily | ⏎      - daily",
                "models:⏎  - name: a⏎    tags:⏎      - x⏎      $0 | daily | ⏎      - daily",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - o$0     | ref('orders')"
                        + " | - ref('orders')",
                "exposures:⏎  - name: a⏎    depends_on:⏎      $0        | ref('orders')"
                        + " | ⏎      - ref('orders')",
                "exposures:⏎  - name: a⏎    depends_on: [$0]"
                        + " | source('crm', 'people') | [\"source('crm', 'people')\"]",
                "exposures:⏎  - name: a⏎    depends_on: ['$0']          | ref(\"orders\")"
                        + " | ['ref(\"orders\")']",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - ref($0  | orders"
                        + " | - ref('orders'",
                "exposures:⏎  - name: a⏎    depends_on:⏎      - ref('o$0x')  | orders"
                        + " | - ref('orders')",
                "exposures:⏎  - name: a⏎    depends_on: ['ref($0']      | orders"
                        + " | ['ref(\"orders\"']",
            })
    void writesThemAsYamlWantsThem(String yaml, String label, String expected) {
        assertThat(properties(yaml).after(label)).contains(expected.replace("⏎", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: shop⏎$0                              | version, config-version, profile",
                "name: shop⏎mod$0: x                        | version, config-version, profile",
                "name: shop⏎models:⏎  $0                    | shop, +materialized, +unique_key",
                "name: shop⏎models:⏎  shop:⏎    $0          | enriched, marts, orders",
                "name: shop⏎models:⏎  shop:⏎    marts:⏎      $0    | described, revenue,"
                        + " +materialized",
                "name: shop⏎models:⏎  shop:⏎    marts:⏎      +mat$0: x | described, revenue,"
                        + " +materialized",
                "name: shop⏎models:⏎  shop:⏎    +materialized: $0  | ephemeral, incremental, table",
                "name: shop⏎models:⏎  shop:⏎    materialized: $0   | ephemeral, incremental, table",
                "name: shop⏎models:⏎  shop:⏎    +persist_docs:⏎      $0 | relation, columns",
                "name: shop⏎models:⏎  shop:⏎    +tags: [$0         | daily",
                "name: shop⏎seeds:⏎  shop:⏎    $0                  | codes, +column_types,"
                        + " +delimiter",
                "name: shop⏎sources:⏎  shop:⏎    $0                | marts, +enabled, +connection",
                "name: shop⏎quoting: {$0                          | database, schema, identifier",
                "name: shop⏎vars:⏎  $0                            | ``",
            })
    void inTheProjectFile(String yaml, String expected) {
        assertThat(first(at("dbt_project.yml", yaml.replace("⏎", "\n")), 3)).isEqualTo(expected);
    }

    @Test
    void onlyInFilesOfTheProject() {
        assertThat(at("models/new.yaml", "$0").labels()).contains("models");
        assertThat(at("macros/macros.yml", "macros:\n  - $0").labels()).contains("arguments");
        assertThat(at("docker-compose.yml", "$0").labels()).isEmpty();
        assertThat(at(".github/workflows/ci.yml", "$0").labels()).isEmpty();
        assertThat(at("dbt_packages/util/models/m.yml", "$0").labels()).isEmpty();
    }

    @Test
    void tellWhatTheyAre() {
        Completed names = properties("models:⏎  - name: $0");
        assertThat(names.only("described").detail())
                .startsWith("has an entry in marts.yml · SQL model");
        assertThat(names.only("orders").detail()).startsWith("SQL model");
        assertThat(names.only("orders").node()).contains("model.shop.orders");
        Suggestion key = properties("models:⏎  - name: a⏎    config: {$0").only("timeout");
        assertThat(key.documentation().get().plain()).contains("Seconds").contains("DVT124");
        Suggestion access = properties("models:⏎  - name: a⏎    ac$0").only("access");
        assertThat(access.detail()).isEqualTo("private, protected, public");
        assertThat(access.snippet()).contains("access: ${1|private,protected,public|}");
        Completed columns = properties("seeds:⏎  - name: codes⏎    columns: [{name: $0");
        assertThat(columns.only("code").detail()).isEqualTo("VARCHAR · codes");
        assertThat(properties("sources:⏎  - name: $0").only("web").detail())
                .isEqualTo("read by enriched.py");
    }

    @Test
    void longListsAreCut() {
        StringBuilder sql = new StringBuilder("select 1 as a0");
        for (int i = 1; i < 300; i++) {
            sql.append(", 1 as ").append(i < 250 ? "a" : "b").append(i);
        }
        String project = PROJECT + "//- models/wide.sql\n" + sql + "\n";
        String yaml = "models: [{name: wide, columns: [{name: ";
        Offer all = Completed.in(project, KNOWN, "models/here.yml", yaml + "$0").offer();
        assertThat(all.items()).hasSize(200);
        assertThat(all.incomplete()).isTrue();
        Offer typed = Completed.in(project, KNOWN, "models/here.yml", yaml + "b$0").offer();
        assertThat(typed.items()).hasSize(50);
    }

    @Test
    void anyPrefixIsFine() {
        String text =
                """
                models:
                  - name: "orders"
                    columns: [{name: 'x', tests: [unique, {relationships: {to: ref('a')}}]}]
                    config:
                      tags: [a, b] # c
                    description: |
                      text {{ doc('x') }}
                exposures:
                  - depends_on:
                    - source('ops', 'orders')
                """;
        for (int i = 0; i <= text.length(); i++) {
            String before = text.substring(0, i);
            assertThat(at("models/here.yml", before + "$0").suggestions()).isNotNull();
            assertThat(at("models/here.yml", before + "$0" + text.substring(i)).suggestions())
                    .isNotNull();
        }
    }
}
