package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static Problem problem(Code code, int start, int end, String message) {
        return new Problem(
                Path.of("/p/models/m.py"),
                new Span(start, end),
                code,
                Severity.ERROR,
                message,
                "",
                List.of(),
                List.of());
    }

    @Test
    void aRunDoesNotRepeatWhatTheCheckSaysOfThePlace() {
        Problem checked = problem(Code.DVT120, 30, 40, "while typing");
        Problem refused = problem(Code.DVT120, 25, 42, "by the run");
        assertThat(Findings.both(List.of(checked), List.of(refused))).containsExactly(checked);
    }

    @Test
    void whatOnlyTheRunFoundStays() {
        Problem checked = problem(Code.DVT120, 30, 40, "while typing");
        Problem elsewhere = problem(Code.DVT120, 50, 60, "another ref");
        Problem raised = problem(Code.DVT126, 30, 40, "raised");
        assertThat(Findings.both(List.of(checked), List.of(elsewhere, raised)))
                .containsExactly(checked, elsewhere, raised);
    }
}
