package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static final String TEN =
            IntStream.rangeClosed(1, 20).mapToObj(i -> i + "\n").collect(Collectors.joining());

    @Test
    void nothing() {
        assertThat(UnifiedDiff.of("a", TEN, TEN)).isEmpty();
    }

    @Test
    void farChangesAreHunksOfTheirOwn() {
        assertThat(
                        UnifiedDiff.of(
                                "a", TEN, TEN.replace("2\n3\n", "2\nnew\n3\n").replace("19\n", "")))
                .isEqualTo(
                        """
                        --- a/a
                        +++ b/a
                        @@ -1,5 +1,6 @@
                         1
                         2
                        +new
                         3
                         4
                         5
                        @@ -16,5 +17,4 @@
                         16
                         17
                         18
                        -19
                         20
                        """);
    }

    @Test
    void noNewlineAtTheEnd() {
        assertThat(UnifiedDiff.of("a", "x", "y"))
                .isEqualTo(
                        """
                        --- a/a
                        +++ b/a
                        @@ -1,1 +1,1 @@
                        -x
                        \\ No newline at end of file
                        +y
                        \\ No newline at end of file
                        """);
    }
}
