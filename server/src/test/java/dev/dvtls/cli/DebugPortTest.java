package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.DapClient;
import dev.dvtls.testing.TestTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --debug-port} as users of other editors call it: a client connects to the port. */
class DebugPortTest {
    private static final Pattern WAITS =
            Pattern.compile(
                    "(?m)^answer waits for a debugger on 127\\.0\\.0\\.1:(\\d+)"
                            + " \\(Ctrl\\+C ends the run\\)$");

    @TempDir Path folder;
    private CliProject project;

    @BeforeEach
    void project() throws Exception {
        TestTools.tools(); // says what is missing
        project =
                CliProject.in(folder)
                        .file(
                                "models/answer.py",
                                """
                                def model(dbt, session):
                                    number = 42
                                    return session.sql(f"select {number} as number")
                                """);
    }

    /** Completes when the line with the port is there. */
    private static final class Told extends StringWriter {
        final CompletableFuture<Integer> port = new CompletableFuture<>();

        @Override
        public void flush() {
            Matcher waits = WAITS.matcher(toString());
            if (waits.find()) {
                port.complete(Integer.parseInt(waits.group(1)));
            }
        }
    }

    private String debugged(String command) throws Exception {
        Told err = new Told();
        StringWriter out = new StringWriter();
        String[] arguments = {
            command,
            "--project-dir",
            project.root().toString(),
            "--python",
            TestTools.venv().resolve("bin/python").toString(),
            "--select",
            "answer",
            "--debug-port",
            "0"
        };
        CompletableFuture<Integer> ended =
                CompletableFuture.supplyAsync(
                        () ->
                                Main.commandLine()
                                        .setOut(new PrintWriter(out, true))
                                        .setErr(new PrintWriter(err, true))
                                        .execute(arguments));
        try (DapClient client = new DapClient(err.port.get(60, TimeUnit.SECONDS))) {
            client.start(project.root().resolve("models/answer.py"), 3);
            assertThat(client.stopped()).containsExactly("model answer.py:3");
            client.goOn();
            assertThat(ended.get(60, TimeUnit.SECONDS)).isZero();
        }
        return out.toString();
    }

    @Test
    void aRunLoads() throws Exception {
        assertThat(debugged("run")).contains("answer  1 row in main.answer");
    }

    @Test
    void showLoadsNothing() throws Exception {
        assertThat(debugged("show")).contains("42");
        assertThat(project.root().resolve("dev.duckdb")).doesNotExist();
    }

    @Test
    void whatIsNoPortIsRefused() {
        CliProject.Ran ran = project.run("run", "--select", "answer", "--debug-port", "70000");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--debug-port takes a port, 0 to 65535: 5678");
    }
}
