package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that were started for models which never came. */
class RunSparesTest {
    @TempDir Path folder;
    private RunProject project;

    @BeforeEach
    void aModelThatManyWaitForFails() throws Exception {
        project = RunProject.in(folder);
        project.model("bad", "return 1 / 0");
        for (int i = 1; i <= 3; i++) {
            project.model("after" + i, "return dbt.ref('bad')");
        }
    }

    @Test
    void aTerminalRunLeavesNone() throws Exception {
        try (LocalEngine engine = LocalEngine.create(false)) {
            assertThat(project.run(engine).finished().skipped()).isEqualTo(3);
            assertThat(workers()).isZero();
        }
    }

    @Test
    void aServerKeepsOne() throws Exception {
        try (LocalEngine engine = LocalEngine.create(true)) {
            assertThat(project.run(engine).finished().skipped()).isEqualTo(3);
            assertThat(engine.sparePid()).isPresent();
            assertThat(workers()).isEqualTo(1);
        }
        assertThat(workers()).isZero();
    }

    @Test
    void cancelLeavesNone() throws Exception {
        Cancellation user = new Cancellation();
        project.model(
                        "bad",
                        """
                        import time
                        while True:
                            print("here", flush=True)
                            time.sleep(1)
                        """)
                .cancellation(user)
                .watching(
                        event -> {
                            if (event instanceof RunEvent.Output) {
                                user.cancel();
                            }
                        });
        try (LocalEngine engine = LocalEngine.create(false)) {
            assertThat(project.run(engine).finished().cancelled()).isTrue();
            assertThat(workers()).isZero();
        }
    }

    /** Children of this process that run this project's worker. */
    private long workers() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .flatMap(child -> child.info().commandLine().stream())
                .filter(line -> line.contains(project.root.toString()))
                .count();
    }
}
