package dev.dvtls.assist.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    /** {@code text:type.modifier}. */
    private static List<String> tokens(String file, String text) {
        Texts.Text at = Texts.of(file, text);
        List<Token> tokens = Tokens.of(at.manifest(), at.source());
        for (int i = 1; i < tokens.size(); i++) {
            assertThat(tokens.get(i).span().start())
                    .isGreaterThanOrEqualTo(tokens.get(i - 1).span().end());
        }
        return tokens.stream()
                .map(
                        t ->
                                t.span().of(at.source().text())
                                        + ":"
                                        + t.type().name().toLowerCase(Locale.ROOT)
                                        + t.modifiers().stream()
                                                .map(m -> "." + m.name().toLowerCase(Locale.ROOT))
                                                .sorted()
                                                .collect(Collectors.joining()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = dbt.ref(\"stg_orders\") | stg_orders:class.model",
                "x = dbt.ref('shop', 'codes') | shop:namespace.package codes:class.seed",
                "x = dbt.ref(\"nowhere\") | nowhere:class.missing",
                "x = dbt.source(\"ops\", \"orders\") | ops:namespace.source orders:class.source",
                "dbt.config(materialized=\"table\", tags=[]) | materialized:property tags:property",
                "x = session.sql(\"select a.end from __model__codes\") | select:keyword"
                        + " from:keyword __model__codes:class.seed",
                "x = session.sql(\"SELECT 'from' -- where\") | SELECT:keyword",
                "x = session.sql(\"select 1 from ops__orders, my__own\") | select:keyword"
                        + " from:keyword ops__orders:class.source",
                "x = session.sql(f\"select {x} from {y}__z\") | select:keyword from:keyword",
                "x = session.sql(\"sel\" \"ect 1 from a\") | from:keyword",
                "x = session.sql(\"\\x66rom a where b\") | where:keyword",
                "x = session.table(\"table\") | ``",
                "n = \"codes\"; x = dbt.ref(n) | ``",
                "x = dbt.ref(\"co\" \"des\") | ``",
            })
    void inPython(String line, String expected) {
        assertThat(
                        String.join(
                                " ",
                                tokens(
                                        "models/m.py",
                                        "def model(dbt, session):\n    " + line + "\n")))
                .isEqualTo(expected);
    }

    @Test
    void inTextOverSeveralLines() {
        assertThat(
                        tokens(
                                "models/m.py",
                                "def model(dbt, session):\r\n    return session.sql('''\r\n"
                                        + "select '😀'\r\nfrom __model__codes'''"))
                .containsExactly("select:keyword", "from:keyword", "__model__codes:class.seed");
    }

    @Test
    void inSqlModels() {
        assertThat(
                        tokens(
                                "models/m.sql",
                                "{{ config(tags=['a']) }} select * from {{ ref('stg_orders') }},"
                                        + " {{ source('ops', 'lost') }}"))
                .containsExactly(
                        "tags:property",
                        "stg_orders:class.model",
                        "ops:namespace.source",
                        "lost:class.missing");
    }

    @Test
    void elsewhereNothing() {
        assertThat(tokens("models/p.yml", "models:\n  - name: codes\n")).isEmpty();
        assertThat(tokens("helpers.py", "dbt.ref('codes')\n")).isEmpty();
    }
}
