package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is a line: the code with its cursor {@code $0}, and what is offered. */
class CompletionTest {
    private static final String PROJECT =
            """
            //- dbt_project.yml
            name: shop
            profile: shop
            vars:
              day: 1
            //- models/stg_orders.py
            def model(dbt, session):
                dbt.config(materialized="incremental", tags=["daily"])
                return dbt.source("ops", "orders").df()
            //- models/stg_customers.sql
            select 1 as id
            //- models/sources.yml
            sources:
              - name: ops
                description: operations
                tables:
                  - name: orders
                    description: One row an order.
                    columns:
                      - {name: id, data_type: integer, description: The key.}
                  - name: customers
              - name: web
                tables:
                  - name: hits
            models:
              - name: stg_customers
                description: Customers, cleaned.
            //- seeds/country_codes.csv
            code
            """;

    private static Completed in(String file, String text) {
        return Completed.in(PROJECT, Known.MANIFEST, file, text);
    }

    /** The line inside a model function; {@code ⏎} begins another. */
    private static Completed python(String line) {
        return in(
                "models/here.py",
                "def model(dbt, session):\n    "
                        + line.replace(" ⏎ ", "\n    ")
                        + "\n    return dbt.ref(\"stg_orders\")\n");
    }

    private static Completed sql(String text) {
        return in("models/here.sql", text);
    }

