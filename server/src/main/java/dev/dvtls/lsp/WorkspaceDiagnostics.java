package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PreviousResultId;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceDocumentDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceUnchangedDocumentDiagnosticReport;

/**
 * The problems of all files, for clients that ask for them; some ask every two seconds. What did
 * not change since the last answer is not checked again. One question at a time is computed, off
 * the loop; all else is on it.
 */
final class WorkspaceDiagnostics {
    private final Loop loop;
    private final Executor pool;
    private final Projects projects;
    private final Supplier<Snapshot> snapshots;
    private final ProjectAccess access;
    private final ClientFeatures features;

    private final Deque<Asked> waiting = new ArrayDeque<>();
    private boolean busy;

    /** What is wrong with each file that has problems, by project; as of the last answer. */
    private Map<Path, Map<Path, List<Problem>>> known = Map.of();

    /** Projects that are not as they are known, and single files. */
    private final Set<Path> stale = new HashSet<>();

    private final Set<Path> edited = new HashSet<>();

    private record Asked(
            CompletableFuture<WorkspaceDiagnosticReport> answer, Map<String, String> previous) {}

    /** What of a snapshot has to be looked at. */
    private record Task(
            Snapshot snapshot,
            Map<Path, Map<Path, List<Problem>>> known,
            Set<Path> stale,
            Set<Path> edited) {}

    WorkspaceDiagnostics(
            Loop loop,
            Executor pool,
            Projects projects,
            Supplier<Snapshot> snapshots,
            ProjectAccess access,
            ClientFeatures features) {
        this.loop = loop;
        this.pool = pool;
        this.projects = projects;
        this.snapshots = snapshots;
        this.access = access;
        this.features = features;
    }

    /**
     * @param othersToo what other files can depend on changed
     */
    void documentChanged(Document document, boolean othersToo) {
        document.path()
                .ifPresent(
                        path -> {
                            edited.add(path);
                            snapshots
                                    .get()
                                    .rootOf(path)
                                    .filter(r -> othersToo)
                                    .ifPresent(stale::add);
                        });
    }

    void projectChanged(Path root) {
        stale.add(root);
    }

    /** What is known beside the projects changed. */
    void allChanged() {
        stale.addAll(snapshots.get().projects().keySet());
    }

    /** From any thread. Once all projects are read; a file that is unchanged is said to be. */
    CompletableFuture<WorkspaceDiagnosticReport> ask(List<PreviousResultId> previous) {
        CompletableFuture<WorkspaceDiagnosticReport> answer = new CompletableFuture<>();
        Map<String, String> ids = new HashMap<>();
        previous.forEach(p -> ids.put(p.getUri(), p.getValue()));
        loop.execute(
                () ->
                        projects.whenSettled(
                                Optional.empty(),
                                () -> {
                                    waiting.add(new Asked(answer, ids));
                                    next();
                                }));
        return answer;
    }

    private void next() {
        waiting.removeIf(asked -> asked.answer().isDone()); // cancelled
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        Asked asked = waiting.remove();
        Task task = new Task(snapshots.get(), known, Set.copyOf(stale), Set.copyOf(edited));
        stale.clear();
        edited.clear();
        pool.execute(() -> answer(asked, task));
    }

    private void answer(Asked asked, Task task) {
        Runnable cancelCheck =
                () -> {
                    if (asked.answer().isDone()) {
                        throw new CancellationException();
                    }
                };
        try {
            Map<Path, Map<Path, List<Problem>>> checked = checked(task, cancelCheck);
            WorkspaceDiagnosticReport report = report(task.snapshot(), checked, asked.previous());
            loop.execute(() -> done(checked)); // nothing below can fail, and free us once more
            asked.answer().complete(report);
        } catch (RuntimeException | Error e) {
            loop.execute(() -> failed(task));
            asked.answer().completeExceptionally(e); // of no effect where it was cancelled
        }
    }

    private void done(Map<Path, Map<Path, List<Problem>>> checked) {
        known = checked;
        busy = false;
        next();
    }

    private void failed(Task task) {
        stale.addAll(task.stale());
        edited.addAll(task.edited());
        busy = false;
        next();
    }

