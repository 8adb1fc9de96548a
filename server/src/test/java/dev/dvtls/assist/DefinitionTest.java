package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
    private static final String PROJECT =
            """
            //- models/stg_orders.py
            import os
            def model(dbt, session):
                return dbt.source("ops", "orders").df()
            //- models/stg_customers.sql
            select 1 as id
            //- models/sources.yml
            sources:
              - name: ops
                tables:
                  - name: customers
                  - name: orders
                    description: One row an order.
            //- seeds/codes.csv
            code
            """;

    /** {@code file:place of the target < words that lead there}. */
    private static List<String> at(String file, String text) {
        Workspace workspace = Workspace.of(PROJECT + "//- " + file + "\n" + text);
        ProjectManifest manifest = workspace.manifest();
        Workspace.Cursor cursor = workspace.cursor();
        String here = workspace.text(file);
        return Definition.at(manifest, cursor.file(), cursor.offset()).stream()
                .map(
                        d -> {
                            String target = workspace.root().relativize(d.file()).toString();
                            String there = workspace.text(target);
                            String word = there.substring(d.place()).split("\\W", 2)[0];
                            return target + ":" + word + " < " + d.origin().of(here);
                        })
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"stg_$0orders\")       | models/stg_orders.py:model < stg_orders",
                "x = dbt.ref(\"stg_orders$0\")       | models/stg_orders.py:model < stg_orders",
                "x = dbt.ref(\"stg_cus$0tomers\")    | models/stg_customers.sql:select <"
                        + " stg_customers",
                "x = dbt.ref(\"co$0des\")            | seeds/codes.csv:code < codes",
                "x = dbt.source(\"ops\", \"or$0ders\") | models/sources.yml:orders < orders",
                "x = dbt.source(\"o$0ps\", \"orders\") | models/sources.yml:orders < ops",
                "x = session.sql(\"from __model__stg_$0orders\") | models/stg_orders.py:model <"
                        + " __model__stg_orders",
                "x = session.sql(\"from ops__cus$0tomers\") | models/sources.yml:customers <"
                        + " ops__customers",
            })
    void leadsTo(String line, String expected) {
        assertThat(
                        at(
                                "models/here.py",
                                "def model(dbt, session):\n    " + line + "\n    return x\n"))
                .containsExactly(expected);
    }

    @Test
    void leadsFromSqlModels() {
        assertThat(at("models/here.sql", "select * from {{ ref('stg_$0orders') }}\n"))
                .containsExactly("models/stg_orders.py:model < stg_orders");
        assertThat(at("models/here.sql", "select * from {{ source('ops', 'cust$0omers') }}\n"))
                .containsExactly("models/sources.yml:customers < customers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = dbt.re$0f('stg_orders')",
                "x = dbt.ref('no_$0where')",
                "x = 's$0tg_orders'"
            })
    void leadsNowhere(String line) {
        assertThat(
                        at(
                                "models/here.py",
                                "def model(dbt, session):\n    " + line + "\n    return x\n"))
                .isEmpty();
    }

    @Test
    void aLoopLeadsToEachOfItsItems() {
        assertThat(
                        at(
                                "models/here.py",
                                """
                                def model(dbt, session):
                                    return [dbt.ref(n$0) for n in ["stg_orders", "codes"]]
                                """))
                .containsExactly("models/stg_orders.py:model < n", "seeds/codes.csv:code < n");
    }

    @Test
    void hoverTellsOfTheNode() {
        Workspace workspace =
                Workspace.of(
                        PROJECT
                                + """
                                //- models/here.py
                                def model(dbt, session):
                                    return dbt.source("ops", "or$0ders")
                                """);
        Workspace.Cursor cursor = workspace.cursor();
        assertThat(Definition.hover(workspace.manifest(), cursor.file(), cursor.offset()))
                .hasValueSatisfying(
                        hover ->
                                assertThat(hover.markdown())
                                        .contains(
                                                "**ops.orders**",
                                                "source in `models/sources.yml`",
                                                "One row an order."));
    }

    @Test
    void lensesStandOverTheModelFunction() {
        Workspace workspace = Workspace.of(PROJECT);
        List<Lens> lenses = Lens.of(workspace.manifest(), workspace.path("models/stg_orders.py"));
        assertThat(lenses)
                .extracting(Lens::title, Lens::select)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Run", List.of("stg_orders")),
                        org.assertj.core.groups.Tuple.tuple(
                                "Run with upstream", List.of("+stg_orders")));
        assertThat(lenses.get(0).span().of(workspace.text("models/stg_orders.py")))
                .isEqualTo("model");
        assertThat(Lens.of(workspace.manifest(), workspace.path("models/stg_customers.sql")))
                .extracting(lens -> lens.span().start())
                .containsExactly(0, 0);
    }
}
