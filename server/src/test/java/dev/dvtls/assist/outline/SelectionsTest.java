package dev.dvtls.assist.outline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionsTest {
    /** The steps, smallest first, the whole file left out. */
    private static List<String> steps(String file, String text) {
        Texts.Text at = Texts.of(file, text);
        List<Span> spans = Selections.at(at.source(), at.cursor());
        assertThat(spans.get(spans.size() - 1)).isEqualTo(new Span(0, at.source().text().length()));
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).encloses(spans.get(i - 1))).isTrue();
            assertThat(spans.get(i).length()).isGreaterThan(spans.get(i - 1).length());
        }
        return spans.subList(0, spans.size() - 1).stream()
                .map(s -> s.of(at.source().text()).replace("\n", "¶"))
                .toList();
    }

    @Test
    void inPython() {
        assertThat(
                        steps(
                                "models/m.py",
                                "def model(dbt, session):¶  x = f(1, dbt.ref(\"a-b$0c\"), 2).df()¶"
                                        + "  return x¶"))
                .containsExactly(
                        "bc",
                        "a-bc",
                        "\"a-bc\"",
                        "(\"a-bc\")",
                        "dbt.ref(\"a-bc\")",
                        "1, dbt.ref(\"a-bc\"), 2",
                        "(1, dbt.ref(\"a-bc\"), 2)",
                        "f(1, dbt.ref(\"a-bc\"), 2)",
                        "f(1, dbt.ref(\"a-bc\"), 2).df",
                        "f(1, dbt.ref(\"a-bc\"), 2).df()",
                        "x = f(1, dbt.ref(\"a-bc\"), 2).df()",
                        "x = f(1, dbt.ref(\"a-bc\"), 2).df()¶  return x",
                        "def model(dbt, session):¶  x = f(1, dbt.ref(\"a-bc\"), 2).df()¶  return"
                                + " x");
    }

    @Test
    void inSqlOfAString() {
        assertThat(
                        steps(
                                "models/m.py",
                                "def model(dbt, session):¶  return session.sql('from"
                                        + " __model__co$0des where 1')¶"))
                .startsWith(
                        "codes",
                        "__model__codes",
                        "from __model__codes where 1",
                        "'from __model__codes where 1'",
                        "('from __model__codes where 1')",
                        "session.sql('from __model__codes where 1')",
                        "return session.sql('from __model__codes where 1')");
    }

    @Test
    void inSql() {
        assertThat(
                        steps(
                                "models/m.sql",
                                "{% if x %}¶with a as (¶  select * from {{ ref('co$0des') }}¶)¶"
                                        + "{% endif %}¶select 1"))
                .containsExactly(
                        "codes",
                        "ref('codes')",
                        "{{ ref('codes') }}",
                        "select * from {{ ref('codes') }}",
                        "(¶  select * from {{ ref('codes') }}¶)",
                        "a as (¶  select * from {{ ref('codes') }}¶)",
                        "with a as (¶  select * from {{ ref('codes') }}¶)",
                        "{% if x %}¶with a as (¶  select * from {{ ref('codes') }}¶)",
                        "{% if x %}¶with a as (¶  select * from {{ ref('codes') }}¶)¶{% endif %}");
    }

    @Test
    void inYaml() {
        assertThat(
                        steps(
                                "models/p.yml",
                                "models:¶  - name: a¶    columns:¶      - name: \"x$0 y\"¶"
                                        + "        type: int¶  - name: b¶"))
                .containsExactly(
                        "x",
                        "\"x y\"",
                        "name: \"x y\"",
                        "name: \"x y\"¶        type: int",
                        "- name: \"x y\"¶        type: int",
                        "columns:¶      - name: \"x y\"¶        type: int",
                        "name: a¶    columns:¶      - name: \"x y\"¶        type: int",
                        "- name: a¶    columns:¶      - name: \"x y\"¶        type: int",
                        "- name: a¶    columns:¶      - name: \"x y\"¶        type: int¶  - name:"
                                + " b",
                        "models:¶  - name: a¶    columns:¶      - name: \"x y\"¶        type: int¶"
                                + "  - name: b");
    }

    @Test
    void inBrokenText() {
        assertThat(steps("models/m.py", "def model(dbt, session):¶    x = dbt.ref(\"a$0"))
                .startsWith("a");
        assertThat(steps("models/p.yml", "models:¶  - name: [a$0¶    b: {")).contains("name: [a");
        assertThat(steps("models/m.py", "$0")).isEmpty();
        assertThat(steps("models/m.py", "ä𝒳$0z = 1")).startsWith("ä𝒳z");
    }
}
