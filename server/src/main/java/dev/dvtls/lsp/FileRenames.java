package dev.dvtls.lsp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.FileRename;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Files that the user renames in the editor, before and after. */
record FileRenames(
        Client client, ClientFeatures features, Loop loop, Projects projects, Requests requests) {

    /** The edit that follows; empty for none. */
    CompletableFuture<Optional<WorkspaceEdit>> before(List<FileRename> files) {
        return requests.askProjects(Optional.empty(), now -> edit(files, now));
    }

    private Optional<WorkspaceEdit> edit(List<FileRename> files, Snapshot now) {
        NameAnswers.FilesRenamed renamed = NameAnswers.filesRenamed(files, now, features);
        renamed.refusals()
                .forEach(why -> client.showMessage(new MessageParams(MessageType.Warning, why)));
        return renamed.edit();
    }

    /** As if the old files went and the new ones came. */
    void after(List<FileRename> files) {
        loop.execute(
                () -> {
                    for (FileRename file : files) {
                        Uris.path(file.getOldUri()).ifPresent(path -> projects.fileChanged(path));
                        Uris.path(file.getNewUri()).ifPresent(path -> projects.fileChanged(path));
                    }
                });
    }
}
