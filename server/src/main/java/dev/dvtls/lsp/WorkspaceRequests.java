package dev.dvtls.lsp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.PreviousResultId;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceDiagnosticParams;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Messages about the workspace. Each only hands on to the session. */
final class WorkspaceRequests implements WorkspaceService {
    private final DvtServer server;

    WorkspaceRequests(DvtServer server) {
        this.server = server;
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        server.session().ifPresent(session -> session.configurationChanged(params.getSettings()));
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        server.session().ifPresent(session -> session.events().filesChanged(params.getChanges()));
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        server.session()
                .ifPresent(
                        session ->
                                session.events()
                                        .foldersChanged(
                                                params.getEvent().getAdded(),
                                                params.getEvent().getRemoved()));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> willRenameFiles(RenameFilesParams params) {
        return server.withSession(
                session ->
                        session.fileRenames()
                                .before(params.getFiles())
                                .thenApply(edit -> edit.orElse(null)));
    }

    @Override
    public void didRenameFiles(RenameFilesParams params) {
        server.session().ifPresent(session -> session.fileRenames().after(params.getFiles()));
    }

    @Override
    public CompletableFuture<WorkspaceDiagnosticReport> diagnostic(
            WorkspaceDiagnosticParams params) {
        List<PreviousResultId> previous = params.getPreviousResultIds();
        return server.withSession(
                session ->
                        session.workspaceDiagnostics()
                                .ask(previous == null ? List.of() : previous));
    }

    @Override
    public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
        return server.withSession(session -> session.commands().execute(params));
    }

    // Either shape is allowed; ours is the newer one, which older clients read as well.
    @SuppressWarnings("deprecation")
    @Override
    public CompletableFuture<
                    Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>>
            symbol(WorkspaceSymbolParams params) {
        return server.withSession(
                session ->
                        session.whenSettled(
                                snapshot ->
                                        Either.forRight(
                                                NodePlaces.symbols(
                                                        snapshot,
                                                        params.getQuery(),
                                                        session.features()))));
    }

    @Override
    public CompletableFuture<WorkspaceSymbol> resolveWorkspaceSymbol(WorkspaceSymbol symbol) {
        return server.withSession(
                session ->
                        session.now(
                                snapshot ->
                                        NodePlaces.resolve(snapshot, symbol, session.features())));
    }
}
