package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CheckWatchTest {
    private static final String WAITING = "Waiting for a file to change; Ctrl-C ends.";

    /** What the command prints, to wait for. */
    private static final class Screen extends Writer {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void write(char[] chars, int from, int count) {
            text.append(chars, from, count);
            notifyAll();
        }

        synchronized String await(int times, String wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (text.toString().split(wanted, -1).length <= times) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("%s, %s times in: %s", wanted, times, text).isPositive();
                wait(left);
            }
            return text.toString();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void checksAgainWhenFilesChangeAndEndsWhenInterrupted() throws Exception {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/m.py
                        def model(dbt, session):
                            return dbt.ref("a")
                        """);
        Screen screen = new Screen();
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread watching =
                new Thread(
                        () ->
                                code.complete(
                                        Main.commandLine()
                                                .setOut(new PrintWriter(screen))
                                                .execute(
                                                        "check",
                                                        "--watch",
                                                        workspace.root().toString())));
        watching.start();
        try {
            assertThat(screen.await(1, WAITING)).contains("'a'").doesNotContain("\u001B[2J");
            workspace.write("target/compiled/x.sql", "select 2");
            workspace.write("models/notes.txt", "no model");
            workspace.write("models/new/folder/a.sql", "select 1 as id");
            screen.await(1, "All checks passed: 2 files checked.");
            workspace.write("models/new/folder/a.sql", "select * from {{ ref('b') }}");
            screen.await(1, "'b'");
        } finally {
            watching.interrupt();
        }
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
    }
}
