package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DVT124: a model that takes too long is ended, whatever it does and with all that it started. */
class RunTimeoutTest {
    private static final String RETURN = "\nreturn session.sql('select 1 as id')";
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
    }

    @Test
    void dvt124EndsTheModelAndItsChildren() throws Exception {
        project.model(
                "m",
                """
                import subprocess, time
                child = subprocess.Popen(["sleep", "600"], start_new_session=True)
                print(child.pid, flush=True)
                while True:
                    time.sleep(1)
                return session.sql("select 1 as id")
                """);
        RunProject.Ran ran = project.timeout(Duration.ofSeconds(2)).run();
        RunEvent.Failure failure = ran.failure("m");
        assertThat(failure.code()).isEqualTo("DVT124");
        assertThat(failure.message())
                .contains("longer than 2 s")
                .contains("Your model took too long. Check for infinite loops or slow API calls.");
        assertGone(Long.parseLong(ran.output().get(0)));
    }

    @Test
    void theTimeoutOfAConfigCounts() throws Exception {
        project.model(
                "m",
                """
                import time
                dbt.config(timeout=0.5)
                time.sleep(600)
                return session.sql("select 1 as id")
                """);
        assertThat(project.run().failure("m").message()).contains("longer than 0.5 s");
    }

    @Test
    void aDaemonOfTheModelIsEndedToo() throws Exception {
        project.model(
                "m",
                """
                import subprocess, sys, time
                start = (
                    "import subprocess;"
                    "d = subprocess.Popen(['sleep', '600'], start_new_session=True,"
                    " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
                    "print(d.pid, flush=True)"
                )
                subprocess.run([sys.executable, "-c", start])
                time.sleep(600)
                return session.sql("select 1 as id")
                """);
        RunProject.Ran ran = project.timeout(Duration.ofSeconds(3)).run();
        assertThat(ran.failure("m").code()).isEqualTo("DVT124");
        assertGone(Long.parseLong(ran.output().get(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time.sleep(600)",
                "ctypes.PyDLL(None).sleep(600)",
                "while True: pass",
                "while True: np.sort(np.arange(10**6) % 1013)",
                "[signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; time.sleep(600)",
            })
    void dvt124SaysWhereTheModelWas(String act) throws Exception {
        project.model("m", "import ctypes, signal, time\nimport numpy as np\n" + act + RETURN);
        RunEvent.Failure failure = project.timeout(Duration.ofSeconds(1)).run().failure("m");
        assertThat(failure.code()).isEqualTo("DVT124");
        assertThat(failure.file()).contains(project.root.resolve("models/m.py"));
        assertThat(failure.line()).isEqualTo(4);
        assertThat(failure.column()).isEqualTo(5);
        assertThat(failure.endColumn()).isEqualTo(act.length() + 5);
        assertThat(failure.traceback()).contains("m.py\", line 4, in model");
    }

    @Test
    void aModelThatTakesAllSignalsIsEndedAtItsDefinition() throws Exception {
        project.model(
                "m",
                """
                import signal, time
                for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                    signal.signal(number, signal.SIG_IGN)
                time.sleep(600)
                return session.sql("select 1 as id")
                """);
        RunEvent.Failure failure = project.timeout(Duration.ofSeconds(1)).run().failure("m");
        assertThat(failure.code()).isEqualTo("DVT124");
        assertThat(failure.line()).isEqualTo(1);
        assertThat(failure.column()).isEqualTo(5);
        assertThat(failure.endColumn()).isEqualTo(10);
    }

    /** A killed process may be a zombie for a moment, until init has it. */
    private static void assertGone(long pid) throws Exception {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
