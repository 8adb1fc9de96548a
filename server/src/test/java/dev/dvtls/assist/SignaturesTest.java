package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is a line: code with its cursor, and the signature with its active parameter marked. */
class SignaturesTest {
    private static Optional<Signatures> at(String file, String marked) {
        int cursor = marked.indexOf("$0");
        return Signatures.at(file, marked.replace("$0", ""), cursor);
    }

    private static String shown(Signatures signatures) {
        Signatures.Signature signature = signatures.all().get(signatures.active());
        StringBuilder label = new StringBuilder(signature.label());
        signature
                .parameter()
                .ifPresent(
                        i -> {
                            Signatures.Parameter active = signature.parameters().get(i);
                            assertThat(active.span().of(signature.label()))
                                    .isEqualTo(active.name());
                            label.insert(active.span().end(), '>')
                                    .insert(active.span().start(), '<');
                        });
        return label.toString();
    }

    private static String python(String line) {
        return at("models/m.py", "def model(dbt, session):\r\n\t" + line.replace(" ⏎ ", "\r\n\t"))
                .map(SignaturesTest::shown)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dbt.ref($0                                | ref(<model>, v=None)",
                "dbt.ref($0)                               | ref(<model>, v=None)",
                "dbt.ref(\"$0                              | ref(<model>, v=None)",
                "dbt.ref(\"a, b$0\")                       | ref(<model>, v=None)",
                "dbt.ref(\"a\", $0                         | ref(package, <model>, v=None)",
                "dbt.ref(\"p\", \"a$0\")                   | ref(package, <model>, v=None)",
                "dbt.ref($0\"p\", \"a\")                   | ref(<model>, v=None)",
                "dbt.ref(\"a\", v=$0)                      | ref(model, <v=None>)",
                "dbt.ref(\"a\", version=$0                 | ref(model, <v=None>)",
                "dbt.ref(\"p\", \"a\", v=$0                | ref(package, model, <v=None>)",
                "dbt.ref(package=\"p\", name=\"$0          | ref(package, <model>, v=None)",
                "dbt.ref(\"p\", \"a\", $0                  | ref(package, model, v=None)",
                "dbt.ref(x[\"a\", $0                       | ref(<model>, v=None)",
                "x = f(1, dbt.ref(\"a$0\").df(), 2)        | ref(<model>, v=None)",
                "x = dbt.ref(f(1, 2), $0)                  | ref(package, <model>, v=None)",
                "x = dbt.ref({1: 2, 3: 4}, $0)             | ref(package, <model>, v=None)",
                "x = dbt.ref('it''s, 😀', $0               | ref(package, <model>, v=None)",
                "x = dbt.ref(\"\"\"a, ⏎ b\"\"\", $0        | ref(package, <model>, v=None)",
                "x = f\"{dbt.ref('$0')}\"                  | ref(<model>, v=None)",
                "r = dbt.ref ⏎ r($0                        | ref(<model>, v=None)",
                "dbt.source($0                             | source(<source_name>, table_name)",
                "dbt.source(\"ops, x\", \"$0               | source(source_name, <table_name>)",
                "dbt.source(table_name=$0                  | source(source_name, <table_name>)",
                "dbt.source(\"a\", \"b\", $0               | source(source_name, table_name)",
                "dbt.source(wrong=$0                       | source(source_name, table_name)",
                "dbt.var($0                                | var(<name>, default=...)",
                "dbt.var(\"day\", $0                       | var(name, <default=...>)",
                "dbt.var(\"day\", default=$0               | var(name, <default=...>)",
                "dbt.config.get(\"a\", $0                  | get(key, <default=None>)",
            })
    void marksTheParameter(String line, String expected) {
        assertThat(python(line)).isEqualTo(expected);
    }

    @Test
    void configMarksTheKey() {
        assertThat(python("dbt.config(materialized=\"$0")).contains("(<materialized=...>, ");
        assertThat(python("dbt.config(materialized=\"a, b\", tags=[\"x\", \"$0"))
                .contains(", <tags=...>, ");
        assertThat(python("dbt.config( ⏎     materialized=\"table\", ⏎     timeout=$0 ⏎ )"))
                .contains(", <timeout=...>, ");
        assertThat(python("dbt.config($0)"))
                .startsWith("config(materialized=...")
                .doesNotContain("<");
        assertThat(python("dbt.config(own=$0)")).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbt.ref(\"a\")$0",
                "dbt.ref$0",
                "f($0",
                "dbt.ref(f($0",
                "other.ref($0",
                "# dbt.ref($0",
                "x = \"dbt.ref($0",
                "dbt.ref(\"a\").filter($0",
                "dbt.ref( ⏎ return $0",
            })
    void nothingOutsideOfOurCalls(String line) {
        assertThat(python(line)).isEmpty();
    }

    @Test
    void inJinjaToo() {
        assertThat(at("m.sql", "select * from {{ ref('a', $0 }}").map(SignaturesTest::shown))
                .hasValue("ref(package, <model>, v=None)");
        assertThat(at("m.sql", "{{ config(tags=$0) }}").map(SignaturesTest::shown))
                .hasValueSatisfying(label -> assertThat(label).contains("<tags=...>"));
        assertThat(at("m.sql", "select f($0) from {{ ref('a') }}")).isEmpty();
        assertThat(at("m.yml", "ref($0")).isEmpty();
    }
}
