package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LensTest {
    private static final String MODEL =
            "import os\n\n\ndef model(dbt, session):\n    return dbt.ref(\"codes\")\n";
    private static final Workspace WORKSPACE =
            Workspace.of(
                    "//- models/m.py\n"
                            + MODEL
                            + """
                            //- models/out.sql
                            select * from {{ ref('m') }}
                            //- models/part.sql
                            {{ config(materialized='ephemeral') }} select 1
                            //- seeds/codes.csv
                            id
                            """);

    private static List<String> titles(String file, Set<Lens.Kind> wanted, NodeFacts facts) {
        ProjectManifest manifest = WORKSPACE.manifest();
        return Lens.place(manifest, WORKSPACE.path(file))
                .map(at -> Lens.of(manifest, WORKSPACE.path(file), at, wanted, facts))
                .orElse(List.of())
                .stream()
                .map(lens -> lens.title() + " " + lens.select())
                .toList();
    }

    @Test
    void tellsOfTheModel() {
        assertThat(
                        titles(
                                "models/m.py",
                                EnumSet.allOf(Lens.Kind.class),
                                KnownFacts.succeeded("model.shop.m", 12345)))
                .containsExactly(
                        "Run [m]",
                        "Run with upstream [+m]",
                        "Preview [m]",
                        "Debug [m]",
                        "1 upstream, 1 downstream [m]",
                        "Last run 11:00: 12,345 rows, 2.1 s [m]");
    }

    @Test
    void showsTheWantedOnesOnly() {
        assertThat(titles("models/out.sql", EnumSet.of(Lens.Kind.PREVIEW), KnownFacts.NONE))
                .containsExactly("Preview [out]");
        assertThat(titles("models/out.sql", EnumSet.of(Lens.Kind.DEBUG), KnownFacts.NONE))
                .as("nothing to step through")
                .isEmpty();
        assertThat(titles("models/out.sql", Set.of(), KnownFacts.NONE)).isEmpty();
        assertThat(titles("models/out.sql", EnumSet.of(Lens.Kind.LAST_RUN), KnownFacts.NONE))
                .as("never run")
                .isEmpty();
        assertThat(titles("models/part.sql", EnumSet.allOf(Lens.Kind.class), KnownFacts.NONE))
                .as("nothing to run")
                .containsExactly("0 upstream, 0 downstream [part]");
        assertThat(titles("seeds/codes.csv", EnumSet.allOf(Lens.Kind.class), KnownFacts.NONE))
                .isEmpty();
    }

    @Test
    void aLongErrorIsCutShort() {
        String message = "x😀".repeat(100) + "\nsecond line";
        assertThat(
                        titles(
                                "models/m.py",
                                EnumSet.of(Lens.Kind.LAST_RUN),
                                KnownFacts.failed("model.shop.m", "DVT126", message)))
                .singleElement()
                .asString()
                .startsWith("Failed 2026-05-04 12:00: DVT126 x😀")
                .doesNotContain("second")
                .hasSizeLessThan(180)
                .endsWith("… [m]");
    }

    /** Where the lens stands in the later text, as {@code words after it}. */
    private static Optional<String> kept(String now) {
        ProjectManifest before = WORKSPACE.manifest();
        Span stood = Lens.place(before, WORKSPACE.path("models/m.py")).orElseThrow();
        ProjectManifest after = before.withText(WORKSPACE.path("models/m.py"), now);
        assertThat(Lens.place(after, WORKSPACE.path("models/m.py"))).isEmpty();
        return Lens.kept(after, WORKSPACE.path("models/m.py"), MODEL, stood)
                .map(span -> now.substring(span.start()).split("\\R", 2)[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "def mod(dbt, session):           | mod(dbt, session):",
                "def (dbt, session):              | (dbt, session):",
                "def                              | def",
                "def model_(dbt, session):        | model_(dbt, session):",
            })
    void staysWhileTheNameIsEdited(String line, String expected) {
        String now = MODEL.replace("def model(dbt, session):", line.strip());
        assertThat(kept(now)).hasValueSatisfying(after -> assertThat(line).endsWith(after.strip()));
        assertThat(now.lines().toList().get(3)).isEqualTo(line.strip());
    }

    @Test
    void staysOnItsLineWhenLinesAreAddedAboveAndTheTextIsBroken() {
        assertThat(kept("import os\nimport (\n\n\ndef mode(dbt, session):\n"))
                .hasValueSatisfying(after -> assertThat(after).contains("mode"));
    }

    @Test
    void goesWithTheFunction() {
        assertThat(kept("import os\n\n\nx = 1\n")).isEmpty();
    }
}
