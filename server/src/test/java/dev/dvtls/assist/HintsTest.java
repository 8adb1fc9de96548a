package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.assist.outline.Source;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
    private static final String PROJECT =
            """
            //- models/wide.sql
            select 1
            //- models/unknown.sql
            select 1
            //- models/one.sql
            select 1
            //- models/many.sql
            select 1
            //- models/about.sql
            select 1
            //- models/wide.yml
            models:
              - name: wide
                columns: [{name: a}, {name: b}, {name: c}, {name: d}]
            """;

    private static final NodeFacts FACTS =
            KnownFacts.cached("model.shop.one", 1, "id", "BIGINT")
                    .andCached(
                            "model.shop.many",
                            1_234_567,
                            "id",
                            "BIGINT",
                            CachedRelation.Part.Kind.BASE)
                    .andUpserts("model.shop.about", 12);

    /** The text with its hints in {@code «»}. */
    private static String shown(String project, String file, String text) {
        Workspace workspace = Workspace.of(PROJECT + project + "//- " + file + "\n" + text);
        Manifest manifest = workspace.manifest();
        String written = workspace.text(file);
        Source source = Source.of(manifest, workspace.path(file), written, LineIndex.of(written));
        StringBuilder out = new StringBuilder(written);
        Hints.of(manifest, source, new Span(0, written.length()), FACTS).stream()
                .sorted((a, b) -> b.offset() - a.offset())
                .forEach(h -> out.insert(h.offset(), "«" + h.label() + "»"));
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dbt.ref('one').df()|dbt.ref('one')«1 row».df()",
                "dbt.ref('many')|dbt.ref('many')«1,234,567 rows»",
                "dbt.ref('wide')|dbt.ref('wide')«a, b, c, +1»",
                "dbt.ref('about')|dbt.ref('about')«id»",
                "dbt.ref('unknown')|dbt.ref('unknown')",
                "dbt.ref('nowhere')|dbt.ref('nowhere')",
                "[dbt.ref(n) for n in ['one', 'many']]|[dbt.ref(n) for n in ['one', 'many']]",
                "session.sql('from __model__one')|session.sql('from __model__one«1 row»')",
                "dbt.ref('one|dbt.ref('one«1 row»",
            })
    void ofWhatIsRead(String code, String expected) {
        assertThat(shown("", "models/m.py", "def model(dbt, session):\n    x = " + code))
                .isEqualTo("def model(dbt, session):\n    x = " + expected);
    }

    @Test
    void ofAMaterializationFromElsewhere() {
        String properties =
                """
                //- models/p.yml
                models:
                  - name: m
                    config:
                      materialized: incremental
                """;
        assertThat(shown(properties, "models/m.py", "def model(dbt, session) -> int:\n  return 1"))
                .isEqualTo("def model(dbt, session) -> int:«incremental»\n  return 1");
        assertThat(shown(properties, "models/m.sql", "select 1"))
                .isEqualTo("«incremental»select 1");
        assertThat(shown("", "models/m.sql", "select 1")).isEqualTo("select 1");
        String own = "def model(dbt, session):\n  dbt.config(materialized='incremental')\n";
        assertThat(shown(properties, "models/m.py", own)).isEqualTo(own);
    }

    @Test
    void ofAMaterializationOfTheProjectFile() {
        String project =
                """
                //- dbt_project.yml
                name: shop
                profile: shop
                models:
                  shop:
                    marts:
                      +materialized: incremental
                """;
        String text = "def model(dbt, session):\n  return 1";
        assertThat(shown(project, "models/marts/m.py", text))
                .isEqualTo("def model(dbt, session):«incremental»\n  return 1");
        assertThat(shown(project, "models/marts/m.sql", "select 1"))
                .isEqualTo("«incremental»select 1");
        assertThat(shown(project, "models/m.py", text)).isEqualTo(text);
    }

    @Test
    void onlyOfThePartThatIsSeen() {
        Workspace workspace =
                Workspace.of(
                        PROJECT
                                + "//- models/m.sql\n"
                                + "{{ ref('one') }}\n{{ ref('many') }}\n{{ ref('wide') }}\n");
        Manifest manifest = workspace.manifest();
        String text = workspace.text("models/m.sql");
        Source source =
                Source.of(manifest, workspace.path("models/m.sql"), text, LineIndex.of(text));
        int second = text.indexOf('\n') + 1;
        Span part = new Span(second, text.indexOf('\n', second));
        assertThat(Hints.of(manifest, source, part, FACTS))
                .extracting(Hint::label)
                .containsExactly("1,234,567 rows");
    }
}
