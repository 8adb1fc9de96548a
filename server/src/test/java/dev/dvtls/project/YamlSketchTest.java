package dev.dvtls.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSketchTest {
    private static String shown(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries().stream()
                    .map(e -> e.key().text() + ": " + shown(e.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream()
                    .map(YamlSketchTest::shown)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return scalar.isPresent() ? scalar.text().strip().replaceAll("\\s+", " ") : "-";
    }

    private static String sketch(String text) {
        return YamlSketch.read(text).map(YamlSketchTest::shown).orElse("");
    }

    private static String real(String text) {
        YamlText.Result result = YamlText.read(Path.of("x.yml"), text);
        assertThat(result.problems()).as(text).isEmpty();
        return result.root().map(YamlSketchTest::shown).orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "a: 1",
                "---\na: 1 # one\nb: 'it''s'\n",
                "models:\n- name: a\n- name: b\nseeds:\n- name: c\n",
                "models:\n  - name: a\n    description: x # y\n  -\n    name: b\n",
                "- - a\n  - b\n- c",
                "a: |\n  b: c\n\n  - d\ne: >-\n    f\n",
                "a:\n  long text\n  over lines\nb: more\n  of it\n",
                "a: \"x: y # z\"\n\"b c\": 'd'\n",
                "a: [b, 'c, d', {e: f, g: [h]}]\nb: {}\nc: []\n",
                "a: [\n  b,\n  c\n]\nd: {e: f,\n   g: h}\n",
                "a: {b: ref('c'), d: 'e'}\n",
                "a: !tag x\nb: http://x.y/z\nc: a:b\n",
                "a:\n\nb:\n  # only this\n",
                "a:\r\n  - b: 1\r\n    c: 2\r\n  - d\r\n",
                "a: \"one\n  two\"\nb: 'three\n\n  four'\n",
                "a: [x, y: z]\n",
            })
    void readsValidYamlAsItIs(String text) {
        assertThat(sketch(text)).isEqualTo(real(text));
        assertThat(sketch(text.replace("\n", "\r\n"))).isEqualTo(real(text));
    }

    @Test
    void readsTheTestWorkspacesAsTheyAre() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("../test-workspaces"))) {
            files = all.filter(f -> f.toString().matches(".*\\.ya?ml")).toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        for (Path file : files) {
            String text = Files.readString(file);
            if (!text.contains("<<:") && YamlText.read(file, text).problems().isEmpty()) {
                assertThat(sketch(text)).as("%s", file).isEqualTo(real(text));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models:⏎  - na                              | {models: [na]}",
                "models:⏎  - na⏎    description: x           | {models: [{na: -, description: x}]}",
                "models:⏎  - name: a⏎    co⏎  - name: b      | {models: [{name: a, co: -}, {name:"
                        + " b}]}",
                "models:⏎  - name: a⏎  na⏎  - name: b        | {models: [{name: a}, na, {name:"
                        + " b}]}",
                "models:⏎  -⏎  - name: b                     | {models: [-, {name: b}]}",
                "models:⏎  - name: 'a⏎    x: y⏎  - name: b   | {models: [{name: a, x: y}, {name:"
                        + " b}]}",
                "models:⏎  - name: \"a⏎  - name: b           | {models: [{name: a}, {name: b}]}",
                "a: [b, c⏎d: e                               | {a: [b, c], d: e}",
                "a: {b: c, d⏎e: f                            | {a: {b: c, d: -}, e: f}",
                "a: {b: [c⏎e: f                              | {a: {b: [c]}, e: f}",
                "a: ]⏎b: c                                   | {a: ], b: c}",
                "config⏎  materialized: table⏎b: c           | {config: {materialized: table}, b:"
                        + " c}",
                "models:⏎  - name: a⏎   x: y⏎  - name: b     | {models: [{name: a}, {name: b}]}",
                "  a: 1⏎b: 2                                 | {a: 1, b: 2}",
                "a: source('b', 'c')                         | {a: source('b', 'c')}",
                "a: {b: source('c', 'd'), e: f}              | {a: {b: source('c', 'd'), e: f}}",
                "a: {{ b }}⏎c: d                             | {a: {{ b }}, c: d}",
                "a: {b: {{ c }}, d: e}                       | {a: {b: {{ c }}, d: e}}",
                "a:⏎\tb: 1                                   | {a: {b: 1}}",
            })
    void goesOnBehindWhatIsUnfinished(String text, String expected) {
        assertThat(sketch(text.replace("⏎", "\n"))).isEqualTo(expected);
        assertThat(sketch(text.replace("⏎", "\r\n"))).isEqualTo(expected);
    }

    @Test
    void spansAreThoseOfTheText() {
        String text = "😀: {b: 'c', d: [e]}\nf:\n  - \"g\" # h\n";
        YamlNode root = YamlSketch.read(text).orElseThrow();
        YamlNode real = YamlText.read(Path.of("x.yml"), text).root().orElseThrow();
        assertThat(spans(root, text)).isEqualTo(spans(real, text)).contains("'c'", "\"g\"");
    }

    private static List<String> spans(YamlNode node, String text) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries().stream()
                    .flatMap(
                            e ->
                                    Stream.concat(
                                            Stream.of(e.key().span().of(text)),
                                            spans(e.value(), text).stream()))
                    .toList();
        } else if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().flatMap(i -> spans(i, text).stream()).toList();
        }
        return List.of(node.span() + " " + node.span().of(text), node.span().of(text));
    }

    @Test
    void anyTextHasAnEnd() {
        String text =
                """
                models:
                  - name: "a"
                    columns: [{name: 'x', tests: [unique]}]
                    config:
                      tags: [a, b]
                    d: |
                      e
                """;
        for (int i = 0; i < text.length(); i++) {
            for (String more : List.of("", "[", "{", "'", "\"", ":", "- ", "]", "\n", "&", "{{")) {
                assertThat(YamlSketch.read(text.substring(0, i) + more + text.substring(i)))
                        .isPresent();
            }
            YamlSketch.read(text.substring(i));
        }
        for (String piece : List.of("- ", "[", "{", "a: ", "{a: ", "[a, ", "'", "\n -")) {
            YamlSketch.read(piece.repeat(20_000));
        }
        YamlSketch.read(" ".repeat(3) + "\n" + "  ".repeat(2_000));
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            deep.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(YamlSketch.read(deep.toString())).isPresent();
    }
}
