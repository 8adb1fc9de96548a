package dev.dvtls.assist.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FoldsTest {
    /** {@code first-last kind}, lines from 1, as an editor of whole lines folds. */
    private static List<String> lines(String file, String text) {
        return Folds.lines(Texts.of(file, text).source()).stream()
                .map(f -> (f.first() + 1) + "-" + (f.last() + 1) + kind(f.kind()))
                .toList();
    }

    private static String kind(Fold.Kind kind) {
        return kind == Fold.Kind.CODE ? "" : " " + kind.name().toLowerCase(Locale.ROOT);
    }

    /** What is hidden, for editors that fold characters. */
    private static List<String> hidden(String file, String text) {
        Source source = Texts.of(file, text).source();
        return Folds.of(source).stream()
                .map(f -> f.hidden().of(source.text()).replace("\n", "¶"))
                .toList();
    }

    private static final String MODEL =
            """
            \"\"\"What it does.

            And more.
            \"\"\"
            import os
            import sys

            # One
            # two.
            def model(
                dbt,
                session,
            ):
                # region prepare
                x = session.sql(
                    \"\"\"
                    select 1
                    \"\"\"
                ).df()
                # endregion
                if x:  # why: because
                    # first

                    y = [
                        1, 2]
                elif os:
                    pass
                else:
                    return {
                        1: 2,
                    }

                try:
                    z = 1
                except KeyError:
                    z = 2

                return x
            """;

    @Test
    void ofPython() {
        assertThat(lines("models/m.py", MODEL))
                .containsExactly(
                        "1-4 comment",
                        "5-6 imports",
                        "8-9 comment",
                        "10-12",
                        "13-38",
                        "14-20 region",
                        "15-18",
                        "16-17",
                        "21-25",
                        "24-25",
                        "26-27",
                        "28-31",
                        "29-30",
                        "33-34",
                        "35-36");
    }

    @Test
    void ofWindowsLinesAndTabs() {
        assertThat(lines("models/m.py", "def model(dbt, session):\r\n\tx = '😀'\r\n\treturn x\r\n"))
                .containsExactly("1-3");
    }

    @Test
    void ofUnfinishedPython() {
        assertThat(
                        lines(
                                "models/m.py",
                                "def helper():\n    x = (\n    return 1\n\n"
                                        + "def model(dbt, session):\n    y = [\n        1,\n    ]\n"
                                        + "    dbt.ref(\"\"\"\n"))
                .contains("6-7");
        assertThat(lines("models/m.py", "def model(dbt, session):\n    return (\n        1"))
                .containsExactly("1-3");
    }

    @Test
    void charactersToo() {
        assertThat(hidden("models/m.py", "def f(x):\n    return [\n        1\n    ]\n"))
                .containsExactly("¶    return [¶        1¶    ]", "¶        1¶    ");
    }

    @Test
    void ofSql() {
        assertThat(
                        lines(
                                "models/m.sql",
                                """
                                {{ config(
                                    tags=['a']
                                ) }}
                                -- a
                                -- b
                                with a as (
                                    select ')' as x
                                )
                                {% set y = 1 %}
                                {% if a %}
                                    select 1
                                {% elif b %}
                                    {% for x in y %}
                                    select 2
                                    {% endfor %}
                                {% else %}
                                    select 3
                                {% endif %}
                                {#
                                  note (
                                #}
                                /* one
                                   two */
                                {% macro open() %}
                                """))
                .containsExactly(
                        "1-2",
                        "4-5 comment",
                        "6-7",
                        "10-11",
                        "12-15",
                        "13-14",
                        "16-17",
                        "19-23 comment");
    }

    @Test
    void ofYaml() {
        assertThat(
                        lines(
                                "models/p.yml",
                                """
                                # a
                                # b
                                version: 2
                                models:
                                - name: a
                                  description: |
                                    One
                                    two

                                - name: b
                                  columns:
                                    - name: x
                                      tests: [
                                # c
                                sources:
                                  - name: s
                                """))
                .containsExactly(
                        "1-2 comment", "4-13", "5-8", "6-8", "10-13", "11-13", "12-13", "15-16");
    }
}
