package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEvent.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTextTest {
    @TempDir Path root;
    private final StringWriter written = new StringWriter();

    @Test
    void plainLinesWhereThereIsNoTerminal() throws Exception {
        Path file = root.resolve("m.py");
        Files.writeString(file, "def model(dbt, session):\n    return frame['amout']\n");
        try (RunText text = text(false, new Ansi(false))) {
            text.accept(
                    new RunEvent.RunStarted(
                            "dev",
                            "duckdb",
                            List.of("model.shop.a", "b", "c"),
                            Path.of("run.jsonl")));
            text.accept(new RunEvent.ModelStarted("model.shop.a"));
            text.accept(new RunEvent.StageStarted("model.shop.a", Stage.EXECUTE, "a"));
            text.accept(new RunEvent.Output("model.shop.a", false, "hello"));
            text.accept(
                    new RunEvent.ModelSucceeded(
                            "model.shop.a", "main.a", 1234, Duration.ofMillis(1260)));
            text.accept(new RunEvent.ModelStarted("model.shop.m"));
            text.accept(
                    new RunEvent.ModelFailed(
                            "model.shop.m",
                            new RunEvent.Failure(
                                    "DVT126",
                                    "Python model 'm' raised KeyError: 'amout'",
                                    Optional.of(file),
                                    2,
                                    12,
                                    2,
                                    26,
                                    "m.py, line 2, in model"),
                            Duration.ofMillis(300)));
            text.accept(new RunEvent.ModelSkipped("model.shop.c", "model.shop.m"));
            text.accept(new RunEvent.RunFinished(1, 1, 1, false, Duration.ofSeconds(2)));
        }
        assertThat(written.toString())
                .isEqualToNormalizingNewlines(
                        """
                        3 models into 'dev' (duckdb)
                        run   a
                              | hello
                        ok    a  1,234 rows in main.a  1.3 s
                        run   m
                        FAIL  m  0.3 s
                          DVT126: Python model 'm' raised KeyError: 'amout'
                           --> m.py:2:12
                            |
                          2 |     return frame['amout']
                            |            ^^^^^^^^^^^^^^
                              m.py, line 2, in model
                        skip  c  because m failed
                        1 succeeded, 1 failed, 1 skipped in 2.0 s
                        """);
    }

    @Test
    void aTerminalShowsTheModelsAtWork() {
        try (RunText text = text(true, new Ansi(true))) {
            text.accept(new RunEvent.ModelStarted("model.shop.a"));
            text.accept(new RunEvent.ModelStarted("model.shop.b"));
            text.accept(new RunEvent.StageStarted("model.shop.a", Stage.LOAD, "main.a"));
            text.accept(new RunEvent.Rows("model.shop.a", Stage.LOAD, 5));
        }
        assertThat(written.toString())
                .containsPattern("a  load main.a  5 rows  \\d+[.]\\d s.*\\R.*b    \\d+[.]\\d s")
                .endsWith("\r\u001b[2A\u001b[J");
    }

    @Test
    void outputOfSeveralAtWorkSaysWhoseItIs() {
        try (RunText text = text(false, new Ansi(false))) {
            text.accept(new RunEvent.ModelStarted("model.shop.a"));
            text.accept(new RunEvent.ModelStarted("model.shop.b"));
            text.accept(new RunEvent.Output("model.shop.a", false, "hello"));
            text.accept(
                    new RunEvent.ModelSucceeded(
                            "model.shop.a", "main.a", -1, Duration.ofMillis(100)));
            text.accept(new RunEvent.Output("model.shop.b", false, "alone"));
        }
        assertThat(written.toString())
                .isEqualToNormalizingNewlines(
                        """
                        run   a
                        run   b
                              a | hello
                        ok    a  built main.a  0.1 s
                              | alone
                        """);
    }

    @Test
    void noColorIsObeyed() {
        assertThat(Ansi.of(java.util.Map.of("NO_COLOR", "1"), true).on()).isFalse();
        assertThat(Ansi.of(java.util.Map.of(), false).on()).isFalse();
        assertThat(Ansi.of(java.util.Map.of("TERM", "dumb"), true).on()).isFalse();
        assertThat(Ansi.of(java.util.Map.of(), true).on()).isTrue();
    }

    private RunText text(boolean live, Ansi ansi) {
        return new RunText(new PrintWriter(written), root, ansi, live);
    }
}
