package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.Age;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CachedRelation.Column;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
    private static Preview rows(String... names) {
        return new Preview(
                List.of(new Column("name", "VARCHAR"), new Column("n", "BIGINT")),
                java.util.Arrays.stream(names)
                        .map(n -> List.of(Optional.of(n), Optional.of("" + n.length())))
                        .toList());
    }

    @Test
    void alignsWideGlyphsAndMarks() {
        assertThat(Rows.table(rows("東京", "a\u0301b", "🚀x", "plain")))
                .isEqualTo(
                        """
                        name   n
                        -----  -
                        東京   2
                        a\u0301b     3
                        🚀x    3
                        plain  5
                        """);
    }

    @Test
    void keepsARowOnItsLineAndTheTerminalAsItIs() {
        assertThat(Rows.table(rows("a\nb\tc\u001b[31m")))
                .contains("a\\nb\\tc\\x1b[31m")
                .doesNotContain("\u001b");
    }

    @Test
    void cutsLongCells() {
        assertThat(Rows.table(rows("x".repeat(100)))).contains("x".repeat(39) + "…  100");
        assertThat(DisplayWidth.cut("東京東京", 6)).isEqualTo("東京…");
    }

    @Test
    void showsNullAndNoRows() {
        Preview preview =
                new Preview(
                        List.of(new Column("a", "VARCHAR")), List.of(List.of(Optional.empty())));
        assertThat(Rows.table(preview)).isEqualTo("a\n----\nNULL\n");
        assertThat(Rows.table(rows())).isEqualTo("name  n\n----  -\n");
        assertThat(Rows.json(rows())).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource({"30, 30 s old", "90, 1 min old", "7300, 2 h old", "300000, 3 days old"})
    void saysAnAge(long seconds, String expected) {
        Instant now = Instant.now();
        assertThat(Age.of(now.minusSeconds(seconds), now)).isEqualTo(expected);
    }
}
