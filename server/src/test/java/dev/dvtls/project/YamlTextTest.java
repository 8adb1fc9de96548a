package dev.dvtls.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static final Path FILE = Path.of("/p/x.yml");

    private static Map<String, Object> plain(String text) {
        YamlText.Result result = YamlText.read(FILE, text);
        assertThat(result.problems()).isEmpty();
        return result.root().orElseThrow().plainMap();
    }

    @Test
    void readsValuesAsPyYamlDoes() {
        assertThat(
                        plain(
                                """
                                a: yes
                                b: 010
                                c: 1.5
                                d: ~
                                e: null
                                f: '1'
                                g: 2024-01-02
                                h: [1, x]
                                i: {k: off}
                                j: 99999999999999999999
                                k: 1_000
                                l:
                                """))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("a", true),
                                Map.entry("b", 8L),
                                Map.entry("c", 1.5),
                                Map.entry("d", YamlNull.NULL),
                                Map.entry("e", YamlNull.NULL),
                                Map.entry("f", "1"),
                                Map.entry("g", "2024-01-02"),
                                Map.entry("h", List.of(1L, "x")),
                                Map.entry("i", Map.of("k", false)),
                                Map.entry("j", "99999999999999999999"),
                                Map.entry("k", 1000L),
                                Map.entry("l", YamlNull.NULL)));
    }

    @Test
    void followsAnchorsAndMerges() {
        assertThat(plain("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: *x\n"))
                .containsEntry("b", Map.of("p", 1L, "q", 3L))
                .containsEntry("c", Map.of("p", 1L, "q", 2L));
        assertThat(plain("a: &x [*x]\nb: &y {<<: *y, k: 1}\n")).containsKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema: \"{{ env_var('X') }}\"",
                "schema: {{ env_var('X') }}",
                "schema: {{ env_var('X') }}_raw",
                "schema: pre_{{ env_var(\"X\", 'a: b') }}",
                "schema: \"{{ env_var(\"X\") }}\"",
                "schema: {{ var('x', {'a': 1}) }}",
                "{% if x %}\nschema: {{ a }}\n{% endif %}\n{# note: [ #}",
            })
    void templatesAreUnknownNotWrong(String text) {
        Object schema = plain(text).getOrDefault("schema", "");
        assertThat(YamlNode.isTemplate(schema)).as("%s", schema).isTrue();
    }

    @Test
    void placesAreInUtf16() {
        String text = "\uFEFFx: 'é😀'\r\nname: \"orders\"  # c\r\n";
        YamlNode root = YamlText.read(FILE, text).root().orElseThrow();
        assertThat(root.at("name").orElseThrow().span().of(text)).isEqualTo("\"orders\"");
        assertThat(root.at("x").orElseThrow().string()).contains("é😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1",
                "a:\n\t- b",
                "a: 'x",
                "a: b: c",
                "- a\nb: c",
                "a: \u0000",
                "a: *no"
            })
    void errorsHaveAPlace(String text) {
        YamlText.Result result = YamlText.read(FILE, text);
        assertThat(result.root()).isEmpty();
        assertThat(result.problems())
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.message()).startsWith("Not valid YAML: ").endsWith(".");
                            assertThat(p.line()).isPositive();
                            assertThat(p.column()).isPositive();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment", "---\n", "\uFEFF"})
    void nothingIsNothing(String text) {
        assertThat(YamlText.read(FILE, text).problems()).isEmpty();
    }

    /** Aliases of aliases: 10 to the 9th leaves when written out. */
    @Test
    void manyAliasesAreReadOnce() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            text.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(",", java.util.Collections.nCopies(10, before))));
        }
        YamlText.Result result = YamlText.read(FILE, text.toString());
        assertThat(result.problems()).hasSize(1).first().asString().contains("aliases");
    }
}
