package dev.dvtls.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.WorkspaceFolder;

/**
 * What the client tells of documents, files and folders, in its order. Methods may be called from
 * any thread; they enqueue.
 */
record DocumentEvents(
        Loop loop,
        Workspace workspace,
        Projects projects,
        SettingsRequests settings,
        ClientFeatures features) {

    void opened(Document document) {
        loop.execute(
                () -> {
                    workspace.open(document);
                    document.path().ifPresent(projects::opened);
                });
    }

    void changed(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        loop.execute(() -> workspace.change(uri, version, changes, features));
    }

    void closed(String uri) {
        loop.execute(() -> workspace.close(uri).ifPresent(projects::closed));
    }

    void saved(String uri) {
        loop.execute(() -> Uris.path(uri).ifPresent(this::saved));
    }

    private void saved(Path path) {
        if (features.watchesFiles()) {
            projects.reloadIfNeeded(path);
        } else {
            // The only moment at which we learn that files may have come or gone.
            projects.rescan(path);
        }
    }

    void filesChanged(List<FileEvent> files) {
        loop.execute(
                () ->
                        files.forEach(
                                file -> Uris.path(file.getUri()).ifPresent(projects::fileChanged)));
    }

    void foldersChanged(List<WorkspaceFolder> added, List<WorkspaceFolder> removed) {
        loop.execute(
                () -> {
                    List<Path> now = new ArrayList<>(settings.folders());
                    now.removeAll(Folders.of(removed));
                    now.addAll(Folders.of(added));
                    settings.folders(now);
                    projects.foldersChanged(Folders.of(added), Folders.of(removed));
                });
    }
}
