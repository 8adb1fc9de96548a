package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Right models in the styles that people write them in, with nothing wrong: nothing is said. */
class StylesTest {
    private static final ProjectManifest PROJECT = ProjectLoader.load(Styles.ROOT);

    /** What is rightly said, each with the reason. */
    private static final List<String> EXPECTED =
            List.of(
                    // People who come from Spark call it so; it runs, and the hint says that.
                    "models/warehouse/spark_session_name.py 1:16-1:21 hint session-name",
                    // The model names every key there is, this one for nothing.
                    "models/settings/every_literal.py 19:9-19:25 hint unused-config",
                    // References that we follow and dbt's own reading loses.
                    "models/bytes/tabs.py 10:25-10:35 hint lost-ref",
                    "models/frames/aliases.py 5:28-5:59 hint lost-ref",
                    "models/frames/aliases.py 5:28-5:59 hint lost-ref",
                    "models/frames/aliases.py 6:20-6:29 hint lost-ref",
                    "models/frames/aliases.py 7:31-7:39 hint lost-ref",
                    "models/frames/loader_class.py 31:30-31:43 hint lost-ref",
                    "models/frames/loader_class.py 38:32-38:42 hint lost-ref",
                    "models/frames/refs_chosen.py 4:53-4:63 hint lost-ref",
                    "models/language/globals_and_closures.py 30:50-30:60 hint lost-ref",
                    "models/language/globals_and_closures.py 31:49-31:59 hint lost-ref",
                    "models/language/property_and_descriptor.py 22:31-22:41 hint lost-ref",
                    "models/language/property_and_descriptor.py 30:31-30:40 hint lost-ref",
                    "models/learning/sklearn_pipeline.py 32:22-32:32 hint lost-ref");

    @Test
    void nothingIsSaid() {
        assertThat(Styles.problems(PROJECT))
                .map(said -> String.join(" ", List.of(said.split(" ")).subList(0, 4)))
                .containsExactlyInAnyOrderElementsOf(EXPECTED);
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(models()).hasSizeGreaterThanOrEqualTo(130);
        assertThat(models().stream().map(n -> n.file().getParent()).distinct())
                .hasSizeGreaterThanOrEqualTo(8);
    }

    /** Silence is worth something only where the upstreams were seen. */
    @Test
    void whatTheyReadIsKnown() throws IOException {
        String found = models().stream().map(StylesTest::reads).collect(Collectors.joining());
        Path known = Cases.folder("styles").resolve("reads.txt");
        if (Boolean.getBoolean("fixtures.update")) {
            Files.writeString(known, found);
        }
        assertThat(found).isEqualTo(Files.readString(known));
    }

    private static String reads(Node model) {
        String upstream =
                model.dependsOn().stream()
                        .map(id -> id.replaceFirst("^(model|seed|source)\\.(styles\\.)?", ""))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return model.name() + ": " + (upstream.isEmpty() ? "nothing" : upstream) + "\n";
    }

    private static List<Node> models() {
        return PROJECT.files().stream()
                .filter(f -> f.path().toString().endsWith(".py"))
                .flatMap(f -> PROJECT.nodeOf(f.path()).stream())
                .sorted(java.util.Comparator.comparing(Node::file))
                .toList();
    }
}
