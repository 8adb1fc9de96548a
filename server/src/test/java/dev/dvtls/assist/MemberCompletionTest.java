package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.KnownColumns;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of relations and of the session; keys and values of the configuration. */
class MemberCompletionTest {
    private static final String PROJECT =
            """
            //- dbt_project.yml
            name: shop
            profile: shop
            vars:
              day: 1
              shop: {day: 2, limit: [1, 2]}
              other: {hidden: 1}
            //- models/orders.py
            def model(dbt, session):
                dbt.config(tags=["daily"], schema="raw")
                return 1
            //- models/schema.yml
            models:
              - name: orders
                columns: [{name: id, data_type: bigint}, {name: amount}]
              - name: here
                columns: [{name: key}, {name: ID}]
            """;

    private static final Known KNOWN =
            new Known(KnownColumns.PROPERTIES, () -> Map.of("dev", "duckdb", "prod", "postgres"));

    private static Completed python(String line) {
        return Completed.python(PROJECT, KNOWN, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = dbt.ref(\"orders\").$0",
                "x = dbt.ref(\"orders\").fi$0",
                "x = dbt.ref('nobody').$0",
                "x = dbt.source(\"a\", \"b\").$0",
                "x = f(dbt.ref(\"orders\").$0, 1)",
                "x = dbt.ref(\"orders\").filter(\"a(\").$0",
                "x = (dbt.ref(\"orders\") ⏎   .limit(3) ⏎   .$0",
                "x = session.sql(\"select 1\").$0",
                "x = session.table(\"__model__orders\").$0",
                "o = dbt.ref(\"orders\") ⏎ o.$0",
                "o = dbt.ref( ⏎     \"orders\", ⏎ ) ⏎ o.filter(\"x\").$0",
                "o: Relation = dbt.ref(\"orders\") ⏎ p = o ⏎ p.$0",
                "r = dbt.ref ⏎ r(\"orders\").$0",
                "d = dbt ⏎ d.ref(\"orders\").$0",
                "x = f\"{dbt.ref('orders').$0}\"",
            })
    void relationsHaveDuckDbsMethods(String line) {
        assertThat(python(line).labels())
                .contains("df", "pl", "arrow", "filter", "aggregate", "project", "columns");
    }

    @Test
    void theMethodsOfADayComeFirst() {
        Completed methods = python("x = dbt.ref(\"orders\").$0");
        assertThat(methods.shown()).startsWith("df, pl, arrow, filter, project, aggregate");
        Suggestion filter = methods.only("filter");
        assertThat(filter.detail()).isEqualTo("filter(condition)");
        assertThat(filter.documentation().get().markdown()).contains("SQL condition");
        assertThat(methods.only("columns").kind()).isEqualTo(Suggestion.Kind.PROPERTY);
        assertThat(methods.after("df")).contains("x = dbt.ref(\"orders\").df\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = dbt.ref(\"orders\").df().$0",
                "x = dbt.ref(\"orders\").pl().head().$0",
                "x = other.ref(\"orders\").$0",
                "x = f(dbt.ref(\"orders\")).$0",
                "x = dbt.ref.$0",
                "o = dbt.ref(\"orders\") ⏎ o = other(o) ⏎ o.$0",
                "x = 1.$0",
                "x = \"dbt.ref('orders').$0",
            })
    void othersHaveNone(String line) {
        assertThat(python(line).labels()).isEmpty();
    }

    @Test
    void theSessionHasMethodsUnderAnyName() {
        assertThat(python("x = session.$0").labels()).contains("sql", "execute", "table");
        assertThat(
                        Completed.in(
                                        PROJECT,
                                        KNOWN,
                                        "models/here.py",
                                        "def model(dbt, con):\n    con.execute('x').$0")
                                .labels())
                .contains("fetchone", "df");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dbt.config(unique_key=\"$0\")            | key, ID, amount",
                "dbt.config(unique_key=[\"$0\"])          | key, ID, amount",
                "dbt.config(unique_key=$0)                | key, ID, amount",
                "dbt.config(tags=[\"x\", $0])             | daily",
                "dbt.config(tags=\"$0\")                  | daily",
                "dbt.config(schema=\"$0\")                | raw",
                "dbt.config(target=\"$0\")                | dev, prod",
                "dbt.config(full_refresh=$0)              | False, True",
                "dbt.config(alias=\"$0\")                 | ``",
                "dbt.config(meta=[\"$0\"])                | ``",
                "x = dbt.var(\"$0\")                      | day, limit, other",
                "x = dbt.var($0)                          | day, limit, other",
                "x = dbt.var(\"day\", $0)                 | ``",
            })
    void valuesOfTheConfiguration(String line, String expected) {
        // The model reads orders, whose columns may be its keys.
        assertThat(python(line + " ⏎ dbt.ref(\"orders\")").shown()).isEqualTo(expected);
    }

    @Test
    void keysTellTheirTypesAndHavePlaceholders() {
        Completed keys = python("dbt.config(mat$0)");
        assertThat(keys.labels()).contains("target", "full_refresh", "timeout");
        Suggestion materialized = keys.only("materialized");
        assertThat(materialized.detail()).isEqualTo("\"table\" or \"incremental\"");
        assertThat(materialized.newText()).isEqualTo("materialized=");
        assertThat(materialized.snippet()).hasValue("materialized=\"${1:table}\"");
        assertThat(python("dbt.config(mat$0=\"table\")").after("materialized"))
                .contains("dbt.config(materialized=\"table\")");
    }

    @Test
    void variablesAndTargetsTellTheirValues() {
        assertThat(python("x = dbt.var(\"$0\")").only("day").detail()).isEqualTo("2");
        assertThat(python("dbt.config(target=\"$0\")").only("prod").detail()).isEqualTo("postgres");
    }
}
