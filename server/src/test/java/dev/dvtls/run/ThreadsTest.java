package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    private static RunRequest request(Optional<Integer> threads) {
        return new RunRequest(
                Path.of("p"),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                threads,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    private static Connection target(Map<String, Object> fields) {
        return new Connection("dev", "duckdb", fields);
    }

    @Test
    void theOptionThenTheProfileThenFour() throws Exception {
        Connection written = target(Map.of("threads", 2));
        assertThat(Threads.of(request(Optional.of(7)), written)).isEqualTo(7);
        assertThat(Threads.of(request(Optional.empty()), written)).isEqualTo(2);
        assertThat(Threads.of(request(Optional.empty()), target(Map.of("threads", "3"))))
                .isEqualTo(3);
        assertThat(Threads.of(request(Optional.empty()), target(Map.of()))).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many", "1.5"})
    void aNumberThatIsNoneNamesTheOutput(String threads) {
        assertThatThrownBy(
                        () ->
                                Threads.of(
                                        request(Optional.empty()),
                                        target(Map.of("threads", threads))))
                .isInstanceOf(Engine.RunRefused.class)
                .hasMessageContaining("'dev'")
                .hasMessageContaining(threads);
    }
}
