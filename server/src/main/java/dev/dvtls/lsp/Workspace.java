package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * The state: open documents, projects, what runs left. Touched by the loop only; everybody else
 * reads {@link #snapshot()}.
 */
final class Workspace {
    /** Told of changes, on the loop, after the new snapshot is there. */
    interface Listener {
        /**
         * A document was opened or edited.
         *
         * @param othersToo names that other files can depend on changed
         */
        void documentChanged(Document document, boolean othersToo);

        void documentClosed(Document document);

        /** Anything of a project may have changed. */
        void projectChanged(Path root);

        /** A file that is not open was changed by a run or on disk. */
        void fileChanged(Path file);
    }

    private final Loop loop;
    private final ProjectAccess access;
    private final Listener listener;
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    Workspace(Loop loop, ProjectAccess access, Listener listener) {
        this.loop = loop;
        this.access = access;
        this.listener = listener;
    }

    /** The newest state; safe from any thread. */
    Snapshot snapshot() {
        return snapshot;
    }

    void open(Document document) {
        put(document);
        boolean others = apply(document);
        listener.documentChanged(document, others);
    }

    void change(
            String uri,
            int version,
            List<TextDocumentContentChangeEvent> changes,
            ClientFeatures features) {
        Optional<Document> before = snapshot.document(uri);
        if (before.isEmpty()) {
            return;
        }
        Document document = before.get().changed(version, changes, features.encoding());
        put(document);
        document.path().ifPresent(this::forgetRun);
        boolean others = apply(document);
        listener.documentChanged(document, others);
    }

    /** Returns the document that was closed: its file must be read again. */
    Optional<Document> close(String uri) {
        Optional<Document> document = snapshot.document(uri);
        document.ifPresent(
                closed -> {
                    Map<String, Document> rest = new HashMap<>(snapshot.documents());
                    rest.remove(uri);
                    next(now -> new Snapshot(0, rest, now.projects(), now.runProblems()));
                    listener.documentClosed(closed);
                });
        return document;
    }

    /** A project was loaded, or loaded again. */
    void loaded(Path root, Manifest manifest, Map<Path, String> openThen) {
        loop.assertInside();
        Map<Path, Manifest> projects = new HashMap<>(snapshot.projects());
        projects.put(root, manifest);
        Optional<Path> giver = handOver(root, projects);
        nextProjects(projects);
        // What was typed while the project was read.
        for (Document document : snapshot.documents().values()) {
            Optional<Path> path = document.path().filter(p -> isIn(p, root));
            if (path.isPresent() && !document.text().equals(openThen.get(path.get()))) {
                apply(document);
            }
        }
        giver.ifPresent(listener::projectChanged);
        listener.projectChanged(root);
    }

    /** What a project has, the one around it has no longer: that one, where it lost something. */
    private Optional<Path> handOver(Path root, Map<Path, Manifest> projects) {
        Optional<Path> around = snapshot.rootOf(root);
        if (around.isEmpty()) {
            return around;
        }
        Manifest manifest = Objects.requireNonNull(projects.get(around.get()));
        // Installed packages are read by both, even where one is looked at as a project.
        boolean shared = access.needsReload(manifest, root);
        Set<Path> files = shared ? Set.of() : access.filesAt(manifest, root);
        for (Path file : files) {
            manifest = access.withoutFile(manifest, file);
        }
        projects.put(around.get(), manifest);
        return around.filter(r -> !files.isEmpty());
    }

    void dropped(Path root) {
        loop.assertInside();
        if (snapshot.projects().containsKey(root)) {
            Map<Path, Manifest> projects = new HashMap<>(snapshot.projects());
            projects.remove(root);
            nextProjects(projects);
            listener.projectChanged(root);
        }
    }

    /**
     * Files of a project as the disk has them now; open documents keep winning.
     *
     * @param read what to do with the manifest, by file; empty where the file (or folder) is gone
     */
    void diskChanged(Path root, Map<Path, Optional<UnaryOperator<Manifest>>> read) {
        loop.assertInside();
        Optional<Manifest> before = Optional.ofNullable(snapshot.projects().get(root));
        if (before.isEmpty()) {
            return;
        }
        Manifest manifest = before.get();
        for (Map.Entry<Path, Optional<UnaryOperator<Manifest>>> entry : read.entrySet()) {
            Path place = entry.getKey();
            if (entry.getValue().isPresent() && snapshot.document(place).isEmpty()) {
                forgetRun(place);
                manifest = entry.getValue().get().apply(manifest);
            } else if (entry.getValue().isEmpty()) {
                for (Path gone : access.filesAt(manifest, place)) {
                    if (snapshot.document(gone).isEmpty()) {
                        forgetRun(gone);
                        manifest = access.withoutFile(manifest, gone);
                    }
                }
            }
        }
        Map<Path, Manifest> projects = new HashMap<>(snapshot.projects());
        projects.put(root, manifest);
        nextProjects(projects);
        listener.projectChanged(root);
    }

    /** What the project's files may depend on changed, not the project. */
    void surroundingsChanged(Path root) {
        listener.projectChanged(root);
    }

    /** What a run found on a file, until the file changes or is run again. */
    void runProblem(Path file, Problem problem) {
        loop.assertInside();
        Map<Path, List<Problem>> all = new HashMap<>(snapshot.runProblems());
        List<Problem> here = new ArrayList<>(all.getOrDefault(file, List.of()));
        here.add(problem);
        all.put(file, List.copyOf(here));
        next(now -> new Snapshot(0, now.documents(), now.projects(), Map.copyOf(all)));
        listener.fileChanged(file);
    }

    void forgetRunProblems(Path file) {
        if (forgetRun(file)) {
            listener.fileChanged(file);
        }
    }

    private boolean forgetRun(Path file) {
        if (!snapshot.runProblems().containsKey(file)) {
            return false;
        }
        Map<Path, List<Problem>> all = new HashMap<>(snapshot.runProblems());
        all.remove(file);
        next(now -> new Snapshot(0, now.documents(), now.projects(), Map.copyOf(all)));
        return true;
    }

    /** Texts of the open documents, by path. */
    Map<Path, String> openTexts() {
        Map<Path, String> texts = new HashMap<>();
        for (Document document : snapshot.documents().values()) {
            document.path().ifPresent(path -> texts.put(path, document.text()));
        }
        return Map.copyOf(texts);
    }

    /** Puts an open document's text into its project; true when names of others may change. */
    private boolean apply(Document document) {
        if (document.path().isEmpty()) {
            return false;
        }
        Path file = document.path().get();
        Optional<Path> root = snapshot.rootOf(file);
        if (root.isEmpty()) {
            return false;
        }
        Manifest before = Objects.requireNonNull(snapshot.projects().get(root.get()));
        if (!access.isInput(before, file)) {
            return false;
        }
        if (before.file(file).map(ModelFile::text).equals(Optional.of(document.text()))) {
            return false;
        }
        Manifest after = access.withFile(before, file, document.text());
        Map<Path, Manifest> projects = new HashMap<>(snapshot.projects());
        projects.put(root.get(), after);
        nextProjects(projects);
        return !sameNames(before, after, file);
    }

    /** True when nothing that another file can see of this one has changed. */
    private static boolean sameNames(Manifest before, Manifest after, Path file) {
        Optional<ModelFile> was = before.file(file);
        Optional<ModelFile> is = after.file(file);
        return was.isPresent()
                && is.isPresent()
                && was.get().declarations().equals(is.get().declarations())
                && before.nodeOf(file)
                        .map(dev.dvtls.manifest.Node::uniqueId)
                        .equals(after.nodeOf(file).map(dev.dvtls.manifest.Node::uniqueId));
    }

    private boolean isIn(Path file, Path root) {
        return snapshot.rootOf(file).equals(Optional.of(root));
    }

    private void put(Document document) {
        Map<String, Document> documents = new HashMap<>(snapshot.documents());
        documents.put(document.uri(), document.touchedAt(snapshot.generation() + 1));
        next(now -> new Snapshot(0, documents, now.projects(), now.runProblems()));
    }

    private void nextProjects(Map<Path, Manifest> projects) {
        next(now -> new Snapshot(0, now.documents(), projects, now.runProblems()));
    }

    private void next(UnaryOperator<Snapshot> change) {
        loop.assertInside();
        Snapshot now = snapshot;
        Snapshot changed = change.apply(now);
        snapshot =
                new Snapshot(
                        now.generation() + 1,
                        Map.copyOf(changed.documents()),
                        Collections.unmodifiableSortedMap(new TreeMap<>(changed.projects())),
                        changed.runProblems());
    }
}
