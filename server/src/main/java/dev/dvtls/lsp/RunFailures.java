package dev.dvtls.lsp;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.run.RunEvent;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A run's failure as a problem on the line where it happened. */
final class RunFailures {
    private RunFailures() {}

    /** Empty when the failure has no place. */
    static Optional<Problem> problem(RunEvent.Failure failure, LineIndex lines) {
        Code code =
                Arrays.stream(Code.values())
                        .filter(c -> c.id().equals(failure.code()))
                        .findFirst()
                        .orElse(Code.RUN_FAILED);
        if (failure.file().isEmpty() || failure.line() < 1) {
            return Optional.empty();
        }
        Path file = failure.file().get();
        return Optional.of(
                new Problem(
                        file,
                        span(failure, lines),
                        code,
                        Severity.ERROR,
                        failure.message(),
                        "",
                        List.of(),
                        List.of()));
    }

    /** The place that Python told, or the line's code when it told the line only. */
    static Span span(RunEvent.Failure failure, LineIndex lines) {
        int line = Math.min(failure.line(), lines.lineCount()) - 1;
        String text = lines.lineText(line);
        int indent = text.length() - text.stripLeading().length();
        int start =
                failure.column() > 0
                        ? offset(lines, line, failure.column())
                        : lines.lineStart(line) + indent;
        int end = lines.lineStart(line) + text.stripTrailing().length();
        if (failure.endLine() >= failure.line() && failure.endColumn() > 0) {
            int endLine = Math.min(failure.endLine(), lines.lineCount()) - 1;
            end = offset(lines, endLine, failure.endColumn());
        }
        return new Span(start, Math.max(start, end));
    }

    private static int offset(LineIndex lines, int line, int column) {
        return lines.offset(new LineIndex.Position(line, column - 1), Encoding.UTF_32);
    }
}
