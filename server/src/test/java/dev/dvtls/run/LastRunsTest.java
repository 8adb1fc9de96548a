package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.LastRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastRunsTest {
    @TempDir Path project;

    private final LastRuns runs = new LastRuns();

    private Optional<LastRun> of(String model) {
        return runs.of(project, model);
    }

    private RunLog log(boolean preview) throws IOException {
        return RunLog.open(DvtFolder.open(project), preview);
    }

    private static void started(RunLog log, String target) {
        log.write(new RunEvent.RunStarted(target, "duckdb", List.of("model.p.a"), log.file()));
    }

    private static RunEvent succeeded(String model, long rows) {
        return new RunEvent.ModelSucceeded(model, "main.a", rows, Duration.ofMillis(1500));
    }

    @Test
    void readsWhatTheEngineWrites() throws IOException {
        assertThat(of("model.p.a")).isEmpty();
        try (RunLog log = log(false)) {
            started(log, "dev");
            log.write(new RunEvent.Output("model.p.a", false, "\"event\":\"modelFailed\" is text"));
            log.write(succeeded("model.p.a", 7));
            log.write(
                    new RunEvent.ModelFailed(
                            "model.p.b",
                            RunEvent.Failure.of("DVT126", "ValueError: no"),
                            Duration.ofSeconds(2)));
        }
        assertThat(of("model.p.a"))
                .hasValueSatisfying(
                        run -> {
                            assertThat(run.target()).isEqualTo("dev");
                            assertThat(run.rows()).isEqualTo(OptionalLong.of(7));
                            assertThat(run.took()).isEqualTo(Duration.ofMillis(1500));
                            assertThat(run.failure()).isEmpty();
                        });
        assertThat(of("model.p.b").flatMap(LastRun::failure))
                .hasValue(new LastRun.Failure("DVT126", "ValueError: no"));
        assertThat(of("model.p.c")).isEmpty();
    }

    @Test
    void followsALogThatGrows() throws IOException {
        try (RunLog log = log(false)) {
            started(log, "dev");
            log.write(succeeded("model.p.a", 1));
            assertThat(of("model.p.a").orElseThrow().rows()).hasValue(1);
            log.write(succeeded("model.p.b", 2));
            assertThat(of("model.p.b").orElseThrow().rows()).hasValue(2);
            assertThat(of("model.p.b").orElseThrow().target()).isEqualTo("dev");
        }
    }

    @Test
    void aHalfWrittenLineWaitsForItsRest() throws IOException {
        Path logs = Files.createDirectories(project.resolve(".dvt/logs"));
        Path log = logs.resolve("20260101T000000.000-1.jsonl");
        String line =
                "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"modelSucceeded\",\"model\":\"m\","
                        + "\"seconds\":1.0,\"rows\":3}\n";
        Files.writeString(log, line.substring(0, 40));
        assertThat(of("m")).isEmpty();
        Files.writeString(log, line.substring(40), StandardOpenOption.APPEND);
        assertThat(of("m").orElseThrow().rows()).hasValue(3);
    }

    @Test
    void theNewestLogThatKnowsTheModelCountsAndPreviewsDoNot() throws IOException {
        Path logs = Files.createDirectories(project.resolve(".dvt/logs"));
        String run =
                """
                {"at":"2026-01-01T00:00:00Z","event":"runStarted","target":"%s"}
                {"at":"2026-01-01T00:00:00Z","event":"modelSucceeded","model":"m","seconds":1,"rows":%d}
                """;
        Files.writeString(logs.resolve("20260101T000000.000-1.jsonl"), run.formatted("prod", 1));
        Files.writeString(logs.resolve("20260102T000000.000-1.jsonl"), run.formatted("dev", 2));
        Files.writeString(logs.resolve("20260103T000000.000-1.jsonl"), "not JSON \"event\":\"run");
        try (RunLog log = log(true)) {
            started(log, "dev");
            log.write(
                    new RunEvent.ModelFailed(
                            "m", RunEvent.Failure.of("DVT126", "no"), Duration.ZERO));
        }
        assertThat(of("m").orElseThrow().rows()).hasValue(2);
        assertThat(of("m").orElseThrow().target()).isEqualTo("dev");
        assertThat(runs.all(project)).containsOnlyKeys("m").containsEntry("m", of("m").get());
    }

    @Test
    void aLogOfAnotherVersionTellsWhatItCan() throws IOException {
        Path logs = Files.createDirectories(project.resolve(".dvt/logs"));
        Files.writeString(
                logs.resolve("20260101T000000.000-1.jsonl"),
                """
                {"event":"modelSucceeded"}
                {"event":"modelSucceeded","model":"noTime","seconds":1}
                {"event":"modelSucceeded","model":"badTime","at":"yesterday","seconds":1}
                {"event":"modelSucceeded","model":"badSeconds","at":"2026-01-01T00:00:00Z","seconds":"x"}
                {"event":"modelFailed","model":"m","at":"2026-01-01T00:00:00Z","seconds":1,"failure":{}}
                {"event":"runStarted"}
                ["event":"modelFailed"]
                {"event":"modelSucceeded","model":"n","at":"2026-01-01T00:00:00Z","seconds":1}
                """);
        assertThat(List.of("noTime", "badTime", "badSeconds")).allMatch(m -> of(m).isEmpty());
        assertThat(of("m").flatMap(LastRun::failure)).hasValue(new LastRun.Failure("", ""));
        assertThat(of("n").orElseThrow().target()).isEmpty();
    }

    @Test
    void linesLongerThanWhatIsReadAtOnceAreReadWhole() throws IOException {
        try (RunLog log = log(false)) {
            started(log, "dev");
            log.write(new RunEvent.Output("model.p.a", false, "é".repeat(100_000)));
            log.write(succeeded("model.p.a", 7));
        }
        assertThat(of("model.p.a").orElseThrow().rows()).hasValue(7);
    }

    @Test
    void manyPreviewsDoNotPushOutTheRuns() throws IOException {
        Path logs = DvtFolder.open(project).folder("logs");
        Path run = Files.createFile(logs.resolve("20260101T000000.000-1.jsonl"));
        for (int i = 10; i < 90; i++) {
            Files.createFile(logs.resolve("20260102T0000" + i + ".000-1-preview.jsonl"));
        }
        log(true).close();
        assertThat(run).exists();
        try (Stream<Path> left = Files.list(logs)) {
            assertThat(left.filter(f -> f.toString().endsWith("-preview.jsonl"))).hasSize(50);
        }
    }
}
