package dev.dvtls.lsp;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/**
 * Diagnostics for clients that do not ask: the edited file at once, others after a short delay;
 * never of an older text than the last, never the same set twice. On the loop, but for computing.
 */
final class PushedDiagnostics {
    private static final long OTHERS_MILLIS = 120;

    /** How often a burst may put off the edited file. */
    private static final int PATIENCE = 50;

    private final Loop loop;
    private final Executor pool;
    private final Client client;
    private final Supplier<Snapshot> snapshots;
    private final Projects projects;
    private final ProjectAccess access;
    private final ClientFeatures features;

    private final Set<String> due = new HashSet<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private boolean posted;
    private boolean othersPosted;
    private int putOff;

    /** Generation since which names are as they are: older answers are stale. */
    private long namesSince;

    /**
     * @param leadsTo documents that its related places lie in
     */
    private record Sent(long generation, List<Diagnostic> diagnostics, Set<String> leadsTo) {}

    PushedDiagnostics(
            Loop loop,
            Executor pool,
            Client client,
            Supplier<Snapshot> snapshots,
            Projects projects,
            ProjectAccess access,
            ClientFeatures features) {
        this.loop = loop;
        this.pool = pool;
        this.client = client;
        this.snapshots = snapshots;
        this.projects = projects;
        this.access = access;
        this.features = features;
    }

    /** A document was opened or edited. */
    void now(Document document) {
        // What leads into it leads to places that have moved.
        sent.forEach(
                (uri, of) -> {
                    if (of.leadsTo().contains(document.uri())) {
                        due.add(uri);
                    }
                });
        again(document.uri());
    }

    /** Names changed: every open document may be concerned. */
    void others() {
        namesSince = snapshots.get().generation();
        if (!othersPosted) {
            othersPosted = true;
            loop.executeLater(OTHERS_MILLIS, this::allOpen);
        }
    }

    /** A project was read: everything, at once. */
    void all() {
        namesSince = snapshots.get().generation();
        allOpen();
    }

    /** A file that may not be open (a run's failing line). */
    void file(Path file) {
        again(Convert.uri(snapshots.get(), file));
    }

    void closed(Document document) {
        due.remove(document.uri());
        Sent last = sent.remove(document.uri());
        if (last != null && !last.diagnostics().isEmpty()) {
            client.publishDiagnostics(new PublishDiagnosticsParams(document.uri(), List.of()));
        }
    }

    private void again(String uri) {
        due.add(uri);
        post();
    }

    private void allOpen() {
        othersPosted = false;
        due.addAll(snapshots.get().documents().keySet());
        // Files that are not open but have something shown.
        due.addAll(sent.keySet());
        post();
    }

    private void post() {
        if (!posted) {
            posted = true;
            loop.execute(this::compute);
        }
    }

    private void compute() {
        if (!loop.isIdle() && putOff++ < PATIENCE) {
            loop.execute(this::compute);
            return;
        }
        posted = false;
        putOff = 0;
        Snapshot snapshot = snapshots.get();
        Set<String> uris = Set.copyOf(due);
        due.clear();
        for (String uri : uris) {
            Optional<Path> path = Uris.path(uri);
            if (path.isPresent() && !projects.isSettled(path)) {
                // The project around it may be read before its own, and knows nothing of it.
                projects.whenSettled(path, () -> again(uri));
            } else {
                pool.execute(() -> compute(snapshot, uri));
            }
        }
    }

    private void compute(Snapshot snapshot, String uri) {
        Optional<Document> document = snapshot.document(uri);
        Optional<Path> path = document.flatMap(Document::path).or(() -> Uris.path(uri));
        if (path.isEmpty()) {
            return;
        }
        List<Diagnostic> diagnostics =
                document.isPresent()
                        ? Findings.of(snapshot, document.get(), access, features)
                        : ofClosed(snapshot, path.get());
        loop.execute(() -> publish(snapshot, uri, diagnostics));
    }

    /** Of a file that is not open, only what a run left is shown. */
    private List<Diagnostic> ofClosed(Snapshot snapshot, Path file) {
        if (!snapshot.runProblems().containsKey(file)) {
            return List.of();
        }
        return Convert.lines(snapshot, file)
                .map(
                        lines ->
                                snapshot.runProblems().getOrDefault(file, List.of()).stream()
                                        .map(p -> Convert.diagnostic(snapshot, lines, p, features))
                                        .toList())
                .orElse(List.of());
    }

    private void publish(Snapshot from, String uri, List<Diagnostic> diagnostics) {
        Snapshot now = snapshots.get();
        Optional<Integer> version = version(from, uri);
        if (!version.equals(version(now, uri))) {
            return; // edited meanwhile: its own answer is under way
        }
        if (from.generation() < namesSince) {
            again(uri);
            return;
        }
        Sent last = sent.get(uri);
        if (last != null
                && (last.generation() > from.generation()
                        || last.diagnostics().equals(diagnostics))) {
            return;
        }
        boolean outside = Uris.path(uri).filter(file -> from.rootOf(file).isPresent()).isEmpty();
        if (last == null && diagnostics.isEmpty() && (version.isEmpty() || outside)) {
            return; // not open, or in no project: nothing to say while nothing was said
        }
        Set<String> leadsTo = related(diagnostics);
        sent.put(uri, new Sent(from.generation(), diagnostics, leadsTo));
        PublishDiagnosticsParams params = new PublishDiagnosticsParams(uri, diagnostics);
        version.ifPresent(params::setVersion);
        client.publishDiagnostics(params);
        if (leadsTo.stream().anyMatch(other -> !version(from, other).equals(version(now, other)))) {
            again(uri);
        }
    }

    private static Set<String> related(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .flatMap(d -> Optional.ofNullable(d.getRelatedInformation()).stream())
                .flatMap(List::stream)
                .map(place -> place.getLocation().getUri())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Integer> version(Snapshot snapshot, String uri) {
        return snapshot.document(uri).map(Document::version);
    }
}
