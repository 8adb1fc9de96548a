package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models for new files. */
class SkeletonTest {
    private static final String PROJECT = "//- models/upstream.sql\nselect 1 as id\n";

    private static final List<String> ALL =
            List.of(
                    "def model",
                    "def model: API",
                    "def model: incremental",
                    "def model: paginated API",
                    "def model: polars",
                    "def model: session SQL");

    /** DuckDB's opinion of the SQL counts, too. */
    private static final LocalOutside OUTSIDE =
            LocalOutside.waiting(Optional.empty(), new Machine(Map.of(), "linux", "amd64"));

    private static Completed in(String text) {
        return Completed.in(PROJECT, Known.MANIFEST, "models/fresh.py", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$0",
                "\n\n$0",
                "mo$0",
                "def$0",
                "def mo$0",
                "# a comment\r\nimport pandas as pd\r\n\r\nap$0\r\n",
                "def helper():\n    return 1\n\n$0",
            })
    void aFileWithoutAModelIsOfferedOne(String text) {
        assertThat(in(text).labels()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def model(dbt, session):\n    return 1\n$0",
                "$0\ndef model(dbt, session):\n    return 1\n",
                "def helper():\n    $0",
                "x = $0",
                "import $0",
                "\"\"\"$0",
                "# $0",
                "f($0",
                "$0 = 1",
            })
    void elsewhereNot(String text) {
        assertThat(in(text).labels()).isEmpty();
    }

    @Test
    void theLineIsReplaced() {
        assertThat(in("import os\ndef mo$0\n").after("def model"))
                .isEqualTo(
                        """
                        import os
                        def model(dbt, session):
                            dbt.config(materialized="table")

                            df = dbt.ref("upstream").df()
                            return df

                        """);
        assertThat(in("mo$0").only("def model").snippet())
                .hasValueSatisfying(
                        snippet ->
                                assertThat(snippet).contains("${1:table}", "${2:upstream}", "$0"));
        assertThat(in("import os\r\n$0").after("def model")).contains("session):\r\n    dbt");
    }

    /** What makes each of them what it is called. */
    static Stream<Arguments> contents() {
        return Stream.of(
                arguments("def model", "materialized=\"table\"|dbt.ref(\"upstream\").df()"),
                arguments(
                        "def model: API",
                        "import requests|requests.get(|os.environ[|raise_for_status()|timeout="
                                + "|pd.DataFrame("),
                arguments(
                        "def model: incremental",
                        "materialized=\"incremental\"|unique_key=\"id\"|if dbt.is_incremental:"
                                + "|from {dbt.this}|is not None"),
                arguments(
                        "def model: paginated API",
                        "import requests|while url:|raise_for_status()|rows.extend("
                                + "|url = page.get(|timeout="),
                arguments("def model: polars", "import polars as pl|.pl()|with_columns("),
                arguments("def model: session SQL", "session.sql(|from __model__upstream"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void eachHasWhatItsNameSays(String label, String parts) {
        assertThat(in("$0").after(label)).contains(parts.split("\\|"));
    }

    @Test
    void noneIsForgottenThere() {
        assertThat(contents().map(a -> a.get()[0])).containsExactlyElementsOf(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void asPlainTextEachIsAModelWithNothingWrong(int index) {
        String text = in("$0").after(ALL.get(index));
        assertThat(text).doesNotContain("${").doesNotContainPattern("\\$\\d");
        Workspace workspace = Workspace.of(PROJECT);
        Path file = workspace.path("models/fresh.py");
        ProjectManifest manifest = workspace.manifest().withText(file, text);
        assertThat(manifest.file(file).orElseThrow().problems()).as("syntax").isEmpty();
        assertThat(Checker.check(manifest, file, OUTSIDE)).extracting(Problem::message).isEmpty();
        assertThat(manifest.nodeOf(file)).isPresent();
    }
}
