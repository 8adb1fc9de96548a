package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cli.Main;
import dev.dvtls.testing.TestTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs that run in one project at a time, as from two terminals. */
class RunTwiceTest {
    private static final String WAIT_FOR_GO =
            """
            import os, time
            rows = dbt.ref("up").df()
            open("%s.here", "w").close()
            print("at work now", flush=True)
            end = time.time() + 120
            while not os.path.exists("%s"):
                if time.time() > end:
                    raise TimeoutError("nobody came")
                time.sleep(0.05)
            return rows
            """;

    @TempDir Path folder;

    /** A run in a Java process of its own. */
    private record Program(Process process, BufferedReader output, List<String> lines) {
        static Program run(RunProject project, String select) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(Main.class.getName(), "run", "--select", select));
            command.addAll(List.of("--project-dir", project.root.toString(), "--python"));
            command.add(TestTools.venv().resolve("bin/python").toString());
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Program(
                    process, process.inputReader(StandardCharsets.UTF_8), new ArrayList<>());
        }

        void until(String text) throws IOException {
            String line = output.readLine();
            while (line != null) {
                lines.add(line);
                if (line.contains(text)) {
                    return;
                }
                line = output.readLine();
            }
            throw new AssertionError("It never said '" + text + "': " + lines);
        }

        void succeeds() throws Exception {
            output.lines().forEach(lines::add);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        }
    }

    private RunProject project() throws Exception {
        RunProject project = RunProject.in(folder);
        project.file("models/up.sql", "{{ config(materialized='table') }} select 7 as id");
        project.run("up").succeeded();
        return project;
    }

    @Test
    void differentModelsAreAtWorkSideBySide() throws Exception {
        RunProject project = project();
        project.model("one", WAIT_FOR_GO.formatted("one", "two.here"));
        project.model("two", WAIT_FOR_GO.formatted("two", "one.here"));
        Program one = Program.run(project, "one");
        Program two = Program.run(project, "two");
        one.succeeds();
        two.succeeds();
        assertThat(project.rows("select * from one union all select * from two"))
                .containsExactly("7", "7");
    }

    @Test
    void theSameModelWaitsItsTurnAndSaysSo() throws Exception {
        RunProject project = project();
        project.model("one", WAIT_FOR_GO.formatted("one", "go"));
        Program first = Program.run(project, "one");
        first.until("at work now");
        Program second = Program.run(project, "one");
        second.until("waiting for it to end");
        Files.createFile(project.root.resolve("go"));
        first.succeeds();
        second.succeeds();
        assertThat(project.rows("select * from one")).containsExactly("7");
    }
}
