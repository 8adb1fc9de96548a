package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlText;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definition of hooks that pre-commit reads out of this repository. */
class PreCommitHooksTest {
    private static final Path DEFINITION = Path.of("../.pre-commit-hooks.yaml");
    private static final String WRONG =
            "//- models/m.py\ndef model():\n    return dbt.ref('nope')\n";

    static Stream<YamlNode> hooks() throws IOException {
        YamlText.Result yaml = YamlText.read(DEFINITION, Files.readString(DEFINITION));
        assertThat(yaml.problems()).isEmpty();
        return ((YamlNode.Sequence) yaml.root().orElseThrow()).items().stream();
    }

    private static String text(YamlNode hook, String key) {
        return hook.at(key).flatMap(YamlNode::string).orElse("");
    }

    /** The command as pre-commit runs it, but for the program's name. */
    private static CheckRuns.Ran run(YamlNode hook, Workspace workspace) {
        List<String> words = new ArrayList<>(List.of(text(hook, "entry").split(" ")));
        assertThat(words.subList(0, 2)).containsExactly("dvt-ls", "check");
        assertThat(text(hook, "pass_filenames")).isEqualTo("false");
        List<Object> arguments = new ArrayList<>(words.subList(2, words.size()));
        arguments.add(workspace.root());
        return CheckRuns.run(arguments.toArray());
    }

    @Test
    void theyAreThoseOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/checking.md"));
        assertThat(hooks().map(hook -> text(hook, "id"))).containsExactly("dvt-check", "dvt-fix");
        assertThat(page).contains("id: dvt-check", "dvt-fix");
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void eachIsWhole(YamlNode hook) {
        for (String key : List.of("id", "name", "description", "entry", "files")) {
            assertThat(text(hook, key)).as(key).isNotEmpty();
        }
        assertThat(text(hook, "language")).isEqualTo("system");
        assertThat(
                        "models/a.py models/b.sql seeds/c.csv models/s.yml dbt_project.yaml dvt.toml"
                                .split(" "))
                .allMatch(file -> file.matches(".*" + text(hook, "files")));
        assertThat("README.md models/a.pyc data/x.parquet".split(" "))
                .noneMatch(file -> file.matches(".*" + text(hook, "files")));
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void eachFailsOnAnErrorAndPassesWithout(YamlNode hook) {
        CheckRuns.Ran ran = run(hook, Workspace.of(WRONG));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("DVT120", "models/m.py");
        Workspace right =
                Workspace.of("//- models/m.py\ndef model(dbt, session):\n    return dbt.this\n");
        assertThat(run(hook, right).code()).isZero();
    }

    @Test
    void onlyTheOneThatFixesWrites() throws IOException {
        for (YamlNode hook : hooks().toList()) {
            Workspace workspace = Workspace.of(WRONG);
            run(hook, workspace);
            assertThat(workspace.text("models/m.py").contains("def model(dbt, session)"))
                    .as(text(hook, "id"))
                    .isEqualTo(text(hook, "id").equals("dvt-fix"));
        }
    }
}
