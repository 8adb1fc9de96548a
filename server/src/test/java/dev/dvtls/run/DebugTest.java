package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.testing.DapClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which one model waits for a debugger; what a debugger does is test_debug.py's. */
class DebugTest {
    private static final Optional<Debugging> LISTEN =
            Optional.of(new Debugging(Debugging.Way.LISTEN, 0));

    @TempDir Path folder;
    private RunProject project;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final List<RunEvent> events = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        project.model("up", "return session.sql('select 20 as id')");
        project.model(
                "m",
                """
                import time
                rows = dbt.ref("up").fetchall()
                time.sleep(1.5)
                total = rows[0][0] + 1
                return session.sql(f"select {total} as id")
                """);
        project.file("models/s.sql", "select * from {{ ref('m') }}");
    }

    private CompletableFuture<RunEvent.RunFinished> run(String... select) {
        return begin(engine -> engine.run(request(select), this::told, cancellation));
    }

    private RunRequest request(String... select) {
        return project.request(select).debugged(LISTEN);
    }

    private void told(RunEvent event) {
        events.add(event);
        if (event instanceof RunEvent.DebuggerAwaited awaited) {
            assertThat(awaited.model()).isEqualTo("model.shop.m");
            port.complete(awaited.port());
        }
    }

    private interface Act<T> {
        T with(LocalEngine engine) throws Engine.RunRefused, InterruptedException;
    }

    private <T> CompletableFuture<T> begin(Act<T> act) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (LocalEngine engine = LocalEngine.create(false)) {
                        return act.with(engine);
                    } catch (Engine.RunRefused | InterruptedException e) {
                        port.completeExceptionally(e);
                        throw new IllegalStateException(e);
                    }
                });
    }

    private DapClient debugger() throws Exception {
        DapClient client = new DapClient(port.get(60, TimeUnit.SECONDS));
        client.start(project.root.resolve("models/m.py"), 5);
        return client;
    }

    @Test
    void theModelThatIsNamedStopsAndNoTimeIsCounted() throws Exception {
        project.timeout(Duration.ofSeconds(1));
        CompletableFuture<RunEvent.RunFinished> run = run("+m+");
        try (DapClient client = debugger()) {
            assertThat(client.stopped()).containsExactly("model m.py:5");
            client.goOn();
            assertThat(run.get(60, TimeUnit.SECONDS).succeeded()).isEqualTo(3);
            client.event("terminated");
        }
        assertThat(project.rows("select id from s")).containsExactly("21");
    }

    @Test
    void aPreviewLoadsNothing() throws Exception {
        project.run("up");
        CompletableFuture<List<Previewed>> rows =
                begin(engine -> engine.preview(request("m"), 5, false, this::told, cancellation));
        try (DapClient client = debugger()) {
            client.stopped();
            client.goOn();
            assertThat(rows.get(60, TimeUnit.SECONDS).get(0).rows().rows())
                    .containsExactly(List.of(Optional.of("21")));
        }
        assertThat(project.rows("show tables")).containsExactly("up");
    }

    @Test
    void cancellingEndsAModelThatNobodyDebugs() throws Exception {
        CompletableFuture<RunEvent.RunFinished> run = run("+m");
        assertThat(port.get(60, TimeUnit.SECONDS)).isPositive();
        cancellation.cancel();
        assertThat(run.get(60, TimeUnit.SECONDS).cancelled()).isTrue();
    }

    @Test
    void oneModelIsDebuggedAtATime() {
        assertThatThrownBy(() -> run("up", "m").join())
                .hasMessageContaining("the selection names 2: m, up. Name one: --select orders");
        assertThatThrownBy(() -> run("s").join())
                .hasMessageContaining("the selection names no Python model");
    }

    @Test
    void aDebuggerThatIsNotThereIsMissed() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("no-tools"));
        project.environment("DVT_TOOLS_DIR", tools.toString());
        assertThatThrownBy(() -> run("m").join())
                .hasMessageContaining(tools.toString())
                .hasMessageContaining("Run `dvt-ls env create`, or install debugpy");
    }
}
