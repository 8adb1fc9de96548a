package dev.dvtls.lsp;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.WorkspaceFolder;

/** The folders that a client has open; those that are no files are left out. */
final class Folders {
    private Folders() {}

    static List<Path> of(List<WorkspaceFolder> folders) {
        return folders.stream().flatMap(folder -> Uris.path(folder.getUri()).stream()).toList();
    }

    @SuppressWarnings("deprecation") // rootUri: older clients know nothing else
    static List<Path> of(InitializeParams params) {
        Set<Path> folders = new LinkedHashSet<>();
        if (params.getWorkspaceFolders() != null) {
            folders.addAll(of(params.getWorkspaceFolders()));
        }
        if (folders.isEmpty()) {
            Optional.ofNullable(params.getRootUri()).flatMap(Uris::path).ifPresent(folders::add);
        }
        return List.copyOf(folders);
    }
}
