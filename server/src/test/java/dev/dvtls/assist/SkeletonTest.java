package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void asPlainTextEachIsAModelWithNothingWrong(int index) {
        String text = in("$0").after(ALL.get(index));
        assertThat(text).doesNotContain("${").doesNotContainPattern("\\$\\d");
        Workspace workspace = Workspace.of(PROJECT);
        Path file = workspace.path("models/fresh.py");
        ProjectManifest manifest = workspace.manifest().withText(file, text);
        assertThat(Checker.check(manifest, file)).extracting(Problem::message).isEmpty();
        assertThat(manifest.nodeOf(file)).isPresent();
    }
}
