package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dvtls.testing.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word that completion offers of the language is explained by hover. */
class HoverWordsTest {
    private static final String HEAD = "def model(dbt, session):\n    ";

    /** What stands before a word, and what behind. */
    private record Around(String file, String before, String after) {
        Stream<Arguments> words() {
            return Completed.in("", Known.MANIFEST, file, before + "$0" + after).labels().stream()
                    .map(word -> arguments(this, word));
        }
    }

    private static final Around MEMBER = new Around("models/m.py", HEAD + "x = dbt.", "\n");
    private static final Around OF_CONFIG =
            new Around("models/m.py", HEAD + "x = dbt.config.", "\n");
    private static final Around OF_THIS = new Around("models/m.py", HEAD + "x = dbt.this.", "\n");
    private static final Around KEY = new Around("models/m.py", HEAD + "dbt.config(", ")\n");
    private static final Around KEY_ASKED =
            new Around("models/m.py", HEAD + "x = dbt.config.get(\"", "\")\n");
    private static final Around KEY_IN_SQL =
            new Around("models/m.sql", "{{ config(", ") }} select 1 as id\n");

    static Stream<Arguments> words() {
        Stream<Arguments> asked = // which are not completed there
                Vocabulary.keys(true).stream().map(key -> arguments(KEY_ASKED, key.name()));
        return Stream.concat(
                Stream.of(MEMBER, OF_CONFIG, OF_THIS, KEY, KEY_IN_SQL).flatMap(Around::words),
                asked);
    }

    @Test
    void thereAreAllOfThem() {
        assertThat(MEMBER.words().map(a -> a.get()[1]))
                .containsExactly("config", "is_incremental", "ref", "source", "this", "var");
        assertThat(OF_CONFIG.words()).hasSize(1);
        assertThat(OF_THIS.words()).hasSize(4);
        List<Object> keys = Vocabulary.keys(true).stream().map(k -> (Object) k.name()).toList();
        for (Around around : List.of(KEY, KEY_IN_SQL)) {
            assertThat(around.words().map(a -> a.get()[1]))
                    .as(around.before())
                    .containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("words")
    void eachIsExplained(Around around, String word) {
        String value = around.before().endsWith("config(") ? "=1" : "";
        String text = around.before() + "$0" + word + value + around.after();
        Workspace workspace = Workspace.of("//- " + around.file() + "\n" + text);
        Workspace.Cursor cursor = workspace.cursor();
        String written = workspace.text(around.file());
        Optional<Hover> hover =
                Hover.at(
                        workspace.manifest(),
                        cursor.file(),
                        written,
                        cursor.offset(),
                        KnownFacts.NONE);
        assertThat(hover.map(h -> h.span().of(written))).hasValue(word);
        assertThat(hover.map(h -> h.page().plain()).orElse(""))
                .matches(page -> page.startsWith(word + " · "), "begins with its type");
    }
}
