package dev.dvtls.run.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.env.Program.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir Path folder;

    private Program.Outcome run(String script, Duration limit, Cancellation cancellation)
            throws Exception {
        return Program.run(List.of("/bin/sh", "-c", script), PATH, folder, limit, cancellation);
    }

    @Test
    void readsMuchOutputOfBothKinds() throws Exception {
        Program.Outcome outcome =
                run(
                        "head -c 3000000 /dev/zero | tr '\\0' a; head -c 3000000 /dev/zero | tr"
                                + " '\\0' b >&2; exit 3",
                        Duration.ofSeconds(30),
                        new Cancellation());
        assertThat(outcome.end()).isEqualTo(End.EXITED);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out()).hasSize(3000000);
        assertThat(outcome.err()).hasSize(3000000);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void endsItAndItsChildrenWhenTheTimeIsUp() throws Exception {
        Path pid = folder.resolve("pid");
        Program.Outcome outcome =
                run(
                        "sleep 1000 & echo $! > '" + pid + "'; wait",
                        Duration.ofSeconds(1),
                        new Cancellation());
        assertThat(outcome.end()).isEqualTo(End.TIMED_OUT);
        awaitEnd(pid);
    }

    @Test
    void endsItAndItsChildrenOnCancel() throws Exception {
        Path pid = folder.resolve("pid");
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Program.Outcome> running =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run(
                                        "sleep 1000 & echo $! > '"
                                                + pid
                                                + ".new'; mv '"
                                                + pid
                                                + ".new' '"
                                                + pid
                                                + "'; wait",
                                        Duration.ofSeconds(50),
                                        cancellation);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
        while (!Files.exists(pid)) {
            Thread.onSpinWait();
        }
        cancellation.cancel();
        assertThat(running.get(20, TimeUnit.SECONDS).end()).isEqualTo(End.CANCELLED);
        awaitEnd(pid);
        assertThat(run("exit 0", Duration.ofSeconds(5), cancellation).end())
                .isEqualTo(End.CANCELLED);
    }

    private static void awaitEnd(Path pid) throws Exception {
        long number = Long.parseLong(Files.readString(pid).strip());
        var child = ProcessHandle.of(number);
        if (child.isPresent()) {
            child.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
