package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code has its page, and the index knows it. */
class RulePagesTest {
    private static final Path PAGES = Path.of("../docs/rules");

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeHasAPage(Code code) throws IOException {
        String page = Files.readString(PAGES.resolve(code.id() + ".md"));
        assertThat(page)
                .startsWith("# " + code.id() + ": " + code.title() + "\n")
                .contains("Severity: " + code.severity().name().toLowerCase(java.util.Locale.ROOT))
                .contains(
                        "\n## What it means\n",
                        "\n## Example\n",
                        "\n## How to fix\n",
                        "\n## How to silence\n");
        assertThat(Files.readString(PAGES.resolve("README.md")))
                .contains("| [" + code.id() + "](" + code.id() + ".md) | " + code.title() + " |");
    }

    @Test
    void everyPageHasACode() throws IOException {
        List<String> codes = Stream.of(Code.values()).map(c -> c.id() + ".md").toList();
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(p -> p.getFileName().toString()))
                    .filteredOn(name -> !name.equals("README.md"))
                    .containsExactlyInAnyOrderElementsOf(codes);
        }
    }
}
