package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Code;
import dev.dvtls.run.RunEvent;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFailuresTest {
    private static final LineIndex LINES = LineIndex.of("def model(dbt, session):\n    return 1\n");

    private static RunEvent.Failure failure(String code, int line, int column, int end) {
        Optional<Path> file = Optional.of(Path.of("/p/models/m.py"));
        return new RunEvent.Failure(code, "why", file, line, column, line, end, "");
    }

    @ParameterizedTest
    @CsvSource({
        "DVT124,DVT124",
        "upstream-missing,UPSTREAM_MISSING",
        "extract-failed,EXTRACT_FAILED",
        "load-failed,LOAD_FAILED",
        "write-failed,RUN_FAILED",
        "python-environment,RUN_FAILED"
    })
    void everyFailureWithAPlaceIsMarked(String code, Code shown) {
        assertThat(RunFailures.problem(failure(code, 1, 5, 10), LINES))
                .hasValueSatisfying(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(shown);
                            assertThat(problem.span().start()).isEqualTo(4);
                            assertThat(problem.span().end()).isEqualTo(9);
                        });
    }

    @Test
    void aLineWithoutColumnsIsMarkedWhole() {
        assertThat(RunFailures.problem(failure("DVT124", 2, 0, 0), LINES))
                .hasValueSatisfying(problem -> assertThat(problem.span().length()).isEqualTo(8));
    }
}
