package dev.dvtls.lsp;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.FileOperationsWorkspaceCapabilities;
import org.eclipse.lsp4j.RenameCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;

/**
 * What the client can do with edits of a workspace.
 *
 * @param versioned edits of documents by version, and in an order with operations on files
 * @param renamesFiles when an edit says so
 * @param createsFiles likewise
 * @param annotations edits may say what they are for and ask to be confirmed
 * @param preparesRename it asks what can be renamed first
 * @param willRename it asks before a user's own renaming of files
 * @param didRename it tells of it afterwards
 */
record EditFeatures(
        boolean versioned,
        boolean renamesFiles,
        boolean createsFiles,
        boolean annotations,
        boolean preparesRename,
        boolean willRename,
        boolean didRename) {

    static EditFeatures of(ClientCapabilities client) {
        Optional<WorkspaceClientCapabilities> workspace =
                Optional.of(client).map(ClientCapabilities::getWorkspace);
        Optional<WorkspaceEditCapabilities> edit =
                workspace.map(WorkspaceClientCapabilities::getWorkspaceEdit);
        Optional<FileOperationsWorkspaceCapabilities> files =
                workspace.map(WorkspaceClientCapabilities::getFileOperations);
        List<String> operations =
                edit.map(WorkspaceEditCapabilities::getResourceOperations).orElse(List.of());
        boolean renamesFiles = operations.contains("rename");
        return new EditFeatures(
                // Older Neovim names the operations alone, which stand among document changes.
                renamesFiles
                        || edit.map(WorkspaceEditCapabilities::getDocumentChanges).orElse(false),
                renamesFiles,
                operations.contains("create"),
                edit.map(WorkspaceEditCapabilities::getChangeAnnotationSupport).isPresent(),
                Optional.of(client)
                        .map(ClientCapabilities::getTextDocument)
                        .map(TextDocumentClientCapabilities::getRename)
                        .map(RenameCapabilities::getPrepareSupport)
                        .orElse(false),
                files.map(FileOperationsWorkspaceCapabilities::getWillRename).orElse(false),
                files.map(FileOperationsWorkspaceCapabilities::getDidRename).orElse(false));
    }
}