    private static final String MODELS = "country_codes, stg_customers, stg_orders";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"$0\")                       | " + MODELS,
                "x = dbt.ref('$0')                         | " + MODELS,
                "x = dbt.ref(\"stg_$0\")                   | " + MODELS,
                "x = dbt.ref(\"$0                          | " + MODELS,
                "x = dbt.ref($0                            | " + MODELS,
                "x = dbt.ref($0)                           | " + MODELS,
                "x = dbt.ref(st$0                          | " + MODELS,
                "x = f(dbt.ref(\"st$0).df(), \"other\")    | " + MODELS,
                "x = [dbt.ref(\"$0\") for i in y]          | " + MODELS,
                "x = f\"{dbt.ref('$0')}\"                  | " + MODELS,
                "x = {'a': dbt.ref(\"$0                    | " + MODELS,
                "r = 1 ⏎ r = dbt.ref ⏎ r(\"$0\") | " + MODELS,
                "d = dbt ⏎ d.ref(\"$0\")                | " + MODELS,
                "x = dbt.ref(\"shop\", \"$0\")             | " + MODELS,
                "x = dbt.source(\"$0\")                    | ops, web",
                "x = dbt.source($0)                        | ops, web",
                "x = dbt.source(\"$0                       | ops, web",
                "x = dbt.source(\"ops\", \"$0\")           | customers, orders",
                "x = dbt.source(\"web\", \"$0              | hits",
                "x = dbt.source(\"web\", $0                | hits",
                "x = dbt.source(source_name=\"web\", table_name=\"$0\") | hits",
                "dbt.config(materialized=\"$0\")           | incremental, table",
                "dbt.config(materialized=$0)               | incremental, table",
                "dbt.config(tags=[\"$0\"])                 | daily",
                "dbt.config(tags=[\"daily\", \"$0\"])      | daily",
                "dbt.config(enabled=$0)                    | False, True",
                "dbt.config(materialized=\"table\", al$0)  | alias, allow_empty, database,"
                        + " enabled, full_refresh, meta, schema, tags, target, timeout, unique_key",
                "x = dbt.$0                                | config, is_incremental, ref, source,"
                        + " this, var",
                "x = dbt.re$0f(\"a\")                      | config, is_incremental, ref, source,"
                        + " this, var",
                "x = dbt.config.$0                         | get",
                "x = dbt.this.$0                           | database, identifier, name, schema",
                "x = dbt.var(\"$0\")                       | day",
            })
    void offers(String line, String expected) {
        assertThat(String.join(", ", python(line).labels())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# dbt.ref(\"$0\")",
                "x = \"dbt.ref($0\"",
                "x = print(\"$0\")",
                "x = open(\"stg_$0\")",
                "x = b\"dbt.ref('$0\"",
                "x = dbt.ref(\"stg_orders\")$0",
                "x = dbt.ref(\"a\" + $0)",
                "x = dbt.ref(\"a\", v=$0)",
                "x = other.ref(\"$0\")",
                "dbt.config(meta={\"$0\": 1})",
                "x = [$0]",
                "\"\"\"from $0\"\"\"",
            })
    void offersNothing(String line) {
        assertThat(python(line).labels()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.sql(\"select * from $0\")",
                "session.sql(\"select * from __model__$0\")",
                "session.execute(\"\"\"select * from a join __mo$0",
                "session.sql(f\"select {x} from st$0\")",
                "session.table(\"$0\")",
                "q = \"select * from __model__$0\"",
                "session.cursor().execute(\"select 1 from a, $0\")",
            })
    void offersTheSessionsTables(String line) {
        assertThat(python(line).labels())
                .contains(
                        "__model__country_codes",
                        "__model__stg_customers",
                        "__model__stg_orders",
                        "ops__orders",
                        "web__hits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.sql(\"$0\")",
                "session.sql(\"select x.$0 from a\")",
                "f(\"from $0\")"
            })
    void offersNoTableWhereNoneFits(String line) {
        assertThat(python(line).labels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from {{ ref('$0') }}              | " + MODELS,
                "select * from {{ ref(\"st$0                | " + MODELS,
                "select * from {{ ref($0 }}                 | " + MODELS,
                "select * from {{ source('ops', '$0') }}    | customers, orders",
                "{{ config(materialized='$0') }}            | ephemeral, incremental, table, view",
                "{% set x = ref('$0') %}                    | " + MODELS,
                "{# {{ ref('$0') }} #}                      | ``",
                "select ref('$0')                           | ``",
                "{{ ref('a') }} ref('$0')                   | ``",
            })
    void offersInSqlModels(String text, String expected) {
        assertThat(String.join(", ", sql(text).labels())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"$0\")         | stg_orders     | x = dbt.ref(\"stg_orders\")",
                "x = dbt.ref(\"stg_$0cust\") | stg_orders     | x = dbt.ref(\"stg_orders\")",
                "x = dbt.ref(\"stg_$0        | stg_orders     | x = dbt.ref(\"stg_orders",
                "x = dbt.ref($0)             | stg_orders     | x = dbt.ref(\"stg_orders\")",
                "x = dbt.ref(st$0            | stg_orders     | x = dbt.ref(\"stg_orders\"",
                "x = dbt.co$0                | config         | x = dbt.config",
                "x = dbt.co$0nf(a=1)         | config         | x = dbt.config(a=1)",
                "dbt.config(mat$0)           | materialized   | dbt.config(materialized=)",
                "dbt.config(tags=[$0])       | daily          | dbt.config(tags=[\"daily\"])",
                "session.sql(\"from __mo$0 where 1\") | __model__stg_orders |"
                        + " session.sql(\"from __model__stg_orders where 1\")",
            })
    void replacesTheRightText(String line, String label, String expected) {
        assertThat(python(line).after(label)).contains("    " + expected + "\n    return");
    }

    @Test
    void insertLeavesWhatStandsBehindTheCursor() {
        Suggestion suggestion = python("x = dbt.ref(\"stg_$0cust\")").only("stg_orders");
        assertThat(suggestion.insert().length()).isEqualTo(4);
        assertThat(suggestion.replace().length()).isEqualTo(8);
    }

    @Test
    void tellsWhatIsOffered() {
        Suggestion model = python("x = dbt.ref(\"$0\")").only("stg_orders");
        assertThat(model.detail()).isEqualTo("Python model (incremental) · models/stg_orders.py");
        assertThat(model.documentation().get().markdown())
                .contains("**stg_orders**", "Tags: daily");
        Suggestion sql = python("x = dbt.ref(\"$0\")").only("stg_customers");
        assertThat(sql.detail()).startsWith("SQL model").endsWith("models/stg_customers.sql");
        assertThat(sql.documentation().get().markdown()).contains("Customers, cleaned.");
        Suggestion table = python("x = dbt.source(\"ops\", \"$0\")").only("orders");
        assertThat(table.documentation().get().markdown())
                .contains("One row an order.", "| id | integer | The key. |");
    }

    @Test
    void doesNotOfferTheModelItself() {
        assertThat(python("x = dbt.ref(\"$0\")").labels()).doesNotContain("here");
        assertThat(python("session.sql(\"from $0\")").labels()).contains("__model__here");
    }

    @Test
    void anUnfinishedCallAboveDoesNotDisturb() {
        assertThat(python("a = dbt.ref(\n    b = dbt.source(\"ops\", \"$0\")").labels())
                .containsExactly("customers", "orders");
        assertThat(python("a = dbt.ref(\"\n    b = dbt.$0").labels()).contains("ref", "source");
    }

    @Test
    void helpersOutsideOfTheModelFunctionCountToo() {
        assertThat(in("models/here.py", "def load(dbt):\r\n    return dbt.ref('$0')\r\n").labels())
                .contains("stg_orders");
    }

    @Test
    void everyPrefixOfACallIsFine() {
        String call = "x = f(dbt.ref(\"stg_orders\").df(), session.sql(f\"\"\"from {a} b\"\"\"))";
        for (int i = 0; i <= call.length(); i++) {
            String line = call.substring(0, i) + "$0";
            assertThat(python(line).suggestions()).as(line).isNotNull();
        }
    }
}
