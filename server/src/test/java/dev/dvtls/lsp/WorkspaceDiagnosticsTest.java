package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.run.RunEvent;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.PreviousResultId;
import org.eclipse.lsp4j.WorkspaceDiagnosticParams;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceDocumentDiagnosticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceDiagnosticsTest {
    private static final String REFS_B =
            "def model(dbt, session):\n    return dbt.ref(\"b\").df()\n";
    private static final String RIGHT =
            "def model(dbt, session):\n    return session.sql('select 1 as x')\n";
    private static final String SOURCES =
            "models:\n  - name: gone\nsources:\n  - name: raw\n    tables:\n      - name: x\n";

    private static final RunEvent.RunFinished RUN =
            new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);

    @TempDir Path folder;

    /** The real rules; counts how often they look at a file or at all of them. */
    private static final class Counting extends DiskProjects {
        final AtomicInteger whole = new AtomicInteger();
        final List<Path> read = java.util.Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger failing = new AtomicInteger();
        final List<Path> single = java.util.Collections.synchronizedList(new ArrayList<>());
        volatile CountDownLatch gate = new CountDownLatch(0);
        volatile CountDownLatch begun = new CountDownLatch(1);
        volatile List<Problem> added = List.of();

        Counting() {
            super(Checker::check, Outside.NOTHING);
        }

        @Override
        public ProjectAccess with(Outside other) {
            return this;
        }

        @Override
        public Optional<UnaryOperator<Manifest>> read(Manifest manifest, Path file) {
            if (failing.getAndDecrement() > 0) {
                throw new IllegalStateException("a disk that stutters");
            }
            read.add(file.getFileName());
            return super.read(manifest, file);
        }

        @Override
        public List<Problem> check(Manifest manifest, Path file, String text) {
            single.add(file.getFileName());
            return super.check(manifest, file, text);
        }

        @Override
        public List<Problem> checkAll(
                Manifest manifest, Map<Path, String> open, Runnable cancelCheck) {
            CountDownLatch until = gate;
            List<Problem> more = added;
            whole.incrementAndGet();
            begun.countDown();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<Problem> all = new ArrayList<>(super.checkAll(manifest, open, cancelCheck));
            all.addAll(more);
            return all;
        }
    }

    private TestServer.Builder project(ProjectAccess access) throws Exception {
        return new TestServer.Builder(folder.toRealPath())
                .project()
                .pull()
                .access(access)
                .file("models/broken.py", REFS_B)
                .file("models/right.py", RIGHT)
                .file("models/s.yml", SOURCES);
    }

    private static CompletableFuture<WorkspaceDiagnosticReport> asked(
            TestServer lsp, Map<String, String> previous) {
        List<PreviousResultId> ids = new ArrayList<>();
        previous.forEach((uri, id) -> ids.add(new PreviousResultId(uri, id)));
        return lsp.server.getWorkspaceService().diagnostic(new WorkspaceDiagnosticParams(ids));
    }

    /** As {@code broken.py DVT120} or {@code broken.py unchanged}; keeps the ids, as clients do. */
    private static List<String> ask(TestServer lsp, Map<String, String> ids) {
        List<String> shown = new ArrayList<>();
        for (WorkspaceDocumentDiagnosticReport item : TestServer.get(asked(lsp, ids)).getItems()) {
            if (item.isWorkspaceUnchangedDocumentDiagnosticReport()) {
                var unchanged = item.getWorkspaceUnchangedDocumentDiagnosticReport();
                assertThat(unchanged.getResultId()).isEqualTo(ids.get(unchanged.getUri()));
                shown.add(name(unchanged.getUri()) + " unchanged");
            } else {
                var full = item.getWorkspaceFullDocumentDiagnosticReport();
                ids.put(full.getUri(), full.getResultId());
                shown.add(
                        name(full.getUri())
                                + full.getItems().stream()
                                        .map(d -> " " + d.getCode().getLeft())
                                        .reduce("", String::concat));
            }
        }
        return shown.stream().sorted().toList();
    }

    private static String name(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    @Test
    void filesThatAreNotOpenToo() throws Exception {
        try (TestServer lsp = project(new DiskProjects()).start().lenient()) {
            assertThat(
                            lsp.initialized
                                    .getCapabilities()
                                    .getDiagnosticProvider()
                                    .isWorkspaceDiagnostics())
                    .isTrue();
            Map<String, String> ids = new HashMap<>();
            assertThat(ask(lsp, ids))
                    .containsExactly("broken.py DVT120", "s.yml unknown-properties");
            assertThat(ask(lsp, ids)).containsExactly("broken.py unchanged", "s.yml unchanged");
            lsp.onDisk("models/b.py", RIGHT);
            lsp.client.take(TestClient.Refresh.class, r -> true);
            awaitReport(lsp, ids, List.of("broken.py", "s.yml unchanged"));
            assertThat(ask(lsp, ids)).containsExactly("broken.py unchanged", "s.yml unchanged");
            lsp.deleted("models/s.yml");
            lsp.deleted("models/b.py");
            awaitReport(lsp, ids, List.of("broken.py DVT120", "s.yml"));
        }
    }

    /** Changes on disk are taken in a moment later. */
    private static void awaitReport(TestServer lsp, Map<String, String> ids, List<String> wanted) {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        Map<String, String> before = Map.copyOf(ids);
        List<String> last = List.of();
        while (System.nanoTime() < end) {
            ids.clear();
            ids.putAll(before);
            last = ask(lsp, ids);
            if (last.equals(wanted)) {
                return;
            }
        }
        assertThat(last).isEqualTo(wanted);
    }

    @Test
    void anOpenFileHasItsVersionAndTheIdThatItsOwnReportHas() throws Exception {
        try (TestServer lsp = project(new DiskProjects()).start().lenient()) {
            Map<String, String> ids = new HashMap<>();
            ask(lsp, ids);
            lsp.open("models/right.py", REFS_B);
            int version = lsp.change("models/right.py", REFS_B.replace("\"b\"", "\"c\""));
            for (String file : List.of("models/right.py", "models/s.yml")) {
                if (file.endsWith("yml")) {
                    lsp.openFromDisk(file);
                }
                String own =
                        TestServer.get(
                                        lsp.server
                                                .getTextDocumentService()
                                                .diagnostic(
                                                        new DocumentDiagnosticParams(lsp.id(file))))
                                .getLeft()
                                .getResultId();
                var report =
                        TestServer.get(asked(lsp, Map.of())).getItems().stream()
                                .filter(WorkspaceDocumentDiagnosticReport::isLeft)
                                .map(r -> r.getLeft())
                                .filter(r -> r.getUri().equals(lsp.uri(file)))
                                .findFirst()
                                .orElseThrow();
                assertThat(report.getResultId()).as(file).isEqualTo(own);
                assertThat(report.getVersion()).isEqualTo(file.endsWith("yml") ? 1 : version);
            }
        }
    }

    @Test
    void whatDidNotChangeIsNotCheckedAgain() throws Exception {
        Counting access = new Counting();
        try (TestServer lsp = project(access).start().lenient()) {
            Map<String, String> ids = new HashMap<>();
            ask(lsp, ids);
            ask(lsp, ids);
            assertThat(access.whole).hasValue(1);
            lsp.open("models/right.py", RIGHT);
            ask(lsp, ids);
            access.single.clear();
            int whole = access.whole.get();
            // No other file can see the difference.
            lsp.change("models/right.py", RIGHT.replace("session)", "session, x)"));
            assertThat(ask(lsp, ids)).contains("right.py model-signature");
            assertThat(access.single).containsExactly(Path.of("right.py"));
            assertThat(access.whole).hasValue(whole);
            lsp.change("models/right.py", REFS_B);
            assertThat(ask(lsp, ids)).contains("right.py DVT120");
            assertThat(access.whole).hasValue(whole + 1);
        }
    }

    /** But for what was typed and not saved. */
    @Test
    void aDocumentThatIsClosedIsNotReadAgain() throws Exception {
        Counting access = new Counting();
        try (TestServer lsp = project(access).start().lenient()) {
            Map<String, String> ids = new HashMap<>();
            ask(lsp, ids);
            lsp.open("models/right.py", RIGHT);
            lsp.open("models/s.yml", SOURCES);
            ask(lsp, ids);
            lsp.closeDocument("models/right.py");
            lsp.closeDocument("models/s.yml");
            lsp.onDisk("models/b.py", RIGHT);
            awaitReport(lsp, ids, List.of("broken.py", "s.yml unchanged"));
            assertThat(access.read).containsExactly(Path.of("b.py"));
            lsp.open("models/right.py", REFS_B.replace("\"b\"", "\"c\""));
            awaitReport(
                    lsp, ids, List.of("broken.py unchanged", "right.py DVT120", "s.yml unchanged"));
            lsp.closeDocument("models/right.py");
            awaitReport(lsp, ids, List.of("broken.py unchanged", "right.py", "s.yml unchanged"));
            assertThat(access.read).containsExactly(Path.of("b.py"), Path.of("right.py"));
        }
    }

    @Test
    void aChangeThatCannotBeReadIsReadWithItsProject() throws Exception {
        Counting access = new Counting();
        try (TestServer lsp = project(access).start().lenient()) {
            Map<String, String> ids = new HashMap<>();
            ask(lsp, ids);
            access.failing.set(1);
            lsp.onDisk("models/b.py", RIGHT);
            awaitReport(lsp, ids, List.of("broken.py", "s.yml unchanged"));
            lsp.client.awaitLog("a disk that stutters");
        }
    }

    @Test
    void aRunChangesWhatIsKnownOfTheCache() throws Exception {
        Counting access = new Counting();
        try (TestServer lsp =
                project(access).engine((request, events, cancellation) -> RUN).start().lenient()) {
            ask(lsp, new HashMap<>());
            assertThat(access.whole).hasValue(1);
            TestServer.get(
                    lsp.server
                            .getWorkspaceService()
                            .executeCommand(new ExecuteCommandParams("dvt.run", List.of())));
            lsp.client.take(TestClient.Refresh.class, r -> true);
            ask(lsp, new HashMap<>());
            assertThat(access.whole).hasValue(2);
        }
    }

    @Test
    void aQuestionThatIsCancelledEndsAndSpoilsNothing() throws Exception {
        Counting access = new Counting();
        access.gate = new CountDownLatch(1);
        try (TestServer lsp = project(access).start().lenient()) {
            CompletableFuture<WorkspaceDiagnosticReport> first = asked(lsp, Map.of());
            assertThat(access.begun.await(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<WorkspaceDiagnosticReport> second = asked(lsp, Map.of());
            first.cancel(true);
            assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
            // The loop and other requests are free meanwhile.
            lsp.open("models/right.py", REFS_B);
            assertThat(
                            TestServer.get(
                                            lsp.server
                                                    .getTextDocumentService()
                                                    .diagnostic(
                                                            new DocumentDiagnosticParams(
                                                                    lsp.id("models/right.py"))))
                                    .getLeft()
                                    .getItems())
                    .hasSize(1);
            access.gate.countDown();
            assertThat(TestServer.get(second).getItems()).hasSize(3);
            assertThat(access.whole).hasValueGreaterThanOrEqualTo(2);
        }
    }

    private static void pull(TestServer lsp, String file) {
        TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .diagnostic(new DocumentDiagnosticParams(lsp.id(file))));
    }

    /** One that no report can be made of. */
    private static Problem unspeakable(Path file) {
        List<Fix> fixes =
                new AbstractList<>() {
                    @Override
                    public Fix get(int index) {
                        throw new IllegalStateException("unspeakable");
                    }

                    @Override
                    public int size() {
                        throw new IllegalStateException("unspeakable");
                    }
                };
        return new Problem(
                file, new Span(0, 1), Code.DVT120, Severity.ERROR, "m", "", fixes, List.of());
    }

    @Test
    void aReportThatCannotBeMadeLetsOneQuestionInAndNoMore() throws Exception {
        Counting access = new Counting();
        CountDownLatch first = new CountDownLatch(1);
        access.gate = first;
        access.added = List.of(unspeakable(folder.toRealPath().resolve("models/right.py")));
        try (TestServer lsp = project(access).start().lenient()) {
            CompletableFuture<WorkspaceDiagnosticReport> fails = asked(lsp, Map.of());
            assertThat(access.begun.await(30, TimeUnit.SECONDS)).isTrue();
            access.added = List.of();
            access.gate = new CountDownLatch(1);
            CompletableFuture<WorkspaceDiagnosticReport> second = asked(lsp, Map.of());
            CompletableFuture<WorkspaceDiagnosticReport> third = asked(lsp, Map.of());
            pull(lsp, "models/right.py"); // the loop has them all
            access.begun = new CountDownLatch(1);
            first.countDown();
            assertThatThrownBy(() -> TestServer.get(fails)).isNotNull();
            assertThat(access.begun.await(30, TimeUnit.SECONDS)).isTrue();
            // Behind what the failure began: a third check would hold it up, or be counted.
            pull(lsp, "models/right.py");
            assertThat(access.whole).hasValue(2);
            access.gate.countDown();
            assertThat(TestServer.get(second).getItems()).hasSize(2);
            assertThat(TestServer.get(third).getItems()).hasSize(2);
        }
    }
}