    private Map<Path, Map<Path, List<Problem>>> checked(Task task, Runnable cancelCheck) {
        Map<Path, Map<Path, List<Problem>>> all = new HashMap<>();
        Map<Path, String> open = new HashMap<>();
        task.snapshot()
                .documents()
                .values()
                .forEach(d -> d.path().ifPresent(path -> open.put(path, d.text())));
        task.snapshot()
                .projects()
                .forEach(
                        (root, manifest) -> {
                            boolean whole =
                                    task.stale().contains(root) || !task.known().containsKey(root);
                            all.put(
                                    root,
                                    whole
                                            ? byFile(access.checkAll(manifest, open, cancelCheck))
                                            : withEdited(task, root, manifest, open, cancelCheck));
                        });
        return Map.copyOf(all);
    }

    private static Map<Path, List<Problem>> byFile(List<Problem> problems) {
        return problems.stream().collect(Collectors.groupingBy(Problem::file));
    }

    private Map<Path, List<Problem>> withEdited(
            Task task, Path root, Manifest manifest, Map<Path, String> open, Runnable cancelCheck) {
        Map<Path, List<Problem>> files = new HashMap<>(task.known().getOrDefault(root, Map.of()));
        for (Path file : task.edited()) {
            String text = open.get(file);
            if (text != null && task.snapshot().rootOf(file).equals(Optional.of(root))) {
                cancelCheck.run();
                files.put(file, access.check(manifest, file, text));
            }
        }
        for (Path file : leadingInto(task.edited(), files)) {
            Optional<String> text =
                    Optional.ofNullable(open.get(file))
                            .or(() -> manifest.file(file).map(ModelFile::text));
            text.ifPresent(of -> files.put(file, access.check(manifest, file, of)));
        }
        return Map.copyOf(files);
    }

    /** The files whose problems lead to places in edited ones, which have moved. */
    private static List<Path> leadingInto(Set<Path> edited, Map<Path, List<Problem>> files) {
        return files.keySet().stream()
                .filter(file -> !edited.contains(file))
                .filter(
                        file ->
                                files.getOrDefault(file, List.of()).stream()
                                        .flatMap(problem -> problem.related().stream())
                                        .anyMatch(place -> edited.contains(place.file())))
                .toList();
    }

    private WorkspaceDiagnosticReport report(
            Snapshot snapshot,
            Map<Path, Map<Path, List<Problem>>> checked,
            Map<String, String> previous) {
        Map<Path, List<Problem>> problems = new TreeMap<>();
        checked.values().forEach(files -> files.forEach((file, of) -> add(problems, file, of)));
        snapshot.runProblems().forEach((file, of) -> problems.merge(file, of, Findings::both));
        Map<String, String> left = new TreeMap<>(previous);
        List<WorkspaceDocumentDiagnosticReport> items = new ArrayList<>();
        problems.forEach(
                (file, of) -> {
                    String uri = Convert.uri(snapshot, file);
                    Optional<String> before = Optional.ofNullable(left.remove(uri));
                    List<Diagnostic> diagnostics = diagnostics(snapshot, file, of);
                    if (before.isPresent() || !diagnostics.isEmpty()) {
                        items.add(report(snapshot, uri, diagnostics, before));
                    }
                });
        // Mended, or gone.
        left.forEach((uri, id) -> items.add(report(snapshot, uri, List.of(), Optional.of(id))));
        return new WorkspaceDiagnosticReport(items);
    }

    private static void add(Map<Path, List<Problem>> all, Path file, List<Problem> more) {
        all.computeIfAbsent(file, f -> new ArrayList<>()).addAll(more);
    }

    private List<Diagnostic> diagnostics(Snapshot snapshot, Path file, List<Problem> problems) {
        Optional<LineIndex> lines =
                problems.isEmpty() ? Optional.empty() : Convert.lines(snapshot, file);
        return lines.stream()
                .flatMap(
                        at ->
                                problems.stream()
                                        .map(p -> Convert.diagnostic(snapshot, at, p, features)))
                .toList();
    }

    private static WorkspaceDocumentDiagnosticReport report(
            Snapshot snapshot, String uri, List<Diagnostic> diagnostics, Optional<String> before) {
        String id = PulledDiagnostics.id(diagnostics);
        Optional<Integer> version = snapshot.document(uri).map(Document::version);
        if (before.equals(Optional.of(id))) {
            var unchanged = new WorkspaceUnchangedDocumentDiagnosticReport();
            unchanged.setResultId(id);
            unchanged.setUri(uri);
            version.ifPresent(unchanged::setVersion);
            return new WorkspaceDocumentDiagnosticReport(unchanged);
        }
        var full = new WorkspaceFullDocumentDiagnosticReport();
        full.setItems(diagnostics);
        full.setResultId(id);
        full.setUri(uri);
        version.ifPresent(full::setVersion);
        return new WorkspaceDocumentDiagnosticReport(full);
    }
}
