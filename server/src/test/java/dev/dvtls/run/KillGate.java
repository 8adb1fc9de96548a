package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Holds a run at a chosen point until it is told to go on: programs that stand in for Sling and
 * DuckDB's, and a file that a model waits for.
 *
 * @param mark in the environment of everything that the run starts
 */
record KillGate(Path folder, String mark) {
    /** Long enough for a machine that is busy; waiting ends with its condition. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where the program is held whose text matches {@code at}. */
    enum When {
        BEFORE,
        /** Inside DuckDB's transaction. */
        INSIDE,
        /** Let through; who holds it is somebody else. */
        THROUGH,
        AFTER
    }

    private static final String PROGRAM =
            """
            #!/usr/bin/env bash
            gate=${KILL_GATE:-}
            text="$*"
            for arg in "$@"; do
                file=${arg#file://}
                case $file in *.sql | *.json) [ -f "$file" ] && text+=" $(<"$file")" ;; esac
            done
            if [ -z "$gate" ] || ! [[ $text =~ $KILL_AT ]] || ! mkdir "$gate/once" 2>/dev/null; then
                exec REAL "$@"
            fi
            echo $$ >"$gate/pid"
            case $KILL_WHEN in
                BEFORE) "$gate/hold" ;;
                THROUGH) touch "$gate/held" ;;
                INSIDE)
                    script=$(printf '%s\\n' "$@" | grep '[.]sql$')
                    sed -i "s|^commit;|.shell $gate/hold\\ncommit;|" "$script"
                    ;;
                AFTER)
                    REAL "$@"
                    code=$?
                    "$gate/hold"
                    exit $code
                    ;;
            esac
            exec REAL "$@"
            """;

    private static final String HOLD =
            """
            #!/usr/bin/env bash
            gate=$(dirname "$0")
            touch "$gate/held"
            until [ -e "$gate/go" ]; do sleep 0.02; done
            """;

    static KillGate in(Path folder, Tools tools) throws IOException {
        KillGate gate = new KillGate(Files.createDirectory(folder), UUID.randomUUID().toString());
        program(folder.resolve("sling"), PROGRAM.replace("REAL", tools.sling().toString()));
        program(folder.resolve("duckdb"), PROGRAM.replace("REAL", tools.duckdb().toString()));
        program(folder.resolve("hold"), HOLD);
        return gate;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the held run needs in its environment. */
    Map<String, String> environment(String at, When when) {
        return Map.of(
                "DVT_SLING", folder.resolve("sling").toString(),
                "DVT_DUCKDB", folder.resolve("duckdb").toString(),
                "KILL_GATE", folder.toString(),
                "KILL_AT", at,
                "KILL_WHEN", when.name(),
                "KILL_MARK", mark);
    }

    /** Of the program that is held. */
    ProcessHandle program() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    void awaitHeld(Process run, Path output) throws Exception {
        await(
                "the run to be held",
                () -> {
                    assertThat(run.isAlive())
                            .as("it ended: " + (run.isAlive() ? "" : Files.readString(output)))
                            .isTrue();
                    return Files.exists(folder.resolve("held"));
                });
    }

    void open() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    /** Until nothing of the run is left. */
    void awaitNoProcess() throws Exception {
        await("all processes of the run to end", () -> left() == 0);
    }

    private long left() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(this::isMarked)
                    .count();
        }
    }

    private boolean isMarked(Path process) {
        try {
            return Files.readString(
                            process.resolve("environ"),
                            java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(mark);
        } catch (IOException e) {
            return false; // it is gone, or a zombie
        }
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            assertThat(Instant.now()).as("waited too long for " + what).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
