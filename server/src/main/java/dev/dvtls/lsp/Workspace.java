package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        nextProjects(projects);
        // What was typed while the project was read.
        for (Document document : snapshot.documents().values()) {
            Optional<Path> path = document.path().filter(p -> isIn(p, root));
            if (path.isPresent() && !document.text().equals(openThen.get(path.get()))) {
                apply(document);
            }
        }
        listener.projectChanged(root);
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
     * @param texts by path; empty where the file (or folder) is gone
     */
    void diskChanged(Path root, Map<Path, Optional<String>> texts) {
        loop.assertInside();
        Optional<Manifest> before = Optional.ofNullable(snapshot.projects().get(root));
        if (before.isEmpty()) {
            return;
        }
        Manifest manifest = before.get();
        Set<Path> changed = new HashSet<>();
        for (Map.Entry<Path, Optional<String>> entry : texts.entrySet()) {
            Path file = entry.getKey();
            if (snapshot.document(file).isPresent()) {
                continue;
            }
            forgetRun(file);
            changed.add(file);
            if (entry.getValue().isPresent()) {
                manifest = access.withFile(manifest, file, entry.getValue().get());
            } else {
                for (Path gone : filesAt(manifest, file)) {
                    manifest = access.withoutFile(manifest, gone);
                }
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        Map<Path, Manifest> projects = new HashMap<>(snapshot.projects());
        projects.put(root, manifest);
        nextProjects(projects);
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
        Manifest before = java.util.Objects.requireNonNull(snapshot.projects().get(root.get()));
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

    /** The file itself, or what was read below a folder of that name. */
    private static Set<Path> filesAt(Manifest manifest, Path path) {
        Set<Path> files = new HashSet<>();
        files.add(path);
        manifest.files().stream()
                .map(ModelFile::path)
                .filter(file -> file.startsWith(path))
                .forEach(files::add);
        manifest.nodes().stream()
                .map(dev.dvtls.manifest.Node::file)
                .filter(file -> file.startsWith(path))
                .forEach(files::add);
        return files;
    }

    private boolean isIn(Path file, Path root) {
        return snapshot.rootOf(file).equals(Optional.of(root));
    }

    private void put(Document document) {
        Map<String, Document> documents = new HashMap<>(snapshot.documents());
        documents.put(document.uri(), document);
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
                        Map.copyOf(changed.projects()),
                        changed.runProblems());
    }
}
